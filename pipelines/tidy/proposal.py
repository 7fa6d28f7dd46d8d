"""A mapping file proposed for a sheet: every column with the field it seems to hold, and the evidence for it."""

import difflib
import json
from collections.abc import Iterator

import pandas as pd

from pipelines import cycles
from pipelines.problems import InputError
from pipelines.sources.raw import RawTable, letters
from pipelines.tidy.cells.choices import topic_of
from pipelines.tidy.cells.dates import OrderError, read_dates
from pipelines.tidy.cells.folding import folded, words
from pipelines.tidy.cells.numbers import read_numbers
from pipelines.tidy.headings import SEARCHED_ROWS, Heading, find_heading, read_as, written_headers
from pipelines.tidy.layouts import Layout, layouts
from pipelines.tidy.row_cycles import cycle_around
from pipelines.tidy.shapes.rows import rows_below
from pipelines.wording import mark, translate

EXAMPLES = 3
NEAR = 0.6
INTRODUCTION = mark(
    'Proposed mapping. Give each column its field, or "" to leave it out; then: okr ingest FILE --mapping THIS_FILE'
)
KNOWN_HEADER = mark("a known header of this field")
ALMOST = mark("almost the header “{near}”, which means {field}")
NOT_KNOWN = mark("not a known header")
CYCLES = mark("all cycles")
DATES, NUMBERS, CHOICE = mark("all dates"), mark("all numbers"), mark("all words for {topic}")
FIELDS = mark("fields of {layout}: {fields}")
NO_CYCLE = mark("nothing says the cycle; write it here")


def proposed(tables: list[RawTable], *, first_month: int, language: str) -> str:
    """The text of a mapping file for the sheets, to edit and to use with `okr ingest --mapping`."""
    filled = [raw for raw in tables if len(raw.frame)]
    sheets = [_sheet(raw, first_month, language, named=len(filled) > 1) for raw in filled]
    return "\n".join([f"# {translate(INTRODUCTION, language)}", "", *sheets])


def _sheet(raw: RawTable, first_month: int, language: str, *, named: bool) -> str:
    heading = likely_heading(raw, first_month)
    prefix = f"sheets.{json.dumps(raw.sheet, ensure_ascii=False)}" if named and raw.sheet else ""
    lines = [f"[{prefix}]"] if prefix else []
    layout = heading.layout.name
    fields = ", ".join(heading.layout.written)
    lines += [f'like = "{layout}"', f"# {translate(FIELDS, language, layout=layout, fields=fields)}"]
    # The columns of a tool's file are known; what differs may be added.
    if not heading.layout.own.label:
        lines += [f"header_row = {heading.row}"]
    mark_known = "# " if heading.layout.own.label else ""
    lines += ["", f"[{prefix}.columns]" if prefix else "[columns]"]
    lines += [mark_known + _column(raw, heading, position, language) for position in heading.written]
    return "\n".join([*lines, *_cycle(raw, heading, first_month, prefix, language), ""])


def likely_heading(raw: RawTable, first_month: int, mapping: Layout | None = None) -> Heading:
    """The heading as recognised, or the row with most known headers; the fullest row where hardly any is known."""
    try:
        return find_heading(raw, needs_cycle=cycle_around(raw, None, first_month) is None, mapping=mapping)
    except InputError:
        top = raw.frame.head(SEARCHED_ROWS)
        cells = zip(top.index, top.to_numpy(dtype=object), strict=True)
        rows = [(int(number), written_headers(row)) for number, row in cells]
        named = [(number, written) for number, written in rows if mapping and number == mapping.own.header_row]
        known = [mapping] if mapping else list(layouts().values())
        readings = [read_as(layout, row, written) for row, written in named or rows for layout in known]
        return max(readings, key=lambda heading: (_telling(heading), len(heading.written)))


def _telling(heading: Heading) -> int:
    """How many headers are known; a single one happens in any row."""
    return len(heading.positions) if len(heading.positions) > 1 else 0


def _column(raw: RawTable, heading: Heading, position: int, language: str) -> str:
    header, field = heading.written[position], heading.field_at(position)
    field = "cycle" if not field and position == cycle_column(raw, heading) else field
    found = [*evidence_of(raw, heading, position, language), first_values(raw, heading, position)]
    evidence = "; ".join(filter(None, found))
    return f"{json.dumps(header, ensure_ascii=False)} = {json.dumps(field)}  # {letters(position)}: {evidence}"


def cycle_column(raw: RawTable, heading: Heading) -> int | None:
    """The first column under no known header all of whose cells spell cycles."""
    rows = rows_below(raw, heading)
    unknown = [position for position in heading.written if not heading.field_at(position) and position in rows]
    return next((position for position in unknown if _are_cycles(rows[position].dropna())), None)


def _are_cycles(cells: "pd.Series[str]") -> bool:
    return len(cells) > 0 and all(cycles.parse(text) for text in cells.unique())


def evidence_of(raw: RawTable, heading: Heading, position: int, language: str) -> Iterator[str]:
    """Why the column seems to hold its field: its header, and the kind of its cells."""
    known = heading.field_at(position)
    yield translate(KNOWN_HEADER, language) if known else _of_header(heading, position, language)
    if kind := _kind(rows_below(raw, heading)[position].dropna(), language):
        yield kind


def first_values(raw: RawTable, heading: Heading, position: int) -> str:
    """The first different values of the column, cut short."""
    cells = rows_below(raw, heading)[position].dropna()
    return " | ".join(" ".join(text.split())[:30] for text in cells.drop_duplicates().head(EXAMPLES))


def _of_header(heading: Heading, position: int, language: str) -> str:
    aliases = heading.layout.aliases
    near = difflib.get_close_matches(folded(heading.written[position]), aliases, n=1, cutoff=NEAR)
    if not near:
        return translate(NOT_KNOWN, language)
    return translate(ALMOST, language, near=near[0], field=aliases[near[0]])


def _kind(cells: "pd.Series[str]", language: str) -> str | None:
    if cells.empty:
        return None
    if _are_cycles(cells):
        return translate(CYCLES, language)
    if not read_numbers(cells).bad.any():
        return translate(NUMBERS, language)
    topics = tuple(topic for topic, known in words().items() if isinstance(known, dict))
    topic = topic_of(cells, topics)
    if topic:
        return translate(CHOICE, language, topic=topic)
    return translate(DATES, language) if _are_dates(cells) else None


def _are_dates(cells: "pd.Series[str]") -> bool:
    try:
        return not read_dates(cells)[1].any()
    except OrderError:
        return True


def _cycle(raw: RawTable, heading: Heading, first_month: int, prefix: str, language: str) -> list[str]:
    """A place for the cycle where neither a column nor a name around the table states it."""
    if not needs_cycle(raw, heading, first_month):
        return []
    section = f"[{prefix}.constants]" if prefix else "[constants]"
    return ["", section, f'cycle = ""  # {translate(NO_CYCLE, language)}']


def needs_cycle(raw: RawTable, heading: Heading, first_month: int) -> bool:
    """Whether neither a column nor a name around the table states the cycle of its goals."""
    goals = heading.layout.table in ("objective", "key_result") or heading.layout.own.is_one_objective
    stated = heading.has((("cycle", "starts_on"),)) or not goals or cycle_column(raw, heading) is not None
    return not stated and cycle_around(raw, heading.row, first_month) is None
