"""Alignment, worked by hand."""

from typing import Any

import pandas as pd
import pytest

from pipelines.history import History
from pipelines.metrics.alignment import alignment, anchored_within, links, penetration
from pipelines.metrics.compute import Question, compute
from pipelines.metrics.results import objective_results
from pipelines.policy import load
from tests.situations import history, in_circles, key_result, link, objective, waiting

GUIDE = load()
TOP = objective("top", cycle="2025", team_id="Company", level="company")


def results(known: History) -> pd.DataFrame:
    return objective_results(known, policy=GUIDE)


def kind(child: dict[str, Any], parent: dict[str, Any]) -> str:
    known = history([{**objective("c"), **child}, {**objective("p"), **parent}], [], [], [link("c", "p")])
    found = links(results(known), known)
    return found["kind"].iloc[0] if len(found) else "absent"


@pytest.mark.parametrize(
    ("child", "parent", "expected"),
    [
        ({"team_id": "East"}, {"team_id": "Sales"}, "vertical"),
        ({"team_id": "East"}, {"team_id": "Company"}, "vertical"),
        ({"team_id": "East"}, {"team_id": "Sales", "cycle": "2025"}, "vertical"),
        ({"team_id": "East", "cycle": "2025-02"}, {"team_id": "Sales"}, "vertical"),
        ({"team_id": "East", "cycle": "2025"}, {"team_id": "Sales", "cycle": "2025-Q1"}, "none"),
        ({"team_id": "East"}, {"team_id": "Sales", "cycle": "2025-Q2"}, "none"),
        ({"team_id": "Sales"}, {"team_id": "East"}, "none"),
        ({"level": "individual"}, {"level": "team"}, "vertical"),
        ({"level": "team"}, {"level": "individual"}, "none"),
        ({"level": "team"}, {"level": "team"}, "none"),
        ({"level": None}, {"level": "company"}, "none"),
        ({"level": "individual"}, {"level": None}, "none"),
        ({}, {"cycle": "2025"}, "vertical"),
        ({"level": "team"}, {"level": "individual", "cycle": "2025"}, "vertical"),
        ({"team_id": "East"}, {"team_id": "West"}, "lateral"),
        ({"team_id": "East"}, {"team_id": "Finance", "cycle": "2024-Q1"}, "lateral"),
        ({"team_id": None}, {"team_id": "Sales"}, "absent"),
        ({"team_id": "East"}, {"team_id": None}, "absent"),
        ({"team_id": "East"}, {"team_id": "Sales", "status": "draft"}, "absent"),
        ({"team_id": "East", "status": "cancelled"}, {"team_id": "Sales"}, "absent"),
    ],
)
def test_what_a_link_is(child: dict[str, Any], parent: dict[str, Any], expected: str) -> None:
    assert kind(child, parent) == expected


def chain() -> History:
    goals = [
        TOP,
        objective("dept", team_id="Sales", level="department"),
        objective("east", team_id="East", origin="bottom_up"),
        objective("west", team_id="West", origin="top_down"),
        objective("person", team_id="West", level="individual"),
        objective("money", team_id="Finance", level="department", origin="bottom_up"),
    ]
    key_results = [key_result("kt", "top"), key_result("kt2", "top"), key_result("kx", "dept", status="cancelled")]
    stated = [
        link("dept", "kt", key_result=True), link("east", "dept"), link("person", "west"), link("money", "west"),
        link("west", "kx", key_result=True), link("west", "west"), link("west", "unheard of"),
    ]  # fmt: skip
    return history(goals, key_results, [], stated)


def test_coverage_worked_by_hand() -> None:
    known = chain()
    row = alignment(results(known), known).iloc[0]
    assert row[["objectives", "should_align", "aligned", "anchored", "lateral"]].tolist() == [6, 5, 3, 2, 2]
    assert row[["vertical_coverage", "anchored_coverage"]].tolist() == pytest.approx([0.6, 0.4])
    assert row["horizontal_coverage"] == pytest.approx(1 / 3)
    assert row[["bottom_up", "origin_known", "bottom_up_share"]].tolist() == pytest.approx([2, 3, 2 / 3])


def test_links_lead_out_of_what_is_selected() -> None:
    row = compute(Question("alignment", cycles=("2025-Q1",), teams=("East",)), chain(), policy=GUIDE).iloc[0]
    assert row[["objectives", "aligned", "anchored"]].tolist() == [1, 1, 1]


def test_nothing_to_align_is_missing() -> None:
    known = history([TOP])
    row = alignment(results(known), known).iloc[0]
    assert row["should_align"] == 0
    assert row[["vertical_coverage", "anchored_coverage", "bottom_up_share"]].isna().all()


def test_penetration_by_level() -> None:
    known = chain()
    rows = penetration(results(known), known).set_index("level")
    assert rows["objectives_reached"].to_dict() == {"department": 1, "team": 1, "individual": 0}
    assert rows.loc["team", ["key_results", "key_results_reached", "key_result_penetration"]].tolist() == [2, 1, 0.5]


def test_a_branch_may_be_aligned_inside_and_not_to_the_company() -> None:
    goals = [
        TOP,
        objective("lead", team_id="Sales", level="department"),
        objective("east", team_id="East"),
        objective("west", team_id="West"),
    ]
    known = history(goals, [], [], [link("east", "lead")])
    (row,) = anchored_within(results(known), known, team_id="Sales").to_dict("records")
    assert (row["should_align"], row["anchored_within"], row["anchored"]) == (2, 1, 0)
    assert (row["anchored_within_share"], row["anchored_share"]) == (0.5, 0)


def test_circles_end() -> None:
    known = in_circles()
    row = alignment(results(known), known).iloc[0]
    assert row[["objectives", "anchored"]].tolist() == [3, 0]
    assert compute(Question("completion", by=("team",)), known, policy=GUIDE)["objectives"].tolist() == [3, 3]


def test_key_results_that_wait_stand_for_nothing() -> None:
    known = waiting()
    assert alignment(results(known), known)["aligned"].tolist() == [0]
