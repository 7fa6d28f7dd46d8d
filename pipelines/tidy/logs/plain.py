"""The rows of a stretch in which nothing is doubtful: most rows of most logs, read once per distinct text."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.schema import CHECK_IN, DTYPES, Column, Kind, stated_columns
from pipelines.sources.raw import RawTable
from pipelines.tidy.body import Body
from pipelines.tidy.cells.folding import by_distinct, folded, words
from pipelines.tidy.columns import read_column
from pipelines.tidy.headings import Heading
from pipelines.tidy.logs.cells import Cells, Flags, Places
from pipelines.tidy.row_cycles import read_cycles
from pipelines.tidy.shapes.rows import OWN_NAMES, TITLES

COLUMNS = stated_columns(CHECK_IN)
ARROW: dict[Kind, pa.DataType] = {
    "text": pa.dictionary(pa.int32(), pa.string()),
    "number": pa.float64(),
    "share": pa.float64(),
    "integer": pa.int64(),
    "date": pa.timestamp("us"),
}
SCHEMA = pa.schema([(column.name, ARROW[column.kind]) for column in COLUMNS])
KEYS = ("key_result_id", "key_result_title")
REFERENCES = {"key_result": KEYS, "objective": ("objective_id", "objective_title")}


def unsure(heading: Heading, columns: dict[int, Cells]) -> Flags:
    """The rows that may be blank, totals, headings again or struck out: all others are read."""
    keys = [columns[heading.positions[field]] for field in KEYS if field in heading.positions]
    named = np.logical_or.reduce([each.where(each.texts.notna()) for each in keys])
    odd: Flags = ~named
    for at in {0, *(heading.positions[field] for field in {*TITLES, *OWN_NAMES} if field in heading.positions)}:
        odd |= columns[at].where(_may_be_no_data(columns[at].texts, heading))
    for at in heading.positions.values():
        odd |= columns[at].where(columns[at].texts.eq(heading.written[at]).eq(True))
    return odd


def _may_be_no_data(texts: "pd.Series[Any]", heading: Heading) -> "pd.Series[bool]":
    no_data = words()["blank"] | words()["pattern"] | words()["total"] | set(map(folded, heading.layout.own.blank))
    first = {word[0] for word in no_data}
    letters = texts.str[:1]
    maybe = by_distinct(letters, lambda distinct: distinct.map(lambda letter: _begins_one(letter, first))).eq(True)
    known = texts[maybe].map(folded).isin(no_data).reindex(texts.index, fill_value=False)
    return pd.Series(known | texts.str.startswith("~~").eq(True))


def _begins_one(letter: str, first: set[str]) -> bool:
    plain = folded(letter)
    return plain[0] in first or not plain[0].isalnum()


@dataclass(frozen=True)
class PlainRows:
    """What each text of each field means, where it stands, and the rows of which something is doubtful."""

    values: dict[str, "pd.Series[Any]"]
    columns: dict[str, Cells]
    doubted: Flags

    def facts(self, kept: Flags, first: int, file: str, others: pd.DataFrame) -> pa.Table:
        """The check-ins that the kept rows state, and between them those of other rows, in stated columns.

        `first` is the number of the first row of the stretch.
        """
        theirs = others["row"].to_numpy("int64") - first
        stated = kept.copy()
        stated[theirs] = True
        rows = np.flatnonzero(stated)
        chosen = Chosen(rows if len(rows) < len(kept) else slice(None), len(rows), np.searchsorted(rows, theirs))
        known = {"row": pa.array(rows + first), "file": _everywhere(file, len(rows))}
        arrays = [
            known[column.name] if column.name in known else self._array(column, chosen, others[column.name])
            for column in COLUMNS
        ]
        return pa.table(arrays, schema=SCHEMA)

    def _array(self, column: Column, chosen: "Chosen", others: "pd.Series[Any]") -> pa.Array:
        fields = [field for field in REFERENCES.get(column.name, (column.name,)) if field in self.values]
        if not fields and others.isna().all():
            return _nothing(ARROW[column.kind], chosen.count)
        values, places = self._first_stated(fields, chosen) if fields else chosen.nothing(column.kind)
        if len(others):
            places = np.where(places < 0, len(values) - 1, places)
            places[chosen.others] = np.arange(len(others)) + len(values)
            values = pd.concat([values, others], ignore_index=True)
        return _array(values, places, column.kind)

    def _first_stated(self, fields: list[str], chosen: "Chosen") -> "tuple[pd.Series[Any], Places]":
        """The values of the first of the fields that says anything in a row, and the place of each row's value."""
        values, places = self.values[fields[0]], self.columns[fields[0]].places[chosen.rows]
        for other in fields[1:]:
            instead = self.values[other].take(self.columns[other].places[chosen.rows]).reset_index(drop=True)
            values = values.take(places).reset_index(drop=True).fillna(instead)
            places = np.arange(chosen.count, dtype="int32")
        return values, places


@dataclass(frozen=True)
class Chosen:
    """The rows that become facts, by their places in the stretch, how many, and which of them are read otherwise."""

    rows: "slice | np.ndarray[Any, Any]"
    count: int
    others: "np.ndarray[Any, Any]"

    def nothing(self, kind: Kind) -> "tuple[pd.Series[Any], Places]":
        """No value in any row."""
        return pd.Series([None], dtype=DTYPES[kind]), np.zeros(self.count, dtype="int32")


def _array(values: "pd.Series[Any]", places: Places, kind: Kind) -> pa.Array:
    if kind != "text":
        return pa.array(values.to_numpy()[places], ARROW[kind], from_pandas=True)
    codes, distinct = pd.factorize(values)
    # Texts that were told apart may mean the same, but seldom do.
    at = places if len(distinct) == len(values) - 1 and codes[-1] < 0 else codes.astype("int32")[places]
    blank = at < 0
    return pa.DictionaryArray.from_arrays(
        pa.array(at, mask=blank if blank.any() else None), pa.array(distinct, pa.string())
    )


def _nothing(kind: pa.DataType, count: int) -> pa.Array:
    return _nothings(kind, 1 << count.bit_length())[:count]


@cache
def _nothings(kind: pa.DataType, count: int) -> pa.Array:
    return pa.nulls(count, kind)


def _everywhere(text: str, count: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, dtype="int32")), pa.array([text], pa.string()))


def read_plain(
    raw: RawTable, heading: Heading, columns: dict[int, Cells], *, first_month: int, today: date
) -> PlainRows:
    """The stretch with every distinct text read once, by the rules by which whole columns are read."""
    values, told = {}, {}
    doubted = np.zeros(len(columns[0].places), dtype=bool)
    for field, at in heading.positions.items():
        told[field] = columns[at]
        values[field], bad = _read(raw, heading, field, columns[at].texts, first_month)
        bad = bad | values[field].gt(pd.Timestamp(today)) if field == "checked_on" else bad
        doubted |= columns[at].where(bad)
    for group in heading.layout.required:
        stated = [told[field].where(values[field].notna()) for field in group if field in values]
        doubted |= ~np.logical_or.reduce(stated)
    return PlainRows(values, told, doubted)


def _read(
    raw: RawTable, heading: Heading, field: str, texts: "pd.Series[Any]", first_month: int
) -> "tuple[pd.Series[Any], pd.Series[bool]]":
    at = heading.positions[field]
    # Rows that are no data may hold the only number, on which no scale was settled.
    alone = replace(heading, positions={field: at}, scales={field: (0.0, 1.0), **heading.scales})
    body = Body(raw, alone, pd.DataFrame({at: texts}))
    read_column(body, field)
    if field == "cycle":
        read_cycles(body, None, first_month)
    return body.parsed[field], body.doubted()
