"""A table as it stands in a file: text cells with their positions, nothing interpreted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipelines.problems import Problem

NOWHERE = 100_000
"""Positions from here on belong to values that stand in no cell of the row, such as a team in the sheet's corner."""
Rectangle = tuple[int, int, int, int]
"""First row, first column, last row, last column: rows count from 1, columns from 0."""


@dataclass(frozen=True)
class Origin:
    """Where each cell of a reshaped table stood: the row of every row, the column (by position) of every cell."""

    rows: "pd.Series[int]"
    columns: pd.DataFrame


@dataclass(frozen=True)
class RawTable:
    """One sheet or file: columns are positions from 0, the index holds the source's row numbers.

    Where one row of the source gives several, the index only tells rows apart, and `origin` knows where they stood.
    """

    file: str
    sheet: str | None
    frame: pd.DataFrame
    merged: tuple[Rectangle, ...] = ()
    hidden: bool = False
    notes: list[Problem] = field(default_factory=list)
    origin: Origin | None = None
    struck: frozenset[tuple[int, int]] = frozenset()
    """The cells that are struck out, by row and column."""

    def source_row(self, label: int) -> int:
        """The row of the source that a row comes from."""
        return label if self.origin is None else int(self.origin.rows[label])

    def source_rows(self, labels: "pd.Series[Any] | pd.Index[Any]") -> "pd.Series[Any]":
        """The rows of the source that these rows come from; missing where the label is."""
        asked = pd.Series(labels)
        return asked if self.origin is None else asked.map(self.origin.rows)

    def cell(self, label: int, position: int) -> str | None:
        """The spreadsheet's name of the cell that a value comes from; none for what stands in no cell."""
        if self.origin is not None:
            position = int(str(self.origin.columns.loc[label, position]))
        return cell_name(self.source_row(label), position) if 0 <= position < NOWHERE else None


def text_frame(rows: Sequence[Sequence[str | None]], numbers: Sequence[int]) -> pd.DataFrame:
    """Rows of any length as a frame of text; short rows are padded, blank cells are missing."""
    width = max(map(len, rows), default=0)
    columns = {
        position: pd.Series([row[position] or None if position < len(row) else None for row in rows], dtype="str")
        for position in range(width)
    }
    frame = pd.DataFrame(columns)
    frame.index = pd.Index(list(numbers), dtype="int64")
    return frame


def cell_name(row: int, column: int) -> str:
    """The spreadsheet's name of a cell, `C12` for row 12 and column 2."""
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """The spreadsheet's name of a column, `C` for 2."""
    name = ""
    rest = column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(ord("A") + digit) + name
    return name
