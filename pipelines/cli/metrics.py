"""The command `okr metrics`: every figure, printed."""

import io
import sys
from datetime import date
from pathlib import Path

import click
import pandas as pd

from pipelines import build, warehouse
from pipelines import policy as policies
from pipelines.cli.headings import headings
from pipelines.cli.options import Day, OneOf, data_option, json_option, tell_no_warehouse, today
from pipelines.cli.printing import in_words, print_json, print_table, say
from pipelines.cli.unknown import tell_unknown
from pipelines.history import History
from pipelines.metrics.catalogue import METRICS
from pipelines.metrics.catalogue_challenge import GUARD, LOW_GUARD
from pipelines.metrics.compute import Question, QuestionError, check, compute, tables_needed
from pipelines.policy import CHOICES, PRESETS, Policy
from pipelines.records import csv, records
from pipelines.versions import Version
from pipelines.wording import mark

GUARDED = ("challenge", "new_goals", "low_goals", "done_without")
"""The figures that list goals or teams worth a question, and never go without the sentence that guards them."""

FORMATS = ("table", "csv", "json", "parquet")

NO_NAME = mark("Name a figure: {names}. `okr metrics --list` says what each is.")
NOTHING = mark("Nothing matches.")
UP_TO = mark("Weeks and stale key results are counted up to {day}.")
TERMINAL = mark("Parquet is not for the terminal. Send it to a file: okr metrics … --format parquet > figures.parquet")


@click.command(
    epilog="Example: okr metrics completion --by team,cycle --cycle 2026-Q3 --format json",
    help="Print a figure, such as completion or challenge.\n\nNAME is one of completion, distribution, alignment, "
    "challenge, new_goals, low_goals, done_without, rhythm, rules, pace and compare; --list says what each is.",
)
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help="Print the catalogue of figures.")
@click.option("--by", default="", metavar="KEYS", help="Group by team, cycle, quarter, year, level, ambition.")
@click.option("--cycle", "cycles", multiple=True, metavar="CYCLE", help="Only this cycle; may be repeated.")
@click.option("--team", "teams", multiple=True, metavar="TEAM", help="Only this team and all below; may be repeated.")
@click.option("--as-of", type=Day(), metavar="YYYY-MM-DD", help="As things stood on that day.")
@click.option("--at-day", type=int, metavar="N", help="For compare: both as of day N of their cycle.")
@click.option("--policy", "preset", type=OneOf(PRESETS), help="Another policy for this call.")
@click.option("--score-source", type=OneOf(CHOICES["score.source"]), help="Another score source for this call.")
@click.option("--format", "form", type=OneOf(FORMATS), default="table", show_default=True, help="Form.")
@json_option
@data_option
def metrics(
    *,
    name: str | None,
    listing: bool,
    by: str,
    cycles: tuple[str, ...],
    teams: tuple[str, ...],
    as_of: date | None,
    at_day: int | None,
    preset: str | None,
    score_source: str | None,
    form: str,
    as_json: bool,
    data_dir: Path,
) -> None:
    """Print one figure of the history, or the catalogue of all figures."""
    form = "json" if as_json else form
    if listing:
        _print(_catalogue(), form)
        return
    keys = tuple(key.strip() for key in by.split(",") if key.strip())
    question = Question(name or "", keys, cycles, teams, as_of, at_day, today())
    _refuse_wrong(question)
    table = _answer(question, data_dir, _policy(data_dir, preset, score_source))
    _print(table, form, question.name)
    if question.name == "rhythm":
        say(UP_TO, on_error_stream=form != "table", day=question.day)


def _refuse_wrong(question: Question) -> None:
    if not question.name:
        raise click.UsageError(in_words(NO_NAME, names=", ".join(METRICS)))
    try:
        check(question)
    except QuestionError as error:
        raise click.UsageError(in_words(error.message, **error.values)) from error


def _policy(data_dir: Path, preset: str | None, score_source: str | None) -> Policy:
    policy = policies.in_force(data_dir, preset)
    return policy.with_score_source(score_source) if score_source else policy  # type: ignore[arg-type]


def _answer(question: Question, data_dir: Path, policy: Policy) -> pd.DataFrame:
    version = warehouse.current(data_dir)
    if version is None:
        tell_no_warehouse(data_dir)
        return compute(question, History.of(), policy=policy)
    tell_unknown(version, cycles=question.cycles, teams=question.teams)
    weeks = None
    if _is_stored(data_dir, policy):
        weeks = warehouse.table(version, "objective_week") if question.name == "pace" else None
        if question.as_of is None:
            results = warehouse.table(version, "objective_result")
            return compute(question, _facts(version, question), policy=policy, results=results, weeks=weeks)
    return compute(question, warehouse.history(version), policy=policy, weeks=weeks)


def _is_stored(data_dir: Path, policy: Policy) -> bool:
    """Whether the warehouse holds the results under this policy, with everything known, and their weeks."""
    return policy == policies.in_force(data_dir) and build.is_current(data_dir)


def _facts(version: Version, question: Question) -> History:
    return History.of(**{name: warehouse.table(version, name) for name in tables_needed(question)})


def _catalogue() -> pd.DataFrame:
    records = [
        {
            "metric": metric.name,
            "figure": figure.name,
            "label": in_words(figure.label),
            "unit": figure.unit,
            "formula": figure.formula,
            "denominator": figure.denominator or None,
            "source": figure.source,
            "meaning": in_words(figure.meaning),
        }
        for metric in METRICS.values()
        for figure in (*metric.figures, *metric.terms)
    ]
    return pd.DataFrame(records)


def _print(table: pd.DataFrame, form: str, metric: str = "") -> None:
    guard = _guard(metric)
    if form == "json":
        print_json(records(_without_noise(table)))
        if guard:
            click.echo(guard, err=True)
    elif form == "table":
        _print_table(_flat(table), metric, guard)
    elif form == "csv":
        click.echo(csv(_noted(_flat(table), guard)), nl=False)
    elif sys.stdout.isatty():
        raise click.UsageError(in_words(TERMINAL))
    else:
        out = io.BytesIO()
        _noted(table, guard).to_parquet(out, index=False)
        click.echo(out.getvalue(), nl=False)


def _guard(metric: str) -> str:
    """The sentence that goes with the figure, empty for those that need none."""
    guard = in_words(GUARD) if metric in GUARDED else ""
    return in_words(LOW_GUARD, guard=guard) if metric == "low_goals" else guard


def _print_table(table: pd.DataFrame, metric: str, guard: str) -> None:
    if "source" in table:
        table = table.assign(source=[in_words(source) for source in table["source"]])
    if len(table):
        print_table(headings(metric, list(table.columns)), [list(record.values()) for record in records(table)])
    else:
        say(NOTHING)
    if guard:
        click.echo(guard)


def _noted(table: pd.DataFrame, guard: str) -> pd.DataFrame:
    """The table with the sentence that guards it in every row."""
    return table.assign(note=guard) if guard else table


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    """The table with lists as text, which is all that a cell holds."""
    lists = [name for name in table if name == "evidence"]
    return _without_noise(table.assign(**{name: table[name].str.join(";") for name in lists}))


def _without_noise(table: pd.DataFrame) -> pd.DataFrame:
    """Numbers to twelve digits, without what sums leave in the last bits."""
    numbers = table.select_dtypes("float64").columns.astype(str)
    return table.assign(**{name: [float(f"{value:.12g}") for value in table[name]] for name in numbers})
