"""Logs that are one objective: called after the sheet or file, with a key result for each column."""

from dataclasses import replace
from typing import Any

import pandas as pd

from pipelines.sources.raw import NOWHERE, Origin, RawTable
from pipelines.tidy.cells.folding import folded
from pipelines.tidy.cells.markup import plain_text
from pipelines.tidy.headings import Heading
from pipelines.tidy.shapes.blocks import Block
from pipelines.tidy.shapes.parts import Part, Parts, name_of

TITLE = NOWHERE + 1
STATED = ("cycle", "starts_on", "ends_on", "team", "owner", "level", "ambition")
"""What a layout may say of the objective."""
PLACES = {name: NOWHERE + number for number, name in enumerate(("title", "score", *STATED), start=1)}
UNWRITTEN = {position: name for name, position in PLACES.items()}


def with_objective(raw: RawTable, tables: list[Block], logs: list[Parts]) -> list[Parts]:
    """The tables' check-ins after the objective and the key results that they are about, which the headers state."""
    if not any(len(part.rows) for log in logs for part in log.parts):
        return logs
    totals = pd.concat([_totals(table) for table in tables])
    row = int(totals.index[-1]) if len(totals) else tables[0].heading.row
    goals = Parts((_objective(raw, tables[0].heading, row, totals), _key_results(raw, tables, row)))
    return [goals, *(_below(log, row, explained=totals.index) for log in logs)]


def _totals(table: Block) -> "pd.Series[Any]":
    position = table.heading.positions.get("objective_score")
    return pd.Series(dtype="str") if position is None else table.rows[position].dropna()


def _below(log: Parts, row: int, explained: "pd.Index[Any]") -> Parts:
    """The log linked to the objective; rows that state its total need no values of key results."""
    parts = tuple(replace(part, links={"objective_row": pd.Series(row, index=part.rows.index)}) for part in log.parts)
    return Parts(parts, tuple(problem for problem in log.problems if problem.row not in explained))


def objective_title(raw: RawTable, heading: Heading) -> str:
    """The layout's title for the objective, else the name of the sheet or of the file."""
    stated = heading.layout.own.constants.get("objective_title")
    return stated or name_of(raw)


def _objective(raw: RawTable, heading: Heading, row: int, totals: "pd.Series[Any]") -> Part:
    own = heading.layout.own.constants
    score = plain_text(str(totals.iloc[-1])) if len(totals) else None
    stated = {name: own[name] for name in STATED if name in own}
    values = {"title": objective_title(raw, heading), **({"score": score} if score else {}), **stated}
    columns = {name: PLACES[name] for name in values}
    if score is not None:
        columns["score"] = heading.positions["objective_score"]
    cells = pd.DataFrame({columns[name]: text for name, text in values.items()}, index=[row], dtype="str")
    head = Heading(heading.layout.as_base("objectives"), heading.row, columns, {**heading.written, **UNWRITTEN})
    return Part(raw, head, cells)


def _key_results(raw: RawTable, tables: list[Block], row: int) -> Part:
    """A key result for each column of the tables, told apart by its header."""
    places = {
        folded(table.heading.written[min(fields.values())]): (table.heading, min(fields.values()))
        for table in reversed(tables)
        for _, fields in sorted(table.heading.numbered.items())
    }
    found = sorted(places.values(), key=lambda place: place[1])
    rows = pd.DataFrame({TITLE: [heading.written[at] for heading, at in found]}, dtype="str")
    origin = Origin(
        pd.Series([heading.row for heading, _ in found], dtype="int64"), pd.DataFrame({TITLE: [at for _, at in found]})
    )
    layout = tables[0].heading.layout.as_base("key_results")
    head = Heading(layout, tables[0].heading.row, {"title": TITLE}, UNWRITTEN)
    links = {"objective_row": pd.Series(row, index=rows.index)}
    return Part(replace(raw, frame=rows, merged=(), origin=origin), head, rows, links)
