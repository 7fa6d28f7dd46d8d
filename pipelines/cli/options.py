"""What several commands take: the data folder, JSON output, and which day is today."""

import os
from datetime import date, datetime
from pathlib import Path

import click

from pipelines import batches
from pipelines.cli.printing import in_words
from pipelines.nearest import nearest
from pipelines.problems import InputError, Problem, rule
from pipelines.wording import command_language, mark

BAD_DAY = mark("“{value}” is no day of the calendar. Write a day as 2026-11-08, which is year, month and day.")
BAD_TODAY = rule("today_unreadable", "set_aside", BAD_DAY)
NO_CHOICE = mark("“{value}” is none of {choices}.")
NO_CHOICE_NEAR = mark("“{value}” is none of {choices}. Did you mean {near}?")
NO_FOLDER = rule(
    "data_folder_missing",
    "set_aside",
    "there is no such data folder. Check --data and the environment's OKR_DATA, or load files: `okr ingest` makes it.",
)
UNBUILT = rule("warehouse_unbuilt", "set_aside", "what is loaded here is not computed yet. Run `okr build`.")
NO_WAREHOUSE = rule(
    "warehouse_missing",
    "set_aside",
    "there is no data here yet. Load files with `okr ingest`, or try `okr demo` first.",
)

data_option = click.option(
    "--data",
    "data_dir",
    envvar="OKR_DATA",
    default=Path("data/warehouse"),
    show_default=True,
    show_envvar=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that holds what was loaded.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def today() -> date:
    """The real day, or the one in the environment variable OKR_TODAY."""
    stated = os.environ.get("OKR_TODAY")
    try:
        return _day(stated) if stated else date.today()
    except ValueError:
        raise InputError(Problem(BAD_TODAY, "OKR_TODAY", value=stated)) from None


class OneOf(click.Choice[str]):
    """One word of several; another is answered with the one it may mean."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's
        """What is said of a word that is none of them."""
        words = [str(choice) for choice in self.choices]
        near = nearest(str(value), words)
        if not near:
            return in_words(NO_CHOICE, value=value, choices=", ".join(words))
        return in_words(NO_CHOICE_NEAR, value=value, choices=", ".join(words), near=near[0])


class Day(click.ParamType[date]):
    """A day as an option takes it."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a refusal that says how to write one."""
        try:
            return value if isinstance(value, date) else _day(value)
        except ValueError:
            self.fail(in_words(BAD_DAY, value=value), param, ctx)


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y-%m-%d").date()


def refuse_missing(data_dir: Path) -> None:
    """Raise InputError where there is no such folder, so that a slip of the pen does not make one."""
    if not data_dir.exists():
        raise InputError(Problem(NO_FOLDER, str(data_dir)))


def no_warehouse(data_dir: Path) -> InputError:
    """What is said where nothing can be read yet."""
    if not data_dir.exists():
        return InputError(Problem(NO_FOLDER, str(data_dir)))
    return InputError(Problem(UNBUILT if batches.standing(data_dir) else NO_WAREHOUSE, str(data_dir)))


def tell_no_warehouse(data_dir: Path) -> None:
    """Say it beside an empty answer."""
    click.echo(no_warehouse(data_dir).problem.told(command_language()), err=True)
