"""The command `okr batches`: what is loaded."""

from pathlib import Path
from typing import Any

import click

from pipelines.batches import Batch, standing
from pipelines.cli.options import data_option, json_option
from pipelines.cli.printing import print_json, print_table, say
from pipelines.wording import mark

HEADERS = (mark("batch"), mark("loaded at"), mark("file"), mark("rows"), mark("kept"), mark("set aside"))


@click.command(epilog="Example: okr batches --json")
@json_option
@data_option
def batches(as_json: bool, data_dir: Path) -> None:
    """List the batches that stand, with the files of each."""
    found = standing(data_dir)
    if as_json:
        print_json([_record(batch) for batch in found])
    elif found:
        print_table(HEADERS, [row for batch in found for row in _rows(batch)])
    else:
        say(mark("Nothing is loaded."))


def _record(batch: Batch) -> dict[str, Any]:
    files = [sheet.record() for load in batch.files for sheet in load.sheets]
    return {"batch": batch.number, "loaded_at": batch.loaded_at, "replace": batch.replace, "files": files}


def _rows(batch: Batch) -> list[list[object]]:
    return [
        [batch.number, batch.loaded_at, load.name]
        + [sum(getattr(sheet, count) for sheet in load.sheets) for count in ("rows_in", "kept", "set_aside")]
        for load in batch.files
    ]
