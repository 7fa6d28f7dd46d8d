"""What a column and a table are, and frames that have exactly the columns they should."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import pandas as pd
from pandas.api.types import pandas_dtype

Kind = Literal["text", "number", "share", "integer", "date", "flag"]

DTYPES: dict[Kind, Any] = {
    "text": pandas_dtype("str"),
    "number": pandas_dtype("float64"),
    "share": pandas_dtype("float64"),
    "integer": pandas_dtype("Int64"),
    "date": pandas_dtype("datetime64[us]"),
    "flag": pandas_dtype("bool"),
}


@dataclass(frozen=True)
class Column:
    """One column: what it is called, how it is stored and what it means."""

    name: str
    kind: Kind
    meaning: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: its published columns, and those its rows have before references are resolved."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    stated: tuple[Column, ...] = ()

    @property
    def names(self) -> list[str]:
        """The names of the published columns, in order."""
        return [column.name for column in self.columns]


PLACE = (
    Column("batch_id", "integer", "The batch that brought the row; the latest where several did."),
    Column("file", "text", "The file the row came from, as given to `okr ingest`."),
    Column("sheet", "text", "The sheet within the file; missing for files without sheets."),
    Column("row", "integer", "The row within the sheet, the first being 1."),
)


def stated_columns(table: Table) -> tuple[Column, ...]:
    """The columns of a parsed sheet's rows, before references are resolved."""
    return (*table.stated, *PLACE[1:])


def conform(frame: pd.DataFrame, columns: tuple[Column, ...]) -> pd.DataFrame:
    """The frame with exactly these columns in this order and their dtypes; absent ones are missing."""
    if not len(frame):
        return empty(columns)
    if list(frame.columns) == [column.name for column in columns] and all(
        dtype == DTYPES[column.kind] for dtype, column in zip(frame.dtypes, columns, strict=True)
    ):
        return frame.copy(deep=False)
    return _cast(frame, columns)


def empty(columns: tuple[Column, ...]) -> pd.DataFrame:
    """A frame of no rows with these columns and their dtypes."""
    return _nothing(columns).copy(deep=False)


@cache
def _nothing(columns: tuple[Column, ...]) -> pd.DataFrame:
    return _cast(pd.DataFrame(), columns)


def _cast(frame: pd.DataFrame, columns: tuple[Column, ...]) -> pd.DataFrame:
    # Arrays, not series: aligning each column with the index would take longer than the casts.
    return pd.DataFrame(
        {
            column.name: frame[column.name].astype(DTYPES[column.kind]).array
            if column.name in frame
            else pd.Series(_default(column), index=frame.index, dtype=DTYPES[column.kind]).array
            for column in columns
        },
        index=frame.index,
    )


def _default(column: Column) -> object:
    return False if column.kind == "flag" else None
