"""The command `okr problems`: everything set aside, waiting or doubtful."""

from pathlib import Path

import click
import pandas as pd

from pipelines import warehouse
from pipelines.cli.options import OneOf, data_option, json_option, tell_no_warehouse
from pipelines.cli.printing import in_words, print_json, print_table, say
from pipelines.corrections import CORRECTED
from pipelines.records import csv, records
from pipelines.schema import PROBLEM, empty
from pipelines.wording import command_language, mark

KINDS = {"set_aside": mark("set aside"), "waiting": mark("waiting"), "doubtful": mark("doubtful")}
HEADERS = (mark("kind"), mark("file"), mark("sheet"), mark("row"), mark("cell"), mark("found"), mark("what to do"))


@click.command(epilog="Example: okr problems --format csv > problems.csv")
@json_option
@click.option(
    "--format", "format_", type=OneOf(["table", "csv", "json"]), default="table", show_default=True,
    help="How to print.",
)  # fmt: skip
@data_option
def problems(as_json: bool, format_: str, data_dir: Path) -> None:
    """List what is set aside, waiting for its parent or doubtful.

    Each with the cell where it stands, and what to do. Printed as CSV the list can be corrected: write right values
    into its last column, and load it with okr ingest; the files it names then count with these values.
    """
    version = warehouse.current(data_dir)
    found = warehouse.table(version, "problem") if version else empty(PROBLEM.columns)
    if version is None:
        tell_no_warehouse(data_dir)
    if as_json or format_ == "json":
        print_json(records(found))
    elif format_ == "csv":
        click.echo(csv(found.assign(**{CORRECTED: None})), nl=False)
    elif len(found):
        _print(found)
    elif version:
        say(mark("Nothing is set aside, waiting or doubtful."))


def _print(found: pd.DataFrame) -> None:
    message = "message_zh" if command_language() == "zh_CN" else "message"
    # What is out of the figures first: the list of what is merely doubtful may be long.
    found = found.sort_values("kind", key=lambda kind: kind.map(list(KINDS).index), kind="stable")
    rows = [
        [in_words(KINDS[row["kind"]]), *(row[name] for name in ("file", "sheet", "row", "cell", "value", message))]
        for row in records(found)
    ]
    print_table(HEADERS, rows)
    say(mark("Problems in all that is loaded: {count}."), count=len(found))
