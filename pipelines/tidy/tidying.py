"""From a raw table to the facts it states: header, rows, cells, cycles, facts, in this order."""

from datetime import date

import pandas as pd

from pipelines.cycles import Cycle
from pipelines.policy import Policy
from pipelines.problems import InputError, Problem
from pipelines.sources.raw import RawTable, cell_name, letters
from pipelines.tidy import rules
from pipelines.tidy.body import Body
from pipelines.tidy.checks import tell_doubtful_facts
from pipelines.tidy.columns import read_columns
from pipelines.tidy.continuing import tell_other_objectives
from pipelines.tidy.facts import facts_of
from pipelines.tidy.flat import prepare_flat, settle_type
from pipelines.tidy.headings import Heading, find_heading, misspelt
from pipelines.tidy.row_cycles import complete_cycles, cycle_around, read_cycles, stated_cycles
from pipelines.tidy.rows import fill_merged, is_skipped, rows_below
from pipelines.tidy.sheet import Decision, TidySheet
from pipelines.wording import mark

UNUSED = mark("These columns are not used: {columns}.")
DATED = ("flat", "objectives")
"""Layouts whose rows need a cycle; others only narrow a reference by it."""


def tidy(raw: RawTable, *, policy: Policy, today: date) -> TidySheet:
    """The facts of one sheet with every row accounted for; raises InputError if the sheet cannot be used."""
    first_month = policy.cycle.first_month
    anywhere = cycle_around(raw, _last_row(raw), first_month)
    heading = find_heading(raw, needs_cycle=anywhere is None)
    below = rows_below(raw, heading)
    skipped = is_skipped(below, heading)
    body = _body(raw, heading, below[~skipped])
    read_columns(body)
    around = cycle_around(raw, heading.row, first_month) if body.heading.layout.name in DATED else None
    defined = _read_row_cycles(body, around, first_month)
    if body.heading.layout.name == "flat":
        tell_other_objectives(body)
    _require(body)
    repeated = body.rows[~body.aside].duplicated().reindex(body.aside.index, fill_value=False)
    kept = ~body.aside & ~repeated
    return _sheet(body, kept, defined[kept.reindex(defined.index).eq(True)], len(below), today)


def _last_row(raw: RawTable) -> int | None:
    return None if raw.frame.empty else int(raw.frame.index[min(len(raw.frame), 40) - 1])


def _body(raw: RawTable, heading: Heading, rows: pd.DataFrame) -> Body:
    heading = settle_type(rows, raw, heading)
    if heading.layout.name == "flat":
        filled, heading = prepare_flat(rows, raw, heading)
        return Body(raw, heading, filled)
    return Body(raw, heading, fill_merged(rows, raw, heading))


def _read_row_cycles(body: Body, around: Cycle | None, first_month: int) -> pd.DataFrame:
    if body.heading.layout.name == "cycles":
        complete_cycles(body, first_month)
        return pd.DataFrame()
    if body.heading.layout.name in DATED and not around and not body.heading.has((("cycle", "starts_on"),)):
        raise _no_cycle(body)
    return read_cycles(body, around, first_month)


def _no_cycle(body: Body) -> InputError:
    return InputError(Problem(rules.NO_CYCLE, body.raw.file, body.raw.sheet, body.heading.row))


def _require(body: Body) -> None:
    name = body.heading.layout.name
    for group in body.heading.layout.required:
        alone = _objective_alone(body) if name == "flat" and group == ("key_result.title",) else None
        fields = (*group, "key_result.key_result_id") if alone is not None else group
        body.require(fields, where=None if alone is None else ~alone)
    if name in DATED:
        body.require(["cycle"])
    if name == "cycles":
        body.require(["starts_on"])
        body.require(["ends_on"])


def _objective_alone(body: Body) -> "pd.Series[bool]":
    """Rows that state an objective and nothing of a key result; its key results stand in other rows."""
    stated = body.raw.frame.loc[body.rows.index, body.heading.positions["objective.title"]].notna()
    fields = [field for field in body.heading.positions if field.startswith("key_result.") or field == "progress"]
    return stated & body.cells[fields].isna().all(axis=1)


def _sheet(body: Body, kept: "pd.Series[bool]", cycles: pd.DataFrame, rows_in: int, today: date) -> TidySheet:
    facts = facts_of(body, kept)
    if len(cycles) and body.heading.layout.table != "cycle":
        facts["cycle"] = stated_cycles(body, cycles)
    tell_doubtful_facts(body, facts, today)
    body.tell_doubts(kept)
    body.tell_notes(kept)
    _tell_of_sheet(body)
    aside = int(body.aside.sum())
    return TidySheet(
        file=body.raw.file,
        sheet=body.raw.sheet,
        layout=body.heading.layout.name,
        table=body.heading.layout.table,
        facts=facts,
        problems=sorted(body.problems, key=lambda problem: problem.row or 0),
        rows_in=rows_in,
        kept=int(kept.sum()),
        set_aside=aside,
        skipped=rows_in - int(kept.sum()) - aside,
        decisions=_decisions(body),
        columns={field: (letters(at), body.header(field)) for field, at in body.heading.positions.items()},
    )


def _tell_of_sheet(body: Body) -> None:
    """Report what is doubtful about the sheet as a whole and its headers."""
    raw, heading = body.raw, body.heading
    if raw.hidden:
        body.problems.append(Problem(rules.HIDDEN, raw.file, raw.sheet))
    _tell_without_header(body)
    for position, near in misspelt(heading).items():
        place = (heading.row, cell_name(heading.row, position), heading.written[position])
        body.problems.append(Problem(rules.MISSPELT, raw.file, raw.sheet, *place, details={"near": near}))


def _tell_without_header(body: Body) -> None:
    """Report the first cell that stands under no header, and how many rows have any."""
    nameless = body.rows[[position for position in body.rows if position not in body.heading.written]]
    filled = nameless.notna().any(axis=1)
    if filled.any():
        row = int(str(filled.idxmax()))
        position, text = next((int(str(at)), str(cell)) for at, cell in nameless.loc[row].dropna().items())
        place = (row, cell_name(row, position), None, text)
        details: dict[str, object] = {"count": int(filled.sum())}
        body.problems.append(Problem(rules.NO_HEADER_ABOVE, body.raw.file, body.raw.sheet, *place, details=details))


def _decisions(body: Body) -> list[Decision]:
    unused = body.heading.unused
    return [*body.decisions, *([Decision(UNUSED, {"columns": ", ".join(unused)})] if unused else [])]
