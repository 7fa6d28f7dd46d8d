"""What several commands take: the data folder, JSON output, and which day is today."""

import os
from datetime import date
from pathlib import Path

import click

from pipelines.problems import InputError, Problem, rule

BAD_TODAY = rule("today_unreadable", "set_aside", "“{value}” is no day. Write the day as 2026-11-08.")
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
        return date.fromisoformat(stated) if stated else date.today()
    except ValueError:
        raise InputError(Problem(BAD_TODAY, "OKR_TODAY", value=stated)) from None


def no_warehouse(data_dir: Path) -> InputError:
    """What is said where nothing was loaded yet."""
    return InputError(Problem(NO_WAREHOUSE, str(data_dir)))
