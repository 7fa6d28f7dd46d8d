"""The year view: S3's case by hand, and a second time in plain loops."""

from datetime import date
from typing import Any

import pytest

from pipelines.history import History
from pipelines.metrics.breaches import checked
from pipelines.metrics.results import objective_results
from pipelines.metrics.year import year_goals, year_parts, year_periods
from pipelines.policy import load
from tests.situations import check_in, history, key_result, link, objective

PLANNED, ACTUAL = (8.0, 15.0, 17.0, 10.0), (6.0, 16.0, 20.0, None)
ENDS = ("2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31")
RAISED = {"key_result_id": "p4", "objective_id": "q4", "changed_on": "2025-10-08", "field": "target", "old": "10",
          "new": "12", "reason": "40 planned, 42 signed", "approved_by": "the board"}  # fmt: skip
END_OF_SEPTEMBER, END_OF_OCTOBER = date(2025, 9, 30), date(2025, 10, 31)


def contracts(*changes: dict[str, Any], months: bool = False) -> History:
    goals = [objective("year", cycle="2025", team_id="Sales", level="team")]
    goals += [objective(f"q{n}", cycle=f"2025-Q{n}") for n in range(1, 5)]
    results = [key_result("whole", "year", target=50.0, unit="contracts")]
    results += [key_result(f"p{n}", f"q{n}", target=target, unit="Contracts") for n, target in enumerate(PLANNED, 1)]
    said = [check_in(f"p{n}", day, value) for n, (day, value) in enumerate(zip(ENDS, ACTUAL, strict=True), 1) if value]
    links = [link(f"q{n}", "whole", key_result=True) for n in range(1, 5)]
    if months:
        goals += [objective(f"m{n}", cycle=f"2025-0{n}") for n in (1, 2, 3)]
        results += [key_result(f"r{n}", f"m{n}", target=t, unit="contracts") for n, t in ((1, 2.0), (2, 3.0), (3, 3.0))]
        links += [link(f"m{n}", "q1") for n in (1, 2, 3)]
    return history(goals, results, said, links, changes=list(changes))


def asked(known: History, *, as_of: date | None = None, today: date | None = None) -> Any:
    results = objective_results(known, policy=load(), as_of=as_of)
    return checked(results, known, policy=load(), as_of=as_of, today=today)


def goal(known: History, **days: Any) -> dict[str, Any]:
    about = asked(known, **days)
    (row,) = year_goals(about, year_parts(about)).to_dict("records")
    return row


def test_the_s3_case_by_quarter() -> None:
    parts = year_parts(asked(contracts(), as_of=END_OF_SEPTEMBER))
    assert parts["planned"].tolist() == list(PLANNED)
    assert parts["actual"].tolist()[:3] == [6, 16, 20]
    assert parts["raw"].tolist()[:3] == pytest.approx([0.75, 16 / 15, 20 / 17])
    assert parts["score"].tolist()[:3] == [0.75, 1, 1]
    assert parts["ended"].tolist() == [True, True, True, False]


def test_the_s3_case_cumulated() -> None:
    periods = year_periods(year_parts(asked(contracts(RAISED), as_of=END_OF_OCTOBER)))
    assert periods["period"].tolist() == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
    assert periods["planned_sum"].tolist() == [8, 23, 40, 52]
    assert periods["actual_sum"].tolist()[:3] == [6, 22, 42]
    assert periods["actual_sum"].isna().tolist() == [False, False, False, True]
    assert periods["missing"].tolist() == [0, 0, 0, 1]


def test_the_s3_case_of_the_year() -> None:
    row = goal(contracts(RAISED), as_of=END_OF_SEPTEMBER)
    assert (row["planned_to_date"], row["actual_to_date"], row["plan_rate"]) == (40, 42, 1.05)
    assert (row["target"], row["done"], row["year_rate"]) == (50, 42, 0.84)
    assert (row["planned_set"], row["planned"], row["difference"], row["cut"]) == (50, 50, 0, 1)
    assert (row["needed"], row["planned_rest"], row["needed_rate"]) == (8, 10, 0.8)


def test_after_the_raise_the_parts_plan_more_than_the_whole() -> None:
    row = goal(contracts(RAISED), as_of=END_OF_OCTOBER)
    assert (row["planned_set"], row["planned"], row["difference"]) == (50, 52, 2)
    assert (row["needed"], row["planned_rest"]) == (8, 12)
    # A quarter that ended without a number is missing, and no nought.
    later = goal(contracts(RAISED), today=date(2026, 2, 1))
    assert (later["planned_to_date"], later["actual_to_date"], later["missing"]) == (40, 42, 1)
    assert (later["needed"], later["planned_rest"]) == (8, 0)
    assert later["needed_rate"] != later["needed_rate"]


def test_months_stand_under_their_quarter_and_add_nothing() -> None:
    about = asked(contracts(months=True), as_of=END_OF_SEPTEMBER)
    parts = year_parts(about)
    assert parts.loc[parts["step"] == 2, ["under", "planned"]].to_numpy().tolist() == [["p1", 2], ["p1", 3], ["p1", 3]]
    assert year_goals(about, parts)["planned"].tolist() == [50]
    assert year_periods(parts)["planned"].tolist() == list(PLANNED)
