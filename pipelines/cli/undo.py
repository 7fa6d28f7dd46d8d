"""The command `okr undo`: withdraws a batch."""

from pathlib import Path

import click

from pipelines import batches
from pipelines.build import build
from pipelines.cli.options import data_option
from pipelines.cli.printing import say
from pipelines.wording import mark


@click.command(epilog="Example: okr undo 3")
@click.argument("batch", required=False, type=click.IntRange(min=1))
@data_option
def undo(batch: int | None, data_dir: Path) -> None:
    """Withdraw a batch, by default the last: what remains is exactly what the other batches give."""
    with batches.locked(data_dir):
        withdrawn = batches.undo(data_dir, batch)
        build(data_dir)
    left = len(batches.standing(data_dir))
    say(mark("Batch {batch} is withdrawn; batches left: {left}."), batch=withdrawn.number, left=left)
