"""The command `okr show`: one objective, and where each of its numbers comes from."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from pipelines import warehouse
from pipelines.cli.options import Day, data_option, json_option, no_warehouse
from pipelines.cli.printing import in_words, print_json, print_table
from pipelines.dossier import dossier
from pipelines.wording import mark

HEADERS = (mark("key result"), mark("title"), mark("raw"), mark("computed"), mark("final"), mark("score"),
           mark("inflation"), mark("weight"), mark("from"))  # fmt: skip
NUMBERS = ("raw", "computed", "final", "score", "inflation", "weight")
HISTORY = (mark("day"), mark("value"), mark("progress"), mark("confidence"), mark("note"), mark("from"))
LINKS = (mark("id"), mark("title"), mark("from"))


@click.command(epilog="Example: okr show O-2026-17")
@click.argument("objective_id", metavar="OBJECTIVE_ID")
@click.option("--as-of", type=Day(), metavar="YYYY-MM-DD", help="As things stood on that day.")
@json_option
@data_option
def show(objective_id: str, as_of: date | None, as_json: bool, data_dir: Path) -> None:
    """Show one objective and where its numbers come from.

    Its score, key results, check-ins and links, and the file, sheet and row of each. It is named by its id, or by its
    title where no other has the same.
    """
    version = warehouse.current(data_dir)
    if version is None:
        raise no_warehouse(data_dir)
    found = dossier(version, objective_id, as_of=as_of)
    if as_json:
        print_json(found)
    else:
        _print(found)


def _print(found: dict[str, Any]) -> None:
    click.secho(found["title"], bold=True)
    click.echo(" · ".join(str(found[name]) for name in ("objective_id", "cycle", "team", "owner") if found[name]))
    click.echo(f"{in_words(mark('score'))}: {_score(found['score'])}    {_place(found)}\n")
    print_table(HEADERS, [_key_result(row) for row in found["key_results"]])
    for row in found["key_results"]:
        _history(row)
    for title, links, key in (
        (mark("Serves"), found["parents"], "parent_id"),
        (mark("Served by"), found["children"], "objective_id"),
    ):
        if links:
            click.echo(f"\n{in_words(title)}")
            print_table(LINKS, [[link[key], link["title"], _place(link)] for link in links])


def _key_result(row: dict[str, Any]) -> list[object]:
    return [row["key_result_id"], row["title"], *(_rounded(row[name]) for name in NUMBERS), _place(row)]


def _history(row: dict[str, Any]) -> None:
    if row["check_ins"]:
        click.echo(f"\n{row['key_result_id']}  {row['title'] or ''}")
        names = ("checked_on", "value", "progress", "confidence", "note")
        print_table(HISTORY, [[*(entry[name] for name in names), _place(entry)] for entry in row["check_ins"]])


def _score(value: float | None) -> str:
    return "–" if value is None else f"{_rounded(value)}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _place(row: dict[str, Any]) -> str:
    return " · ".join(str(part) for part in (row["file"], row["sheet"], row["row"]) if part is not None)
