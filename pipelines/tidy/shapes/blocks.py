"""Tables stacked in one sheet: below the first, another header of the same layout begins the next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from pipelines.sources.raw import RawTable
from pipelines.tidy.cells.dates import order_of
from pipelines.tidy.headings import Heading, read_as
from pipelines.tidy.shapes.rows import rows_below


@dataclass(frozen=True)
class Block:
    """One table of the sheet: its heading and the rows below it."""

    heading: Heading
    rows: pd.DataFrame


def blocks(raw: RawTable, heading: Heading) -> list[Block]:
    """The tables of the sheet from the heading down; most sheets hold one."""
    below = rows_below(raw, heading)
    orders = date_orders(below, heading)
    headings = [replace(each, date_orders=orders) for each in (heading, *further_headings(below, heading))]
    ends = [each.row for each in headings[1:]] + [below.index.max() + 1 if len(below) else 0]
    return [
        Block(each, below[(below.index > each.row) & (below.index < end)])
        for each, end in zip(headings, ends, strict=True)
    ]


def date_orders(below: "Mapping[int, pd.Series[Any]] | pd.DataFrame", heading: Heading) -> dict[int, str]:
    """By position the order of day and month, for which every table in the column is a witness."""
    own = heading.layout.own.date_order
    dated = [at for name, at in heading.positions.items() if heading.layout.column(name).kind == "date"]
    orders = {at: own or order_of(below[at]) for at in dated}
    shown = {order for order in orders.values() if order is not None}
    # A tool writes all its dates alike, so that one column tells it for those that show nothing.
    alike = shown.pop() if heading.layout.own.label and len(shown) == 1 else None
    told = {at: order or alike for at, order in orders.items()}
    return {at: order for at, order in told.items() if order}


def further_headings(below: pd.DataFrame, heading: Heading) -> list[Heading]:
    """The headers further down: rows that name the same fields in the same columns, but not all columns alike."""
    known = {
        **heading.positions,
        **{f"{name} {n}": at for n, of in heading.numbered.items() for name, at in of.items()},
    }
    like = pd.Series(0, index=below.index)
    for position in known.values():
        like += below[position].eq(heading.written[position]).eq(True)
    found = like.index[(like >= 2) & (2 * like >= len(known))]
    headings = [_at(int(row), below.loc[row], heading) for row in found]
    return [each for each in headings if each.written != heading.written]


def _at(row: int, cells: "pd.Series[str]", heading: Heading) -> Heading:
    written = {int(str(position)): str(text) for position, text in cells.dropna().items()}
    return read_as(heading.layout, row, written)
