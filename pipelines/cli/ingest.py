"""The command `okr ingest`: loads files."""

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import click

from pipelines.build import is_current
from pipelines.cli.headway import told
from pipelines.cli.options import data_option, json_option, today
from pipelines.cli.printing import in_words, print_json, print_table, say
from pipelines.cli.succession import about_earlier_loads
from pipelines.ingest import ingest as load
from pipelines.inputs import InputFile
from pipelines.parsed import SheetCount
from pipelines.report import Report
from pipelines.tidy.mapping import read_mapping
from pipelines.wording import command_language, mark

HINT = mark(
    "Problems in these files: {count}. `okr problems` lists those of all loads with their cells and what to do."
)
HINT_UNBUILT = mark(
    "Problems in these files: {count}. After `okr build`, `okr problems` lists those of all loads with their cells and "
    "what to do."
)
HEADERS = (mark("file"), mark("sheet"), mark("read as"), mark("facts"), mark("rows"), mark("kept"),
           mark("set aside"), mark("skipped"))  # fmt: skip
LOADED = mark("Loaded as batch {batch}. `okr undo` takes it back.")
SHOWN = mark("Loaded as batch {batch}; the pages show it now. `okr undo` takes it back.")
TOLD = 100


@click.command(epilog="Example: okr ingest reports/2026-Q3/ check-ins-2026.csv")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--replace", is_flag=True, help="Withdraw earlier loads of files of the same name.")
@click.option("--mapping", type=click.Path(path_type=Path), metavar="FILE",
              help="Read the columns as this file says; `okr map` writes one.")  # fmt: skip
@click.option("--hidden", is_flag=True, help="Load hidden sheets too.")
@click.option("--dry-run", is_flag=True, help="Show what would be loaded; write nothing.")
@click.option("--progress", is_flag=True, help="Tell file by file on the error stream, for a program to read.")
@click.option("--no-build", is_flag=True, help="Load without computing; `okr build` computes later.")
@json_option
@data_option
def ingest(
    *,
    paths: tuple[Path, ...],
    replace: bool,
    mapping: Path | None,
    hidden: bool,
    dry_run: bool,
    progress: bool,
    no_build: bool,
    as_json: bool,
    data_dir: Path,
) -> None:
    """Load OKR spreadsheets and check-in logs.

    Takes files, whole folders and patterns: .xlsx .xls .ods .csv .tsv .json .jsonl .parquet, each also as .gz. Exits 0
    when no row was set aside or nothing changed, 1 when some rows were set aside (or the figures could not be written),
    2 when nothing was loaded.

    A corrected file replaces the faulty one with --replace: the rows and problems of earlier loads of that name no
    longer count.
    """
    report = load(
        paths, data_dir, today=today(), replace=replace, dry_run=dry_run, build=not no_build,
        mapping=read_mapping(mapping) if mapping else None, hidden=hidden,
        watch=told if progress else _progress_bar,
    )  # fmt: skip
    if as_json:
        print_json(report.record())
        _tell_of_earlier_loads(report, err=True)
    else:
        _print(report, data_dir, dry_run=dry_run)
    if report.batch is None and not report.unchanged:
        _tell(report)
    elif len(report.problems) and not as_json:
        say(HINT if is_current(data_dir) else HINT_UNBUILT, count=len(report.problems))
    if report.unbuilt:
        click.echo(report.unbuilt.told(command_language()), err=True)
    sys.exit(report.exit_code)


def _progress_bar(files: Sequence[InputFile]) -> AbstractContextManager[Sequence[InputFile]]:
    return click.progressbar(  # type: ignore[return-value]
        files,
        label=in_words(mark("Reading")),
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        item_show_func=lambda file: file.name if file else "",
    )


def _print(report: Report, data_dir: Path, *, dry_run: bool) -> None:
    print_table(HEADERS, [_row(sheet) for sheet in report.sheets])
    if dry_run:
        _print_once(report.sheets, lambda sheet: [_columns(sheet)] if sheet.columns else [])
    _print_once(report.sheets, lambda sheet: [decision[command_language()] for decision in sheet.decisions])
    click.echo()
    _tell_of_earlier_loads(report)
    _conclude(report, data_dir, dry_run=dry_run)


def _print_once(sheets: Sequence[SheetCount], said_of: Callable[[SheetCount], list[str]]) -> None:
    """What is said of the sheets, once for all of which the same is said: the first, and how many more."""
    places: dict[str, list[str]] = {}
    for sheet in sheets:
        for said in said_of(sheet):
            places.setdefault(said, []).append(" · ".join(filter(None, (sheet.file, sheet.sheet))))
    for said, found in places.items():
        click.echo(f"{found[0]}{f' (+ {len(found) - 1})' if len(found) > 1 else ''}: {said}")


def _columns(sheet: SheetCount) -> str:
    return ", ".join(f"{at} “{header}” → {field}" for field, (at, header) in sheet.columns.items())


def _tell_of_earlier_loads(report: Report, *, err: bool = False) -> None:
    for message in about_earlier_loads(report.succession):
        click.echo(message, err=err)


def _conclude(report: Report, data_dir: Path, *, dry_run: bool) -> None:
    if not report.loaded:
        say(mark("Nothing was loaded."))
    elif dry_run:
        say(mark("Nothing was written: this was a dry run."))
    elif report.unchanged:
        say(mark("Nothing has changed since these files were last loaded."))
    else:
        say(SHOWN if is_current(data_dir) else LOADED, batch=report.batch)


def _row(sheet: SheetCount) -> list[object]:
    facts = ", ".join(f"{count} {table}" for table, count in sheet.facts.items())
    return [sheet.file, sheet.sheet, sheet.layout, facts, sheet.rows_in, sheet.kept, sheet.set_aside, sheet.skipped]


def _tell(report: Report) -> None:
    """What is wrong, on the error stream: a load that enters nothing leaves nothing for `okr problems`."""
    column = "message_zh" if command_language() == "zh_CN" else "message"
    for problem in report.problems.head(TOLD).to_dict("records"):
        place = [problem[name] for name in ("file", "sheet", "cell") if isinstance(problem[name], str)]
        click.echo(f"{' · '.join(place)}: {problem[column]}", err=True)
    if len(report.problems) > TOLD:
        click.echo(in_words(mark("… and {count} more."), count=len(report.problems) - TOLD), err=True)
