"""The command `okr map`: proposes which column of a file holds what."""

from pathlib import Path

import click

from pipelines import policy, sources
from pipelines.cli.options import data_option
from pipelines.cli.printing import say
from pipelines.tidy.proposal import proposed
from pipelines.wording import command_language, mark

WROTE = mark("Wrote {path}. Edit it, then: okr ingest {file} --mapping {path} --dry-run")


@click.command(epilog="Example: okr map goals.xlsx --out goals.toml")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file instead.")
@data_option
def map(file: Path, out: Path | None, data_dir: Path) -> None:  # noqa: A001 - it is the command's name
    """Propose which column of a file holds what.

    Prints a mapping file to edit and to give to `okr ingest --mapping`, with the evidence for each column.
    """
    first_month = policy.in_force(data_dir).cycle.first_month
    text = proposed(sources.read(file, file.name), first_month=first_month, language=command_language())
    if out is None:
        click.echo(text)
        return
    out.write_text(text, encoding="utf-8")
    say(WROTE, path=out, file=file)
