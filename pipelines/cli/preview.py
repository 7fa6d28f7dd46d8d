"""The command `okr preview`: what loading a file would give, for the page that shows it."""

from pathlib import Path

import click

from pipelines import policy
from pipelines.cli.options import data_option, today
from pipelines.cli.printing import print_json
from pipelines.inputs import expand
from pipelines.manner import Manner
from pipelines.preview import preview as previewed
from pipelines.tidy.mapping import read_mapping
from pipelines.wording import command_language


@click.command(epilog="Example: okr preview goals.xlsx")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--mapping", type=click.Path(path_type=Path), metavar="FILE", help="Read the columns as this file says.")
@click.option("--hidden", is_flag=True, help="Read hidden sheets too.")
@data_option
def preview(paths: tuple[Path, ...], mapping: Path | None, hidden: bool, data_dir: Path) -> None:
    """Print as JSON what loading files would give; write nothing.

    Each sheet with its columns, the field each seems to hold and why, its first rows, what would be set aside, and
    which earlier loads of the file count.
    """
    manner = Manner(policy.in_force(data_dir), today(), read_mapping(mapping) if mapping else None, hidden)
    files = expand(list(paths), apart_from=data_dir).files
    print_json([previewed(file, data_dir, manner, language=command_language()) for file in files])
