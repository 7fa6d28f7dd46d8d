"""Fill rate by the roster, worked by hand and a second time in plain SQL; people are numbers, never names."""

import dataclasses
from datetime import date
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.cycles import parse
from pipelines.history import History
from pipelines.metrics.fill_rate import fill_rate, fill_rate_of, owners_unknown
from pipelines.metrics.results import objective_results
from pipelines.policy import load
from tests.plainly import Plain, spelled
from tests.situations import history, objective, rows
from tests.strategies import days, histories

GUIDE = load()
QUARTER = parse("2025-Q1")
assert QUARTER
LAST = QUARTER.ends_on
COUNTS = ("people", "people_with_goals", "people_without", "teams", "teams_with_goals", "teams_without")


def with_roster(known: History, *people: tuple[str, str | None, str | None, str | None]) -> History:
    """The history with these people: name, team, in scope from and to."""
    names = ("person", "team_id", "in_scope_from", "in_scope_to")
    frame = pd.DataFrame([dict(zip(names, row, strict=True)) for row in people], columns=names)
    spans = {name: pd.to_datetime(frame[name]) for name in names[2:]}
    listed = History.of(person=rows(frame.assign(**spans).to_dict("records")) if people else frame)
    return dataclasses.replace(known, person=listed.person)


def rates(known: History, day: date = LAST) -> pd.DataFrame:
    results = objective_results(known, policy=GUIDE)
    return fill_rate(results, known, quarter=QUARTER, day=day).set_index("team")


GOALS = [
    objective("o1", owner="Ann Lee", team_id="East", level="individual"),
    objective("o2", owner="  bo ", team_id="West", cycle="2025-02"),
    objective("o3", owner="Cy", team_id="East", status="draft"),
    objective("o4", owner="Di", team_id="East", cycle="2025-Q2"),
    objective("o5", owner="Eve", team_id="West", cycle="2025"),
    objective("o6", owner="A stranger", team_id="Sales"),
]
PEOPLE = (
    ("ANN  LEE", "East", None, None),
    ("Bo", "Sales", "2025-03-31", None),
    ("Cy", "East", None, "2025-01-01"),
    ("Di", "West", "2024-01-01", None),
    ("Eve", "Finance", None, None),
    ("gone", "East", None, "2024-12-31"),
    ("to come", "East", "2025-04-01", None),
)


def test_people_and_teams_in_scope_with_a_goal() -> None:
    table = rates(with_roster(history(GOALS), *PEOPLE))
    # In scope: Ann and Cy in East, Bo in Sales, Di in West, Eve in Finance; of them Ann and Bo own a goal that counts.
    assert table[list(COUNTS)].to_dict("index") == {
        "Company": dict(zip(COUNTS, (5, 2, 3, 4, 2, 2), strict=True)),
        "East": dict(zip(COUNTS, (2, 1, 1, 1, 0, 1), strict=True)),
        "Finance": dict(zip(COUNTS, (1, 0, 1, 1, 0, 1), strict=True)),
        "Sales": dict(zip(COUNTS, (4, 2, 2, 3, 2, 1), strict=True)),
        "West": dict(zip(COUNTS, (1, 0, 1, 1, 1, 0), strict=True)),
    }
    assert table["fill_rate"].to_dict() == pytest.approx(
        {"Company": 0.4, "East": 0.5, "Finance": 0, "Sales": 0.5, "West": 0}
    )
    assert table.loc["Sales", "team_fill_rate"] == pytest.approx(2 / 3)


def test_teams_together_hold_each_person_once() -> None:
    known = with_roster(history(GOALS), *PEOPLE, ("Flo", None, None, None))
    results, asked = objective_results(known, policy=GUIDE), {"quarter": QUARTER, "day": LAST}
    whole = fill_rate_of(results, known, **asked)
    assert whole[list(COUNTS)].to_numpy().tolist() == [[6, 2, 4, 4, 2, 2]]
    two = fill_rate_of(results, known, **asked, teams=["East", "Sales"])
    assert two[[*COUNTS, "fill_rate"]].to_numpy().tolist() == [[3, 2, 1, 2, 1, 1, pytest.approx(2 / 3)]]
    assert fill_rate_of(results, history(GOALS), **asked).empty


def test_as_of_a_day_who_joins_later_is_not_yet_in_scope() -> None:
    known = with_roster(history(GOALS), *PEOPLE)
    assert rates(known, date(2025, 3, 30)).loc["Company", "people"] == 4
    assert rates(known, date(2024, 12, 31)).empty


def test_without_a_roster_it_is_unknown_and_never_zero() -> None:
    known = history(GOALS)
    assert rates(known).empty
    assert owners_unknown(objective_results(known, policy=GUIDE), known, quarter=QUARTER) == 0
    # A roster of one branch says nothing of the others, and of those above only what it knows.
    table = rates(with_roster(known, ("Ann Lee", "East", None, None)))
    assert table["people"].to_dict() == {"Company": 1, "East": 1, "Sales": 1}


def test_names_that_the_roster_does_not_hold_are_counted() -> None:
    known = with_roster(history(GOALS), *PEOPLE)
    assert owners_unknown(objective_results(known, policy=GUIDE), known, quarter=QUARTER) == 1


def test_nobody_is_named() -> None:
    table = rates(with_roster(history(GOALS), *PEOPLE)).reset_index()
    text = table.to_csv()
    assert not [name for name, *_ in PEOPLE if name in text]


# Everything by hand in SQL: the tree, who is in scope, and whose name owns a goal.
QUERY = """
WITH RECURSIVE line AS (
    SELECT team_id, team_id AS above_id FROM team
    UNION SELECT l.team_id, t.parent_team_id FROM line l JOIN team t ON t.team_id = l.above_id
    WHERE t.parent_team_id IS NOT NULL
), goals AS (
    SELECT o.*, regexp_replace(trim(lower(nfc_normalize(owner))), '\\s+', ' ', 'g') AS known_as FROM objective o
    JOIN cycle c USING (cycle) WHERE coalesce(status, '') NOT IN ('draft', 'cancelled')
    AND c.starts_on >= DATE '2025-01-01' AND c.ends_on <= DATE '2025-03-31'
), scope AS (
    SELECT p.team_id, regexp_replace(trim(lower(nfc_normalize(person))), '\\s+', ' ', 'g') AS known_as FROM person p
    WHERE coalesce(in_scope_from, DATE '1900-01-01') <= least(DATE '2025-03-31', $day)
    AND coalesce(in_scope_to, DATE '2100-01-01') >= DATE '2025-01-01' AND $day >= DATE '2025-01-01'
), sums AS (
    SELECT team_id, count(*) AS people, count(*) FILTER (known_as IN (SELECT known_as FROM goals)) AS people_with_goals,
        1 AS teams, CAST(team_id IN (SELECT team_id FROM goals WHERE coalesce(level, '') <> 'individual'
                                     AND team_id IS NOT NULL) AS INT) AS teams_with_goals
    FROM scope GROUP BY team_id
)
SELECT t.path AS team, sum(people) AS people, sum(people_with_goals) AS people_with_goals, sum(teams) AS teams,
    sum(teams_with_goals) AS teams_with_goals
FROM sums s JOIN line l USING (team_id) JOIN team t ON t.team_id = l.above_id GROUP BY t.path ORDER BY team
"""


@given(histories(), days, st.lists(st.tuples(days, days), min_size=4, max_size=4))
def test_sql_agrees_and_the_future_of_the_roster_is_unknown(known: History, day: date, spans: list[Any]) -> None:
    teams = list(known.team["team_id"])
    people = [
        (name, teams[place % len(teams)], str(first) if place % 2 else None, str(last) if place % 3 else None)
        for place, (name, (first, last)) in enumerate(zip(("Ann", "BO", "Cy", "Di"), spans, strict=True))
    ]
    listed = with_roster(known, *people)
    table = rates(listed, day).reset_index()
    with duckdb.connect() as connection:
        for name, frame in listed.frames().items():
            connection.register(name, frame)
        expected = connection.execute(QUERY, {"day": day}).df()
    assert table[expected.columns].to_numpy().tolist() == expected.to_numpy().tolist()
    for row in table.to_dict("records"):
        people, having, teams = (row[name] for name in ("people", "people_with_goals", "teams"))
        assert (row["people_without"], row["teams_without"]) == (people - having, teams - row["teams_with_goals"])
        assert (row["fill_rate"], row["team_fill_rate"]) == (having / people, row["teams_with_goals"] / teams)
    unknown = {spelled(goal["owner"]) for goal in Plain(listed).goals.values()
               if goal["owner"] and goal["cycle"] in ("2025-Q1", "2025-02")} - {"ann", "bo", "cy", "di"}  # fmt: skip
    assert owners_unknown(objective_results(listed, policy=GUIDE), listed, quarter=QUARTER) == len(unknown)
    two = dataclasses.replace(listed, person=listed.person[listed.person["person"].isin(["Cy", "Di"])])
    owners = {spelled(goal["owner"]) for goal in Plain(two).goals.values()
              if goal["owner"] and goal["cycle"] in ("2025-Q1", "2025-02")}  # fmt: skip
    assert owners_unknown(objective_results(two, policy=GUIDE), two, quarter=QUARTER) == len(owners)
    begun = listed.person[~(listed.person["in_scope_from"] > pd.Timestamp(day))]
    pd.testing.assert_frame_equal(table, rates(dataclasses.replace(listed, person=begun), day).reset_index())
