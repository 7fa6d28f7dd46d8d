"""The command `okr batches`: what is loaded."""

from pathlib import Path
from typing import Any

import click

from pipelines.batches import Batch, replacements, standing
from pipelines.cli.options import data_option, json_option, tell_no_warehouse
from pipelines.cli.printing import print_json, print_table, say
from pipelines.wording import mark

Replaced = dict[tuple[int, str], int]

HEADERS = (mark("batch"), mark("loaded at"), mark("file"), mark("rows"), mark("kept"), mark("set aside"),
           mark("replaced by batch"))  # fmt: skip


@click.command(epilog="Example: okr batches --json")
@json_option
@data_option
def batches(as_json: bool, data_dir: Path) -> None:
    """List what is loaded, batch by batch, and what is replaced."""
    if not data_dir.exists():
        tell_no_warehouse(data_dir)
    found = standing(data_dir)
    replaced = replacements(found)
    if as_json:
        print_json([_record(batch, replaced) for batch in found])
    elif found:
        print_table(HEADERS, [row for batch in found for row in _rows(batch, replaced)])
    else:
        say(mark("Nothing is loaded."))


def _record(batch: Batch, replaced: Replaced) -> dict[str, Any]:
    files = [
        {**sheet.record(), "replaced_by": replaced.get((batch.number, load.name))}
        for load in batch.files
        for sheet in load.sheets
    ]
    return {"batch": batch.number, "loaded_at": batch.loaded_at, "replace": batch.replace, "files": files}


def _rows(batch: Batch, replaced: Replaced) -> list[list[object]]:
    return [
        [batch.number, batch.loaded_at, load.name]
        + [sum(getattr(sheet, count) for sheet in load.sheets) for count in ("rows_in", "kept", "set_aside")]
        + [replaced.get((batch.number, load.name))]
        for load in batch.files
    ]
