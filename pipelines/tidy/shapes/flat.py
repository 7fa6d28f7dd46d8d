"""Flat sheets, one row per key result: whose column is whose, and which objective each row belongs to."""

from dataclasses import replace

import pandas as pd

from pipelines.problems import InputError, Problem
from pipelines.sources.raw import RawTable
from pipelines.tidy import rules
from pipelines.tidy.cells.choices import topic_of
from pipelines.tidy.headings import Heading
from pipelines.tidy.shapes.continuing import fill_identity, identity_fields, objective_runs, of_another_objective
from pipelines.tidy.shapes.rows import fill_merged

EITHER = ("weight", "score", "score_self", "status")
"""Columns that say something of the key result, unless merged over the rows of an objective."""
OF_OBJECTIVE = ("cycle", "team", "starts_on", "ends_on", "parent")
TOPICS = {
    "flat": {"level": "objective.level", "ambition": "objective.ambition", "measure": "key_result.measure"},
    "objectives": {"level": "level", "ambition": "ambition"},
}


def prepare_flat(rows: pd.DataFrame, raw: RawTable, heading: Heading) -> tuple[pd.DataFrame, Heading]:
    """The rows filled down, and the heading with every column given to the objective or the key result.

    Rows that state another objective than the one above, whose title they lack, stay as they are.
    """
    for field in EITHER:
        merged = field in heading.positions and _is_merged(raw, heading, heading.positions[field])
        heading = _give(raw, heading, field, "objective" if merged else "key_result")
    filled = fill_merged(rows, raw, heading)
    elsewhere = filled.index.isin(of_another_objective(filled, heading).index)
    here = filled[~elsewhere]
    heading = _give(raw, heading, "owner", "objective" if _one_owner_each(here, heading) else "key_result")
    return pd.concat([fill_down(here, heading), filled[elsewhere]]).sort_index(), heading


def settle_type(rows: pd.DataFrame, heading: Heading) -> Heading:
    """The heading with a column `type` given to what its words speak of."""
    if "type" not in heading.positions:
        return heading
    topics = TOPICS[heading.layout.base]
    field = topics.get(topic_of(rows[heading.positions["type"]], ("row", *topics)) or "")
    return _moved(heading, "type", None if field in heading.positions else field)


def fill_down(rows: pd.DataFrame, heading: Heading) -> pd.DataFrame:
    """The rows with what belongs to the objective repeated where its rows leave it blank."""
    runs = objective_runs(rows, heading)
    first = runs.ne(runs.shift()) & runs.gt(0)
    same = rows[heading.positions["objective.title"]].isna() | ~first
    filled = fill_identity(rows, heading)
    for field, position in heading.positions.items():
        if field not in identity_fields(heading) and (field.startswith("objective.") or field in OF_OBJECTIVE):
            of_first = rows[position].where(first).groupby(runs).transform("first")
            filled[position] = rows[position].where(rows[position].notna() | ~same | runs.eq(0), of_first)
    return filled


def _one_owner_each(rows: pd.DataFrame, heading: Heading) -> bool:
    if "owner" not in heading.positions:
        return False
    owners = rows[heading.positions["owner"]].groupby(objective_runs(rows, heading)).nunique()
    return bool((owners <= 1).all())


def _is_merged(raw: RawTable, heading: Heading, position: int) -> bool:
    return any(first > heading.row and last > first and column == position for first, column, last, _ in raw.merged)


def _give(raw: RawTable, heading: Heading, field: str, side: str) -> Heading:
    """The heading with the field given to that side, or to the other if that side has a column of its own."""
    if field not in heading.positions:
        return heading
    other = "objective" if side == "key_result" else "key_result"
    free = [f"{each}.{field}" for each in (side, other) if f"{each}.{field}" not in heading.positions]
    if not free:
        written = heading.written
        first, second = heading.positions[f"{side}.{field}"], heading.positions[field]
        details: dict[str, object] = {"first": written[first], "second": written[second], "field": field}
        raise InputError(Problem(rules.TWO_COLUMNS, raw.file, raw.sheet, heading.row, details=details))
    return _moved(heading, field, free[0])


def _moved(heading: Heading, field: str, to: str | None) -> Heading:
    positions = {(to if name == field else name): position for name, position in heading.positions.items()}
    return replace(heading, positions={name: position for name, position in positions.items() if name})
