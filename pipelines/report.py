"""What a load did, as the command line tells it."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipelines.parsed import SheetCount
from pipelines.problems import Problem
from pipelines.succession import Succession


@dataclass(frozen=True)
class Report:
    """What a load did: the new batch if there is one, what was recognised sheet by sheet, and what is wrong."""

    batch: int | None
    sheets: tuple[SheetCount, ...]
    unchanged: bool
    problems: pd.DataFrame
    loaded: bool
    complete: bool
    succession: Succession
    unbuilt: Problem | None = None

    @property
    def exit_code(self) -> int:
        """0 where nothing was set aside (or nothing changed), 1 where something was or the figures could not be built.

        2 where nothing was loaded.
        """
        if self.unchanged:
            return 1 if self.unbuilt else 0
        return (0 if self.complete and not self.unbuilt else 1) if self.loaded else 2

    def record(self) -> dict[str, Any]:
        """The report as the command prints it in JSON."""
        files = [sheet.record() for sheet in self.sheets]
        return {"batch": self.batch, "files": files, "unchanged": self.unchanged, "problems": len(self.problems)}
