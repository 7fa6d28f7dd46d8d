"""The command `okr watch`: loads what people drop into a folder."""

import sys
import time
from contextlib import suppress
from pathlib import Path

import click

from pipelines import policy
from pipelines.cli.options import data_option, today
from pipelines.cli.printing import in_words, say
from pipelines.cli.stopping import interrupted_by_either_signal
from pipelines.cli.succession import about_earlier_loads
from pipelines.ingest import ingest
from pipelines.inputs import Inputs
from pipelines.manner import Manner
from pipelines.problems import InputError
from pipelines.report import Report
from pipelines.tidy.mapping import SheetMapping, read_mapping
from pipelines.watching import Watched
from pipelines.wording import command_language, mark

WATCHING = mark("Watching {folder} (Ctrl-C ends it).")
LOADED = mark("{file}: loaded as batch {batch}; rows kept {kept}, set aside {set_aside}, skipped {skipped}.")
NOT_LOADED = mark("{file}: not loaded.")


@click.command(epilog="Example: okr watch shared/okr --every 60 --replace")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR")
@click.option("--every", default=10.0, show_default=True, type=click.FloatRange(min=0, min_open=True),
              help="Seconds between two looks.")  # fmt: skip
@click.option("--once", is_flag=True, help="Look twice, load what is there, and end.")
@click.option("--replace", is_flag=True, help="Withdraw earlier loads of files of the same name.")
@click.option("--mapping", type=click.Path(path_type=Path), metavar="FILE", help="Read the columns as this file says.")
@data_option
def watch(folder: Path, *, every: float, once: bool, replace: bool, mapping: Path | None, data_dir: Path) -> None:
    """Load what is dropped into a folder, for as long as it runs.

    A file is loaded once it has stopped growing: when it looks the same at two looks. One that cannot be loaded is told
    of once for each content. Ctrl-C ends it. With --once the exit code is that of okr ingest.
    """
    watched, columns = Watched(folder, data_dir), read_mapping(mapping) if mapping else None
    if not once:
        say(WATCHING, folder=folder)
    with suppress(KeyboardInterrupt), interrupted_by_either_signal():
        _look(watched, columns, replace=replace)
        while True:
            time.sleep(every)
            code = _look(watched, columns, replace=replace)
            if once:
                sys.exit(code)


def _look(watched: Watched, columns: SheetMapping | None, *, replace: bool) -> int:
    """Load what is new, with the exit code of the load; what stands in the way is told, and tried again."""
    try:
        manner = Manner(policy.in_force(watched.data_dir), today(), columns)
        found = watched.look(manner)
        return _load(found, watched, manner, replace=replace) if found.files else 0
    except InputError as error:
        click.echo(error.problem.told(command_language()), err=True)
        return 2


def _load(found: Inputs, watched: Watched, manner: Manner, *, replace: bool) -> int:
    report = ingest(found, watched.data_dir, today=manner.today, replace=replace, mapping=manner.mapping)
    watched.deal_with(found.files, manner)
    for file in found.files:
        click.echo(_told(report, file.name))
    for message in about_earlier_loads(report.succession):
        click.echo(message)
    if report.unbuilt:
        click.echo(report.unbuilt.told(command_language()), err=True)
    return report.exit_code


def _told(report: Report, file: str) -> str:
    """One line: what became of the file; of one that gave nothing, why."""
    sheets = [sheet for sheet in report.sheets if sheet.file == file]
    counts = {name: sum(getattr(sheet, name) for sheet in sheets) for name in ("kept", "set_aside", "skipped")}
    if counts["kept"]:
        return in_words(LOADED, file=file, batch=report.batch, **counts)
    column = "message_zh" if command_language() == "zh_CN" else "message"
    reasons = report.problems.loc[report.problems["file"] == file, column]
    return f"{file}: {reasons.iloc[0]}" if len(reasons) else in_words(NOT_LOADED, file=file)
