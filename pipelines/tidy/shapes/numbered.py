"""Sheets with several key results side by side in one row, their columns numbered or headed by their titles."""

from dataclasses import replace

import pandas as pd

from pipelines.problems import Problem
from pipelines.sources.raw import NOWHERE, Origin, RawTable
from pipelines.tidy import rules
from pipelines.tidy.headings import Heading
from pipelines.tidy.shapes.parts import Part, Parts, is_blank

TITLES = {"flat": "key_result.title", "check_ins": "key_result_title"}
DAY = "checked_on"


def unnumbered(raw: RawTable, heading: Heading, rows: pd.DataFrame) -> Parts:
    """The sheet with a row for each key result that a row states something of, in the order of the columns.

    Of a row that states none an objective stays; a check-in of nothing is named, unless a day is all that it says.
    """
    first = heading.numbered[min(heading.numbered)]
    groups = [_group(rows, heading, fields, first) for _, fields in sorted(heading.numbered.items())]
    stated = pd.concat([group[group["stated"]] for group in groups])
    alone = _alone(rows, heading, stated, groups[0])
    check_ins = heading.layout.base == "check_ins"
    problems = [_nothing_stated(raw, heading, int(row)) for row in alone.index] if check_ins else []
    together = pd.concat([stated, *([] if check_ins else [alone])]).rename_axis("row").reset_index()
    together = together.sort_values(["row", "group"], kind="stable", ignore_index=True)
    fields = {**heading.positions, **first}
    if heading.layout.own.title_in_header:
        fields[TITLES[heading.layout.base]] = NOWHERE
    wide = replace(heading, positions=fields, written={**heading.written, NOWHERE: ""}, numbered={})
    return Parts((Part(_reshaped(raw, together, wide), wide, _cells(together, wide)),), tuple(problems))


def _nothing_stated(raw: RawTable, heading: Heading, row: int) -> Problem:
    position = min(at for fields in heading.numbered.values() for at in fields.values())
    place = (row, raw.cell(row, position), heading.written[position])
    return Problem(rules.NOTHING_STATED, raw.file, raw.sheet, *place)


def _group(rows: pd.DataFrame, heading: Heading, fields: dict[str, int], first: dict[str, int]) -> pd.DataFrame:
    """The rows with one key result's cells in the columns of the first, and where they stood."""
    nothing = pd.Series(None, index=rows.index, dtype="str")
    # Built whole: pandas 3.1 mixes up columns 0 and 2 when a column 1 is set beside them.
    group = pd.DataFrame(
        {position: rows[position] for position in heading.positions.values()}
        | {position: rows[fields[name]] if name in fields else nothing for name, position in first.items()}
        | {f"at {position}": fields.get(name, NOWHERE) for name, position in first.items()}
        | {NOWHERE: heading.written[min(fields.values())]}
    )
    blank = pd.concat([is_blank(rows[position], heading.layout) for position in fields.values()], axis=1).all(axis=1)
    return group.assign(stated=~blank, group=min(fields.values()))


def _alone(rows: pd.DataFrame, heading: Heading, stated: pd.DataFrame, group: pd.DataFrame) -> pd.DataFrame:
    silent = group[~group.index.isin(stated.index)].copy()
    said = [position for name, position in heading.positions.items() if name != DAY]
    blank = [is_blank(rows.loc[silent.index, position], heading.layout) for position in said]
    speaking = ~pd.concat(blank, axis=1).all(axis=1) if blank else pd.Series(False, index=silent.index)
    silent[NOWHERE] = pd.Series(None, index=silent.index, dtype="str")
    return silent[speaking]


def _cells(together: pd.DataFrame, heading: Heading) -> pd.DataFrame:
    return together[list(dict.fromkeys(heading.positions.values()))].astype("str")


def _reshaped(raw: RawTable, together: pd.DataFrame, heading: Heading) -> RawTable:
    cells = _cells(together, heading)
    columns = {
        position: together.get(f"at {position}", pd.Series(position, index=together.index)) for position in cells
    }
    origin = Origin(together["row"].astype("int64"), pd.DataFrame(columns, index=together.index))
    return replace(raw, frame=cells, merged=(), origin=origin)
