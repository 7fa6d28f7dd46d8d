"""The command `okr metrics`: every figure, printed."""

import sys
from datetime import date, datetime
from pathlib import Path

import click
import pandas as pd

from pipelines import build, warehouse
from pipelines.cli import formats
from pipelines.history import History
from pipelines.metrics.catalogue import METRICS
from pipelines.metrics.catalogue_challenge import GUARD
from pipelines.metrics.compute import Question, QuestionError, check, compute, tables_needed
from pipelines.policy import CHOICES, PRESETS, Policy
from pipelines.problems import InputError
from pipelines.warehouse import Version
from pipelines.wording import command_language, mark, translate

NO_NAME = mark("Name a figure: {names}. `okr metrics --list` says what each is.")
NO_WAREHOUSE = mark("There is no warehouse in {folder} yet. Run `okr ingest` with your files first.")
NOTHING = mark("Nothing matches.")
TERMINAL = mark("Parquet is not for the terminal. Send it to a file: okr metrics … --format parquet > figures.parquet")


@click.command(
    epilog="Example: okr metrics completion --by team,cycle --cycle 2026-Q3 --format json",
    help="Print a figure: completion, distribution, alignment, challenge or compare.",
)
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help="Print the catalogue of figures.")
@click.option("--by", default="", metavar="KEYS", help="Group by team, cycle, quarter, year, level, ambition.")
@click.option("--cycle", "cycles", multiple=True, metavar="CYCLE", help="Only this cycle; may be repeated.")
@click.option("--team", "teams", multiple=True, metavar="TEAM", help="Only this team and all below; may be repeated.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="As things stood on that day.")
@click.option("--at-day", type=int, metavar="N", help="For compare: both as of day N of their cycle.")
@click.option("--policy", "preset", type=click.Choice(PRESETS), help="Another policy for this call.")
@click.option("--score-source", type=click.Choice(CHOICES["score.source"]), help="Another score source for this call.")
@click.option("--format", "form", type=click.Choice(formats.FORMATS), default="table", show_default=True, help="Form.")
@click.option("--data", default="data/warehouse", envvar="OKR_DATA", show_default=True,
              type=click.Path(file_okay=False, path_type=Path), help="The folder of the warehouse.")  # fmt: skip
def metrics(
    *,
    name: str | None,
    listing: bool,
    by: str,
    cycles: tuple[str, ...],
    teams: tuple[str, ...],
    as_of: datetime | None,
    at_day: int | None,
    preset: str | None,
    score_source: str | None,
    form: str,
    data: Path,
) -> None:
    """Print one figure of the history, or the catalogue of all figures."""
    if listing:
        _print(_catalogue(), form)
        return
    keys = tuple(key.strip() for key in by.split(",") if key.strip())
    question = Question(name or "", keys, cycles, teams, as_of.date() if as_of else None, at_day)
    _refuse_wrong(question)
    try:
        policy = _policy(data, preset, score_source)
        table = _answer(question, data, policy)
    except InputError as error:
        raise click.UsageError(error.problem.told(command_language())) from error
    _print(table, form, guard=question.name == "challenge")


def _refuse_wrong(question: Question) -> None:
    if not question.name:
        raise click.UsageError(translate(NO_NAME, command_language(), names=", ".join(METRICS)))
    try:
        check(question)
    except QuestionError as error:
        raise click.UsageError(translate(error.message, command_language(), **error.values)) from error


def _policy(data: Path, preset: str | None, score_source: str | None) -> Policy:
    policy = build.policy_in_force(data, preset)
    return policy.with_score_source(score_source) if score_source else policy  # type: ignore[arg-type]


def _answer(question: Question, data: Path, policy: Policy) -> pd.DataFrame:
    version = warehouse.current(data)
    if version is None:
        click.echo(translate(NO_WAREHOUSE, command_language(), folder=data), err=True)
        return compute(question, History.of(), policy=policy)
    if _is_stored(question.as_of, data, policy):
        results = warehouse.table(version, "objective_result")
        return compute(question, _facts(version, question), policy=policy, results=results)
    return compute(question, warehouse.history(version), policy=policy)


def _is_stored(as_of: date | None, data: Path, policy: Policy) -> bool:
    """Whether the warehouse holds the results under this policy with everything known."""
    return as_of is None and policy == build.policy_in_force(data) and build.is_current(data)


def _facts(version: Version, question: Question) -> History:
    return History.of(**{name: warehouse.table(version, name) for name in tables_needed(question)})


def _catalogue() -> pd.DataFrame:
    language = command_language()
    records = [
        {
            "metric": metric.name,
            "figure": figure.name,
            "label": translate(figure.label, language),
            "unit": figure.unit,
            "formula": figure.formula,
            "denominator": figure.denominator or None,
            "source": figure.source,
            "meaning": translate(figure.meaning, language),
        }
        for metric in METRICS.values()
        for figure in metric.figures
    ]
    return pd.DataFrame(records)


def _print(table: pd.DataFrame, form: str, *, guard: bool = False) -> None:
    sentence = translate(GUARD, command_language())
    if form == "json":
        click.echo(formats.as_json(formats.as_records(table)))
    elif form == "table":
        click.echo(formats.as_table(table) if len(table) else translate(NOTHING, command_language()))
        if guard:
            click.echo(f"\n{sentence}")
    else:
        _export(table.assign(note=sentence) if guard else table, form)


def _export(table: pd.DataFrame, form: str) -> None:
    if form == "csv":
        click.echo(formats.as_csv(table), nl=False)
        return
    if sys.stdout.isatty():
        raise click.UsageError(translate(TERMINAL, command_language()))
    click.echo(formats.as_parquet(table), nl=False)
