"""What a sheet is read as: usually one table, but a list of objectives and key results is two."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import pandas as pd

from pipelines.problems import Problem
from pipelines.sources.raw import NOWHERE, RawTable
from pipelines.tidy.cells.folding import by_distinct, folded, words
from pipelines.tidy.cells.markup import plain_text
from pipelines.tidy.headings import Heading
from pipelines.tidy.layouts import Layout


@dataclass(frozen=True)
class Part:
    """Rows that one base layout reads, and what they are linked to by their place in the sheet.

    `links` holds by field, such as `objective_row`, the row in the sheet to which each row belongs.
    """

    raw: RawTable
    heading: Heading
    rows: pd.DataFrame
    links: Mapping[str, "pd.Series[Any]"] = field(default_factory=dict)


@dataclass(frozen=True)
class Parts:
    """The parts of a sheet, and what is said of the rows that belong to none."""

    parts: tuple[Part, ...]
    problems: tuple[Problem, ...] = ()


def with_values(heading: Heading, rows: pd.DataFrame, values: Mapping[str, str]) -> tuple[Heading, pd.DataFrame]:
    """The table with a column for each value that holds for all its rows, where it has no such column."""
    filled = rows.copy() if values else rows
    for name, text in values.items():
        if name in heading.positions:
            position = heading.positions[name]
            filled[position] = rows[position].fillna(text)
        else:
            position = NOWHERE + len(filled.columns)
            filled[position] = pd.Series(text, index=rows.index, dtype="str")
            heading = heading.with_column(name, position, text)
    return heading, filled


def surrounding_values(raw: RawTable, heading: Heading) -> dict[str, str]:
    """What holds for all rows: stated by the layout, in the header's corner, or after a label above the header."""
    own = heading.layout.own
    corner = {own.corner: plain_text(heading.written.get(0, ""))} if own.corner else {}
    named = {own.named_after: name_of(raw)} if own.named_after else {}
    stated = {**_labelled(raw, heading), **corner, **named, **own.constants}
    return {name: text for name, text in stated.items() if name in heading.layout.written}


def name_of(raw: RawTable) -> str:
    """What the sheet is called, or the file that is but one sheet."""
    return raw.sheet or PurePath(raw.file).name.partition(".")[0]


def with_stand_ins(heading: Heading, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the cells of the columns that the layout says speak instead of blank ones."""
    positions = {folded(text): position for position, text in heading.written.items()}
    pairs = [
        (positions[header], positions[other])
        for header, other in heading.layout.own.instead.items()
        if header in positions and other in positions
    ]
    return pd.DataFrame(rows.fillna({at: rows[other] for at, other in pairs}))


def _labelled(raw: RawTable, heading: Heading) -> dict[str, str]:
    labels = {folded(label): name for label, name in heading.layout.own.above.items()}
    above = raw.frame[raw.frame.index < heading.row].to_numpy(dtype=object).ravel() if labels else ()
    parts = (text.replace("：", ":").partition(":") for text in above if isinstance(text, str))
    return {labels[folded(label)]: text.strip() for label, _, text in parts if folded(label) in labels and text.strip()}


def is_blank(text: "pd.Series[Any]", layout: Layout) -> "pd.Series[bool]":
    """Which cells say nothing, in words that everybody or this layout uses for it."""
    nothing = words()["blank"] | {folded(word) for word in layout.own.blank}
    silent = by_distinct(text, lambda distinct: distinct.map(folded).isin(nothing)).eq(True)
    return pd.Series(text.isna() | silent)
