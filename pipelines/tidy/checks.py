"""What is doubtful although each cell is readable."""

from datetime import date

import pandas as pd

from pipelines.problems import Problem, Rule
from pipelines.tidy import rules
from pipelines.tidy.body import Body


def tell_doubtful_facts(body: Body, facts: dict[str, pd.DataFrame], today: date) -> None:
    """Report key results that start at their target, and check-ins dated after today."""
    if "key_result" in facts:
        _tell_no_distance(body, facts["key_result"])
    if "check_in" in facts:
        _tell_future(body, facts["check_in"], today)


def _tell_no_distance(body: Body, key_results: pd.DataFrame) -> None:
    same = key_results[key_results["start"].notna() & (key_results["start"] == key_results["target"])]
    for row, value in zip(same["row"], same["start"], strict=True):
        body.problems.append(_doubt(body, rules.NO_DISTANCE, int(row), "target", f"{value:g}"))


def _tell_future(body: Body, check_ins: pd.DataFrame, today: date) -> None:
    later = check_ins[check_ins["checked_on"] > pd.Timestamp(today)]
    for row, day in zip(later["row"], later["checked_on"], strict=True):
        body.problems.append(_doubt(body, rules.FUTURE, int(row), "checked_on", day.date().isoformat()))


def _doubt(body: Body, rule: Rule, row: int, name: str, value: str) -> Problem:
    field = next((each for each in (name, f"key_result.{name}") if each in body.heading.positions), None)
    column = body.header(field) if field else None
    # A row that gives several key results has no one cell to point at.
    cell = body.cell(row, field) if field and body.raw.origin is None else None
    return Problem(rule, body.raw.file, body.raw.sheet, row, cell, column, value)
