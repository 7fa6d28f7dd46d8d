"""From one part of a sheet to the facts it states: cells, cycles, what is needed, facts, in this order."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipelines.cycles import Cycle
from pipelines.problems import InputError, Problem
from pipelines.tidy import rules
from pipelines.tidy.body import Body
from pipelines.tidy.checks import tell_doubtful_facts
from pipelines.tidy.columns import read_columns
from pipelines.tidy.facts import facts_of
from pipelines.tidy.row_cycles import complete_cycles, read_cycles, stated_cycles
from pipelines.tidy.shapes.continuing import tell_other_objectives
from pipelines.tidy.shapes.flat import prepare_flat, settle_type
from pipelines.tidy.shapes.parts import Part
from pipelines.tidy.sheet import Decision

DATED = ("flat", "objectives")
"""Layouts whose rows need a cycle; others only narrow a reference by it."""


@dataclass(frozen=True)
class Understood:
    """What a part gives, what is wrong with it, and which rows of the source it kept and set aside."""

    facts: dict[str, pd.DataFrame]
    problems: list[Problem]
    decisions: list[Decision]
    kept: "pd.Series[int]"
    aside: "pd.Series[int]"


def understood(
    part: Part,
    *,
    around: Cycle | None,
    first_month: int,
    today: date,
    repeated: "pd.Series[bool] | None" = None,
) -> Understood:
    """The part's facts with every row accounted for; raises InputError if it cannot be used.

    `repeated` tells the exact repeats where the part is not all that is read.
    """
    body = _body(part, around)
    read_columns(body)
    around = around if body.heading.layout.base in DATED else None
    defined = _read_row_cycles(body, around, first_month)
    if body.heading.layout.base == "flat":
        tell_other_objectives(body)
    _require(body, part)
    if repeated is None:
        repeated = body.rows[~body.aside].duplicated().reindex(body.aside.index, fill_value=False)
    kept = ~body.aside & ~(repeated & _is_whole_row(part))
    return _told(body, kept, defined[kept.reindex(defined.index).eq(True)], today)


def _is_whole_row(part: Part) -> bool:
    return part.raw.origin is None


def _body(part: Part, around: Cycle | None) -> Body:
    heading = settle_type(part.rows, part.heading)
    rows = part.rows
    if heading.layout.base == "flat":
        rows, heading = prepare_flat(part.rows, part.raw, heading)
    return Body(part.raw, heading, rows, part.links, around)


def _read_row_cycles(body: Body, around: Cycle | None, first_month: int) -> pd.DataFrame:
    if body.heading.layout.base == "cycles":
        complete_cycles(body, first_month)
        return pd.DataFrame()
    if body.heading.layout.base in DATED and not around and not body.heading.has((("cycle", "starts_on"),)):
        raise InputError(Problem(rules.NO_CYCLE, body.raw.file, body.raw.sheet, body.heading.row))
    return read_cycles(body, around, first_month)


def _require(body: Body, part: Part) -> None:
    base = body.heading.layout.base
    for group in body.heading.layout.required:
        alone = _objective_alone(body) if base == "flat" and group == ("key_result.title",) else None
        fields = (*group, "key_result.key_result_id") if alone is not None else group
        if not any(f"{name.rpartition('_')[0]}_row" in part.links for name in group):
            body.require(fields, where=None if alone is None else ~alone)
    if base in DATED:
        body.require(["cycle"])
    if base == "cycles":
        body.require(["starts_on"])
        body.require(["ends_on"])


def _objective_alone(body: Body) -> "pd.Series[bool]":
    """Rows that state an objective and nothing of a key result; its key results stand in other rows."""
    stated = body.raw.frame.loc[body.rows.index, body.heading.positions["objective.title"]].notna()
    fields = [field for field in body.heading.positions if field.startswith("key_result.") or field == "progress"]
    return stated & body.cells[fields].isna().all(axis=1)


def _told(body: Body, kept: "pd.Series[bool]", cycles: pd.DataFrame, today: date) -> Understood:
    facts = facts_of(body, kept)
    if len(cycles) and body.heading.layout.table != "cycle":
        facts["cycle"] = stated_cycles(body, cycles)
    tell_doubtful_facts(body, facts, today)
    body.tell_doubts(kept)
    body.tell_notes(kept)
    rows = body.raw.source_rows(body.rows.index).set_axis(body.rows.index)
    return Understood(
        facts, body.problems, body.decisions,
        kept=rows[kept], aside=rows[body.aside],
    )  # fmt: skip
