"""Which rows of a sheet are data, and what its merged cells say."""

from typing import Any

import pandas as pd

from pipelines.sources.raw import RawTable
from pipelines.tidy.cells.folding import by_distinct, folded, words
from pipelines.tidy.headings import Heading

TITLES = ("objective.title", "key_result.title", "title", "key_result_title", "key_result_id", "team", "person")
OWN_TITLES = ("key_result.title", "title", "key_result_title")
OWN_NAMES = {"title", "key_result.title", "key_result.key_result_id", "key_result_id"}


def rows_below(raw: RawTable, heading: Heading) -> pd.DataFrame:
    """The rows below the header up to the last that is not blank, without space around the text."""
    below = raw.frame[raw.frame.index > heading.row]
    stripped = below.apply(_stripped)
    filled = stripped.notna().any(axis=1)
    last = filled.index[filled].max() if filled.any() else heading.row
    return stripped[stripped.index <= last]


def is_skipped(rows: pd.DataFrame, heading: Heading) -> "pd.Series[bool]":
    """Which rows are blank, repeat the heading or hold a total."""
    blank = rows.isna().all(axis=1)
    return blank | _says_nothing(rows, heading) | _repeats_heading(rows, heading) | _is_total(rows, heading)


def struck_out(rows: pd.DataFrame, raw: RawTable, heading: Heading) -> "pd.Series[bool]":
    """Which rows have the title of their goal struck out, in the workbook or in the text of the cell."""
    named = [heading.positions[field] for field in OWN_TITLES if field in heading.positions][:1]
    struck = pd.Series(False, index=rows.index)
    for position in named:
        struck |= rows.index.isin([row for row, column in raw.struck if column == position])
        struck |= rows[position].str.startswith("~~").eq(True) & rows[position].str.endswith("~~").eq(True)
    return struck


def fill_merged(rows: pd.DataFrame, raw: RawTable, heading: Heading) -> pd.DataFrame:
    """The rows with what a merged cell says in each row it covers, for columns where it speaks of each."""
    filled = rows.copy()
    for column, spans in _spans_below(rows, raw, heading).items():
        firsts, lasts = zip(*spans, strict=True)
        said = raw.frame.loc[list(firsts), column]
        starts, stops = rows.index.searchsorted(firsts), rows.index.searchsorted(lasts, side="right")
        values = filled[column].to_numpy(dtype=object, copy=True)
        for text, start, stop in zip(said, starts, stops, strict=True):
            values[start:stop] = text
        filled[column] = pd.Series(values, index=rows.index, dtype="str")
    return filled


def _spans_below(rows: pd.DataFrame, raw: RawTable, heading: Heading) -> dict[int, list[tuple[int, int]]]:
    """The first and last rows of merged cells below the header, by the columns where they speak of each row."""
    spread = {position for field, position in heading.positions.items() if _speaks_of_each_row(heading, field)}
    known = set(rows.index)
    spans: dict[int, list[tuple[int, int]]] = {}
    for first, column, last, _ in raw.merged:
        if heading.row < first < last and column in spread and first in known:
            spans.setdefault(column, []).append((first, last))
    return spans


def _speaks_of_each_row(heading: Heading, field: str) -> bool:
    if field.startswith("objective."):
        return True
    own_id = field == "objective_id" and heading.layout.base == "objectives"
    return heading.layout.column(field).kind in ("text", "date") and field not in OWN_NAMES and not own_id


def _says_nothing(rows: pd.DataFrame, heading: Heading) -> "pd.Series[bool]":
    """Rows of dashes and of patterns to fill in, such as `dd.mm.yy`."""
    nothing = words()["blank"] | words()["pattern"] | {folded(word) for word in heading.layout.own.blank}
    silent = pd.Series(True, index=rows.index)
    first = {word[0] for word in nothing}
    for position in rows:
        left = rows[position][silent].dropna()
        # Most cells show by their first letter that they say something, which spares folding them.
        maybe = left[left.str[:1].str.casefold().isin(first)]
        said = left.index.difference(maybe.index[maybe.map(folded).isin(nothing)])
        silent &= ~silent.index.isin(said)
        if not silent.any():
            break
    return silent


def _stripped(column: "pd.Series[Any]") -> "pd.Series[Any]":
    text = column.str.strip()
    return text.where(text != "")


def _repeats_heading(rows: pd.DataFrame, heading: Heading) -> "pd.Series[bool]":
    same = pd.Series(True, index=rows.index)
    for position in heading.positions.values():
        same &= rows[position].eq(heading.written[position]).fillna(False)
        if not same.any():
            break
    return same


def _is_total(rows: pd.DataFrame, heading: Heading) -> "pd.Series[bool]":
    titles = [heading.positions[field] for field in TITLES if field in heading.positions]
    total = pd.Series(False, index=rows.index)
    for position in {0, *titles}:
        total |= by_distinct(rows[position], _total_words).eq(True)
    own = heading.layout.own.total_rows
    return total | rows[titles[0]].str.contains(own, regex=True).eq(True) if own and titles else total


def _total_words(distinct: "pd.Series[Any]") -> "pd.Series[Any]":
    return distinct.map(folded).isin(words()["total"])
