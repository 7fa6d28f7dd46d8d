"""Check-ins told apart or told in passing: whose they are, and those that the row of a key result states itself."""

from dataclasses import replace
from typing import Any

import pandas as pd

from pipelines.problems import Problem
from pipelines.sources.raw import RawTable
from pipelines.tidy import rules
from pipelines.tidy.cells.dates import OrderError, read_dates
from pipelines.tidy.cells.folding import folded
from pipelines.tidy.headings import Heading
from pipelines.tidy.shapes.parts import Part, Parts, is_blank

PREFIX = "check_in."
SAID = ("value", "progress", "confidence", "status")


def without_check_ins(heading: Heading) -> Heading:
    """The heading with the columns of goals alone."""
    goals = {name: position for name, position in heading.positions.items() if not name.startswith(PREFIX)}
    return replace(heading, positions=goals)


def check_ins_beside(raw: RawTable, heading: Heading, goals: Part) -> Parts:
    """The latest check-in of each key result, where its row states one with its day."""
    fields = _fields(heading)
    if "checked_on" not in fields:
        return Parts(())
    said = goals.rows[[fields[name] for name in SAID if name in fields]].notna().any(axis=1)
    rows = goals.rows[said & _made(heading, goals.rows[fields["checked_on"]])]
    own = replace(heading, layout=heading.layout.as_base("check_ins"), positions=fields)
    return Parts((Part(raw, own, rows, {"key_result_row": pd.Series(rows.index, index=rows.index)}),))


def _fields(heading: Heading) -> dict[str, int]:
    """The columns of the check-in; the value and the progress are those of the key result."""
    fields = {name.removeprefix(PREFIX): at for name, at in heading.positions.items() if name.startswith(PREFIX)}
    current = {name.rpartition(".")[2]: at for name, at in heading.positions.items()}
    shared = {"value": current.get("current"), "progress": current.get("progress")}
    return {**{name: at for name, at in shared.items() if at is not None}, **fields}


def _made(heading: Heading, days: "pd.Series[Any]") -> "pd.Series[bool]":
    """Which check-ins were made, and not dated by the tool for want of any."""
    own = heading.layout.own
    stated = ~is_blank(days, heading.layout)
    if own.never_before is None:
        return stated
    try:
        read, _ = read_dates(days, order=own.date_order, utc_hours=own.utc_hours)
    except OrderError:
        return stated
    return stated & ~(read < pd.Timestamp(own.never_before))


def of_key_results(raw: RawTable, heading: Heading, rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """The rows of a log without those that speak of objectives, which are told of."""
    positions = {folded(text): position for position, text in heading.written.items()}
    problems = []
    told = {header: word for header, word in heading.layout.own.of_key_results.items() if header in positions}
    for header, word in told.items():
        other = rows[positions[header]].map(folded, na_action="ignore").ne(word)
        problems += [_of_objectives(raw, heading, rows[other], positions[header])] if other.any() else []
        rows = rows[~other]
    return rows, problems


def _of_objectives(raw: RawTable, heading: Heading, rows: pd.DataFrame, position: int) -> Problem:
    row = int(rows.index[0])
    found = rows[position].dropna().iloc[:1]
    place = (row, raw.cell(row, position), heading.written[position], str(found.iloc[0]) if len(found) else None)
    return Problem(rules.OF_OBJECTIVE, raw.file, raw.sheet, *place, details={"count": len(rows)})
