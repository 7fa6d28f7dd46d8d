"""Rows of a flat sheet without an objective's title: they go on with the objective above, unless they say otherwise."""

import re
from typing import Any

import pandas as pd

from pipelines import cycles
from pipelines.tidy import rules
from pipelines.tidy.body import Body
from pipelines.tidy.cells.folding import by_distinct, folded, words
from pipelines.tidy.headings import Heading

TITLE = "objective.title"
IDENTITY = ("team", "cycle", "starts_on", "ends_on", "objective.objective_id", "objective.owner", "objective.level")
"""What tells one objective from another of the same title; the days only where they are all that says the cycle."""
DAYS = ("starts_on", "ends_on")


def objective_runs(rows: pd.DataFrame, heading: Heading) -> "pd.Series[Any]":
    """The number of the objective under which each row stands, from 1; 0 above the first."""
    title = rows[heading.positions[TITLE]]
    identity = heading.positions.get("objective.objective_id")
    changed = title.notna() & title.ne(title.ffill().shift())
    if identity is not None:
        known = rows[identity]
        changed |= title.notna() & known.notna() & known.ne(known.ffill().shift())
    return changed.cumsum()


def identity_fields(heading: Heading) -> list[str]:
    """The columns that tell one objective from another of the same title."""
    days = () if heading.has((("starts_on",), ("ends_on",))) and "cycle" not in heading.positions else DAYS
    return [field for field in IDENTITY if field in heading.positions and field not in days]


def fill_identity(rows: pd.DataFrame, heading: Heading) -> pd.DataFrame:
    """The rows with team, cycle and the like of the objective to which they belong, in its spelling."""
    filled = rows.copy()
    titled = rows[heading.positions[TITLE]].notna()
    for field in identity_fields(heading):
        text = rows[heading.positions[field]]
        own = _said(rows, heading, field).where(titled)
        filled[heading.positions[field]] = own.fillna(stated_above(rows, heading, field)).fillna(text)
    return filled


def stated_above(rows: pd.DataFrame, heading: Heading, field: str) -> "pd.Series[Any]":
    """What the objective above each row says in the field; where it is silent, what its untitled rows say first."""
    said = _said(rows, heading, field)
    titled = rows[heading.positions[TITLE]].notna()
    blocks = titled.cumsum()
    of_run = said.where(titled).groupby(objective_runs(rows, heading)).transform("first")
    return said.fillna(of_run.where(titled)).groupby(blocks).transform("first").where(blocks.gt(0))


def of_another_objective(rows: pd.DataFrame, heading: Heading) -> pd.DataFrame:
    """The rows without a title that state another team, cycle, id, owner or level than the objective above.

    Out: by row the first such `field` with what is stated `above` and `here`. A row that is silent goes with the
    untitled row above it.
    """
    titled = rows[heading.positions[TITLE]].notna()
    blocks = titled.cumsum()
    found = pd.DataFrame({"field": None, "above": None, "here": None}, index=rows.index[:0], dtype="str")
    if titled.all():
        return found
    for field in identity_fields(heading):
        above = stated_above(rows, heading, field)
        here = _said(rows, heading, field).groupby(blocks).ffill()
        differs = ~titled & blocks.gt(0) & here.notna() & _alike(here, field).ne(_alike(above, field))
        other = pd.DataFrame({"field": field, "above": above, "here": here}, dtype="str")[differs]
        found = pd.concat([found, other[~other.index.isin(found.index)]])
    return found.sort_index()


def tell_other_objectives(body: Body) -> None:
    """Note the title missing where a row states another objective than the one above, for it must not be guessed."""
    found = of_another_objective(body.rows, body.heading).reindex(body.rows.index)
    titles = body.rows[body.heading.positions[TITLE]].ffill()
    headers = found["field"].map({field: body.header(field) for field in identity_fields(body.heading)})
    body.find(
        rules.OTHER_OBJECTIVE, TITLE, found["field"].notna(),
        other=headers, here=found["here"], above=found["above"], title=titles,
    )  # fmt: skip


def _said(rows: pd.DataFrame, heading: Heading, field: str) -> "pd.Series[Any]":
    """The field's cells without those that say nothing: dashes, errors, a mere kind of cycle."""
    text = rows[heading.positions[field]]
    nothing = words()["blank"] | words()["error"] | (words()["cycle_kind_only"] if field == "cycle" else set())
    silent = by_distinct(text, lambda distinct: distinct.map(folded).isin(nothing)).eq(True)
    return pd.Series(text.mask(silent))


def _alike(text: "pd.Series[Any]", field: str) -> "pd.Series[Any]":
    """The texts so that spellings of the same are equal, of a day and a cycle too."""
    spelling = _day if field in DAYS else _name
    return pd.Series(by_distinct(text, lambda distinct: distinct.map(spelling)).astype("str"))


def _name(text: str) -> str:
    cycle = cycles.parse(text)
    return cycle.label if cycle else folded(text)


def _day(text: str) -> str:
    return " ".join(number.lstrip("0") for number in re.findall(r"\d+", text))
