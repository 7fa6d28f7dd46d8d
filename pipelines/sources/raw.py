"""A table as it stands in a file: text cells with their positions, nothing interpreted."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from pipelines.problems import Problem

Rectangle = tuple[int, int, int, int]
"""First row, first column, last row, last column: rows count from 1, columns from 0."""


@dataclass(frozen=True)
class RawTable:
    """One sheet or file: columns are positions from 0, the index holds the source's row numbers."""

    file: str
    sheet: str | None
    frame: pd.DataFrame
    merged: tuple[Rectangle, ...] = ()
    hidden: bool = False
    notes: list[Problem] = field(default_factory=list)


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
