"""Where the rows of a log went, and what was found wrong with them, added up stretch by stretch."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pipelines.problems import Problem, as_frame
from pipelines.sources.raw import RawTable
from pipelines.tidy.headings import Heading
from pipelines.tidy.logs.cells import Cells, Flags
from pipelines.tidy.tidying import cell_without_header
from pipelines.tidy.understanding import Understood


class Tally:
    """The counts of a pass: rows kept and set aside, the last row that is not blank, cells that have no header."""

    def __init__(self, heading: Heading) -> None:
        self.heading = heading
        self.last = heading.row
        self.kept = 0
        self.aside = 0
        self.problems: list[pd.DataFrame] = []
        self._headless = 0
        self._first_headless: tuple[int, int, str] | None = None

    @property
    def rows_in(self) -> int:
        """The rows below the header up to the last that is not blank."""
        return self.last - self.heading.row

    def look_over(self, columns: dict[int, Cells], count: int, first: int) -> None:
        """Take in which rows hold anything, and which hold it under no header."""
        filled = np.flatnonzero(_filled(columns, count))
        self.last = int(filled[-1]) + first if len(filled) else self.last
        nameless = {at: cells for at, cells in columns.items() if at not in self.heading.written}
        rows = np.flatnonzero(_filled(nameless, count)) if nameless else filled[:0]
        self._headless += len(rows)
        if len(rows) and self._first_headless is None:
            texts = {at: cells.texts.iloc[cells.places[rows[0]]] for at, cells in sorted(nameless.items())}
            at, text = next((at, str(text)) for at, text in texts.items() if not pd.isna(text))
            self._first_headless = (int(rows[0]) + first, at, text)

    def take_in(self, problems: Iterable[Problem], given: Understood | None = None) -> None:
        """Add up what some rows gave; those struck out are told of, and set aside by that."""
        found = sorted(problems, key=lambda problem: problem.row or 0)
        named = {problem.row for problem in found if problem.rule.kind == "set_aside"}
        self.problems += [as_frame(found)] if found else []
        self.kept += len(given.kept) if given else 0
        self.aside += len(named | set(given.aside) if given else named)

    def cells_without_header(self, raw: RawTable) -> list[Problem]:
        """What is said of cells that stand under no header."""
        return [cell_without_header(raw, *self._first_headless, self._headless)] if self._first_headless else []


def _filled(columns: dict[int, Cells], count: int) -> Flags:
    filled = np.zeros(count, dtype=bool)
    for cells in columns.values():
        filled |= cells.where(cells.texts.notna())
        if filled.all():
            break
    return filled
