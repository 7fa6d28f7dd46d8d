"""From a raw table to the facts it states: header, tables below it, their parts, facts, in this order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from pipelines.policy import Policy
from pipelines.problems import Problem
from pipelines.schema import FACTS, conform, stated_columns
from pipelines.sources.raw import RawTable, cell_name, letters
from pipelines.tidy import rules
from pipelines.tidy.cells.folding import folded
from pipelines.tidy.cells.markup import without_markup
from pipelines.tidy.headings import Heading, find_heading, misspelt
from pipelines.tidy.layouts import Layout
from pipelines.tidy.row_cycles import cycle_around
from pipelines.tidy.shapes.beside import check_ins_beside, of_key_results, without_check_ins
from pipelines.tidy.shapes.blocks import Block, blocks
from pipelines.tidy.shapes.mixed import mixed_parts, with_kinds
from pipelines.tidy.shapes.numbered import unnumbered
from pipelines.tidy.shapes.one_objective import with_objective
from pipelines.tidy.shapes.parts import Part, Parts, surrounding_values, with_stand_ins, with_values
from pipelines.tidy.shapes.rows import OWN_TITLES, fill_merged, is_skipped, struck_out
from pipelines.tidy.shapes.spread import dated_columns, spread_check_ins, tell_of_objectives
from pipelines.tidy.sheet import Decision, TidySheet
from pipelines.tidy.understanding import Understood, understood
from pipelines.wording import mark

UNUSED = mark("These columns are not used: {columns}.")
READ_AS = mark("Read as {label}.")


def tidy(raw: RawTable, *, policy: Policy, today: date, mapping: Layout | None = None) -> TidySheet:
    """The facts of one sheet with every row accounted for; raises InputError if the sheet cannot be used."""
    first_month = policy.cycle.first_month
    anywhere = cycle_around(raw, last_searched_row(raw), first_month)
    heading = find_heading(raw, needs_cycle=anywhere is None, mapping=mapping)
    around = cycle_around(raw, heading.row, first_month)
    tables = [replace(block, heading=with_kinds(block.heading, block.rows)) for block in blocks(raw, heading)]
    pieces = [parts_of(raw, block) for block in tables if not heading.layout.own.left_out]
    if heading.layout.own.is_one_objective:
        pieces = with_objective(raw, tables, pieces)
    given = [
        understood(part, around=around, first_month=first_month, today=today)
        for piece in pieces
        for part in piece.parts
        if len(part.rows)
    ]
    return _sheet(raw, tables, given, [problem for piece in pieces for problem in piece.problems])


def last_searched_row(raw: RawTable) -> int | None:
    """The last of the rows among which the header is looked for."""
    return None if raw.frame.empty else int(raw.frame.index[min(len(raw.frame), 40) - 1])


def parts_of(raw: RawTable, block: Block) -> Parts:
    """The block's rows without blank rows, totals and repeated headers, as the parts in which they are read."""
    heading = block.heading
    rows = block.rows[~is_skipped(block.rows, heading)]
    struck = struck_out(rows, raw, heading)
    told = tuple(_struck_out(raw, heading, int(row)) for row in rows.index[struck])
    found = _parts_below(raw, heading, rows[~struck])
    return Parts(found.parts, (*told, *found.problems))


def _struck_out(raw: RawTable, heading: Heading, row: int) -> Problem:
    position = next(heading.positions[field] for field in OWN_TITLES if field in heading.positions)
    place = (row, cell_name(row, position), heading.written[position], str(raw.frame.loc[row, position]))
    return Problem(rules.STRUCK_OUT, raw.file, raw.sheet, *place)


def _parts_below(raw: RawTable, heading: Heading, rows: pd.DataFrame) -> Parts:
    plain = without_markup(rows) if heading.layout.own.markup else rows
    filled = with_stand_ins(heading, fill_merged(plain, raw, heading))
    heading, filled = with_values(heading, filled, surrounding_values(raw, heading))
    if heading.layout.base == "mixed":
        return _with_check_ins(raw, heading, mixed_parts(raw, heading, filled))
    if heading.numbered:
        return unnumbered(raw, heading, filled)
    own, told = of_key_results(raw, heading, filled)
    goals = Part(raw, without_check_ins(heading), own)
    return Parts((goals, *check_ins_beside(raw, heading, goals).parts), tuple(told))


def _with_check_ins(raw: RawTable, heading: Heading, goals: Parts) -> Parts:
    found = [read(raw, heading, goals.parts[-1]) for read in (spread_check_ins, dated_columns, check_ins_beside)]
    told = tell_of_objectives(raw, heading, goals.parts[0])
    return Parts(
        (*goals.parts, *(part for each in found for part in each.parts)),
        (*goals.problems, *told, *(problem for each in found for problem in each.problems)),
    )


def _sheet(raw: RawTable, tables: list[Block], given: list[Understood], refused: list[Problem]) -> TidySheet:
    heading, rows = tables[0].heading, _rows_below(tables)
    named = [problem.row for problem in refused if problem.rule.kind == "set_aside" and problem.row]
    kept = _any_of(rows, [each.kept for each in given])
    aside = _any_of(rows, [each.aside for each in given], named) & ~kept
    facts = _together([each.facts for each in given])
    problems = [*(problem for each in given for problem in each.problems), *refused, *_of_sheet(raw, tables)]
    return TidySheet(
        file=raw.file,
        sheet=raw.sheet,
        layout=heading.layout.name,
        table=_finest(heading, facts),
        facts=facts,
        problems=sorted(problems, key=lambda problem: problem.row or 0),
        rows_in=len(rows),
        kept=int(kept.sum()),
        set_aside=int(aside.sum()),
        skipped=len(rows) - int((kept | aside).sum()),
        decisions=decisions_of(heading, [decision for each in given for decision in each.decisions]),
        columns=columns_of(heading),
    )


def _rows_below(tables: list[Block]) -> "pd.Series[int]":
    """The rows of the source below the first header; the further headers are rows themselves."""
    rows = [pd.Series(block.rows.index, dtype="int64") for block in tables]
    return pd.Series(pd.concat([*rows, pd.Series([block.heading.row for block in tables[1:]], dtype="int64")]))


def _any_of(rows: "pd.Series[int]", given: Sequence["pd.Series[int]"], named: Sequence[int] = ()) -> "pd.Series[bool]":
    """Which of the rows stand in one of the lists."""
    return rows.isin(pd.concat([*given, pd.Series(list(named), dtype="Int64")]))


def _finest(heading: Heading, facts: dict[str, pd.DataFrame]) -> str:
    found = [table for table in ("objective", "key_result", "check_in") if table in facts]
    several = heading.layout.base == "mixed" or heading.layout.own.is_one_objective
    return found[-1] if several and found else heading.layout.table


def _together(facts: Sequence[dict[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """The parts' facts by table, in the order of the rows they came from."""
    frames = {
        table.name: [conform(each[table.name], stated_columns(table)) for each in facts if table.name in each]
        for table in FACTS
    }
    return {
        name: pd.concat(found).sort_values("row", kind="stable", ignore_index=True)
        for name, found in frames.items()
        if found
    }


def _of_sheet(raw: RawTable, tables: list[Block]) -> list[Problem]:
    """What is doubtful about the sheet as a whole and its headers."""
    return [*_without_header(raw, tables), *misspelt_columns(raw, tables[0].heading)]


def misspelt_columns(raw: RawTable, heading: Heading) -> list[Problem]:
    """The unused columns whose headers are almost known ones."""
    return [
        Problem(
            rules.MISSPELT, raw.file, raw.sheet, heading.row, cell_name(heading.row, position),
            heading.written[position], details={"near": near},
        )
        for position, near in misspelt(heading).items()
    ]  # fmt: skip


def _without_header(raw: RawTable, tables: list[Block]) -> list[Problem]:
    """The first cell that stands under no header, and how many rows have any."""
    heading, rows = tables[0].heading, pd.concat([block.rows for block in tables])
    nameless = rows[[position for position in rows if position not in heading.written]]
    filled = nameless.notna().any(axis=1)
    if not filled.any() or heading.layout.own.check_ins_from:
        return []
    row = int(str(filled.idxmax()))
    position, text = next((int(str(at)), str(cell)) for at, cell in nameless.loc[row].dropna().items())
    return [cell_without_header(raw, row, position, text, int(filled.sum()))]


def cell_without_header(raw: RawTable, row: int, position: int, text: str, count: int) -> Problem:
    """What is said of the first of the cells, in so many rows, that stand under no header."""
    details: dict[str, object] = {"count": count}
    return Problem(rules.NO_HEADER_ABOVE, raw.file, raw.sheet, row, cell_name(row, position), None, text, details)


def decisions_of(heading: Heading, made: Sequence[Decision]) -> list[Decision]:
    """What the user should know of the sheet: what it was read as, each decision once, the columns not used."""
    label = heading.layout.own.label
    told = [Decision(READ_AS, {"label": label})] if label else []
    for decision in made:
        told += [] if decision in told else [decision]
    unused = [text for text in heading.unused if folded(text) not in heading.layout.own.dated]
    return [*told, *([Decision(UNUSED, {"columns": ", ".join(unused)})] if unused else [])]


def columns_of(heading: Heading) -> dict[str, tuple[str, str]]:
    """By field the letters and the header of its column."""
    return {field: (letters(at), heading.written[at]) for field, at in heading.positions.items()}
