"""Stated rows written in a few words, as tidying gives them."""

from typing import Any

import pandas as pd

from pipelines.history import History
from pipelines.resolve import resolve

DAYS = {"checked_on", "starts_on", "ends_on", "changed_on", "in_scope_from", "in_scope_to"}


def sheet(
    *records: dict[str, Any], file: str = "company/goals.xlsx", name: str | None = None, batch: int = 1
) -> pd.DataFrame:
    """Rows 2, 3 … of one sheet."""
    frame = pd.DataFrame(list(records))
    for day in DAYS & set(frame):
        frame[day] = pd.to_datetime(frame[day])
    return frame.assign(file=file, sheet=name, row=range(2, len(frame) + 2), batch_id=batch)


def objective(title: str, cycle: str = "2025-Q1", **values: Any) -> dict[str, Any]:
    """An objective's row."""
    return {"title": title, "cycle": cycle, **values}


def joined(**tables: list[pd.DataFrame]) -> tuple[History, pd.DataFrame]:
    """The history of sheets given by table, and what waits or is doubtful."""
    return resolve({name: pd.concat(sheets, ignore_index=True) for name, sheets in tables.items()})


def rules(problems: pd.DataFrame) -> list[str]:
    """The rules that found something, in order."""
    return list(problems["rule"])
