"""What loading a file would give, before anything is loaded: its sheets, what each column is read as, what is wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from pipelines import batches
from pipelines.batches import Batch
from pipelines.inputs import InputFile
from pipelines.manner import Manner
from pipelines.parsed import SheetCount
from pipelines.reading import open_file, reading_of
from pipelines.records import records
from pipelines.sources.raw import RawTable, letters
from pipelines.succession import succession
from pipelines.tidy.headings import Heading
from pipelines.tidy.layouts import layouts, tool_layouts
from pipelines.tidy.proposal import evidence_of, first_values, likely_heading, needs_cycle
from pipelines.tidy.shapes.mixed import with_kinds
from pipelines.tidy.shapes.rows import rows_below

LOOKED_AT = 2_000
"""Rows from which is told what a column holds; all are read to count what would be kept."""
SHOWN = 5
TOLD = 1_000


def preview(file: InputFile, data_dir: Path, manner: Manner, *, language: str) -> dict[str, Any]:
    """One file as it would be loaded, in plain values: sheets, problems, and what it means for earlier loads."""
    opened = open_file(file, manner, None)
    reading = reading_of(opened, manner, None)
    standing, problems = batches.standing(data_dir), reading.content.problems
    return {
        "file": file.name,
        "failed": reading.content.failed,
        "unchanged": not reading.content.failed and batches.holds(standing, [reading.load], replace=False),
        "earlier": succession(standing, [reading.load], replace=False).beside.get(file.name, []),
        "elsewhere": _elsewhere(standing, file.name),
        "sheets": [
            _sheet(table, count, manner, language)
            for table, count in zip(opened.tables, reading.content.sheets, strict=bool(opened.tables))
        ],
        "problems": records(problems.head(TOLD)),
        "problem_count": len(problems),
    }


def _elsewhere(standing: Sequence[Batch], name: str) -> list[str]:
    """Files of the same name in other folders that count: perhaps the same file, loaded from where it is kept."""
    counting = {load.name for _, load in batches.effective(standing) if not load.failed}
    return sorted(other for other in counting - {name} if PurePath(other).name == PurePath(name).name)


def _sheet(table: RawTable, count: SheetCount, manner: Manner, language: str) -> dict[str, Any]:
    decisions = [decision[language] for decision in count.decisions]
    told = {**count.record(), "hidden": table.hidden, "decisions": decisions}
    top = replace(table, frame=table.frame.head(LOOKED_AT))
    return told | (_read_as(top, manner, language) if len(top.frame) else {"columns": []})


def _read_as(raw: RawTable, manner: Manner, language: str) -> dict[str, Any]:
    first_month = manner.policy.cycle.first_month
    mapping = manner.mapping.of(raw.sheet) if manner.mapping else None
    heading = likely_heading(raw, first_month, mapping)
    rows = rows_below(raw, heading)
    heading = with_kinds(heading, rows)
    layout = heading.layout
    return {
        "like": layout.name if layout.name in {*layouts(), *tool_layouts()} else layout.base,
        "header_row": heading.row,
        "needs_cycle": needs_cycle(raw, heading, first_month),
        "fields": {name: list(written) for name, written in layout.written.items()},
        "columns": list(_columns(raw, heading, language)),
        "first_rows": rows.head(SHOWN)[list(heading.written)].fillna("").to_numpy().tolist(),
    }


def _columns(raw: RawTable, heading: Heading, language: str) -> Iterator[dict[str, str]]:
    for position, header in heading.written.items():
        yield {
            "letters": letters(position),
            "header": header,
            "field": heading.field_at(position),
            "values": first_values(raw, heading, position),
            "evidence": "; ".join(evidence_of(raw, heading, position, language)),
        }
