"""The command `okr undo`: withdraws a batch."""

import sys
from pathlib import Path

import click

from pipelines import batches
from pipelines import build as building
from pipelines.cli.options import data_option, refuse_missing
from pipelines.cli.printing import say
from pipelines.cli.succession import listed
from pipelines.wording import command_language, mark


@click.command(epilog="Example: okr undo 3")
@click.argument("batch", required=False, type=click.IntRange(min=1))
@data_option
def undo(batch: int | None, data_dir: Path) -> None:
    """Withdraw a batch, by default the last.

    What remains is exactly what the other batches give.
    """
    refuse_missing(data_dir)
    with batches.locked(data_dir):
        before = batches.replacements(batches.standing(data_dir))
        withdrawn = batches.undo(data_dir, batch)
        unbuilt = building.publish(data_dir)
    left = batches.standing(data_dir)
    say(mark("Batch {batch} is withdrawn; batches left: {left}."), batch=withdrawn.number, left=len(left))
    freed = set(before) - set(batches.replacements(left))
    again = sorted({name for number, name in freed if number != withdrawn.number})
    if again:
        say(mark("The earlier loads that it replaced count again: {files}."), files=listed(again))
    if unbuilt:
        click.echo(unbuilt.told(command_language()), err=True)
        sys.exit(1)
