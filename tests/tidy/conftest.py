"""Sheets as lists of rows, tidied under the guide's policy."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from pipelines.policy import load
from pipelines.sources.raw import RawTable, Rectangle, text_frame
from pipelines.tidy import TidySheet, tidy
from pipelines.tidy.layouts import Layout

Tidied = Callable[..., TidySheet]


@pytest.fixture(scope="session")
def tidied() -> Tidied:
    policy = load()

    def tidy_rows(
        *rows: Sequence[str | None],
        file: str = "goals.csv",
        sheet: str | None = None,
        merged: tuple[Rectangle, ...] = (),
        today: date = date(2026, 11, 8),
        mapping: Layout | None = None,
    ) -> TidySheet:
        frame = text_frame(rows, range(1, len(rows) + 1))
        return tidy(RawTable(file, sheet, frame, merged), policy=policy, today=today, mapping=mapping)

    return tidy_rows
