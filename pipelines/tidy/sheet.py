"""What tidying makes of one sheet."""

from dataclasses import dataclass, field

import pandas as pd

from pipelines.problems import Problem
from pipelines.wording import translate


@dataclass(frozen=True)
class Decision:
    """Something decided about a sheet that the user should know: a scale, an order of dates, an unused column."""

    message: str
    details: dict[str, object] = field(default_factory=dict)

    def told(self, language: str = "en") -> str:
        """The decision in the language."""
        return translate(self.message, language).format(**self.details)


@dataclass(frozen=True)
class TidySheet:
    """One sheet's facts in stated columns, what is wrong with it, and where every row went."""

    file: str
    sheet: str | None
    layout: str
    table: str
    facts: dict[str, pd.DataFrame]
    problems: list[Problem]
    rows_in: int
    kept: int
    set_aside: int
    skipped: int
    decisions: list[Decision]
    columns: dict[str, tuple[str, str]]
