"""The command `okr demo`: writes the sample company's spreadsheets and logs."""

import shlex
from pathlib import Path

import click

from pipelines.wording import command_language, mark, translate

OUT = Path("data/sample-company")
WROTE = mark("{path}: {rows} rows")
NEXT = mark("Now load the files and open the pages, with the company's own today:")
IN_USE = mark("The folder {folder} holds other files. Empty it, or name another one with --out.")


@click.command(
    epilog="Example: okr demo --people 120 --quarters 10 --seed 7 --out data/sample-company",
    help="Write the files of a sample company.\n\nIts spreadsheets and check-in logs: Farridge Group 远岭集团.",
)
@click.option("--people", default=120, show_default=True, type=click.IntRange(min=12), help="About how many people.")
@click.option("--quarters", default=10, show_default=True, type=click.IntRange(1, 40), help="How many quarters.")
@click.option("--seed", default=7, show_default=True, type=click.IntRange(min=0), help="Same seed, same bytes.")
@click.option("--stories/--no-stories", default=True, show_default=True, help="Stories planted, or all teams alike.")
@click.option("--out", default=OUT, show_default=True, type=click.Path(file_okay=False, path_type=Path), help="Folder.")
def demo(*, people: int, quarters: int, seed: int, stories: bool, out: Path) -> None:
    """Write the sample company's files and say what to run next."""
    from pipelines.demo.files import FolderInUseError, write_company  # noqa: PLC0415 - the numbers load slowly

    language = command_language()
    try:
        for written in write_company(out, people=people, quarters=quarters, seed=seed, stories=stories):
            click.echo(translate(WROTE, language, path=written.path, rows=written.rows))
    except FolderInUseError:
        raise click.UsageError(translate(IN_USE, language, folder=out)) from None
    click.echo(translate(NEXT, language))
    click.echo(f"  okr ingest {shlex.quote(str(out))}\n  {_today()} okr dashboard")


def _today() -> str:
    from pipelines.demo.timeline import TODAY  # noqa: PLC0415

    return f"OKR_TODAY={TODAY.isoformat()}"
