"""Completion, own level against below, like for like and comparison, worked by hand."""

import dataclasses
from datetime import date
from typing import Any

import pandas as pd
import pytest

from pipelines.history import History
from pipelines.metrics.compare import compare
from pipelines.metrics.completion import completion, like_for_like
from pipelines.metrics.compute import Question, compute
from pipelines.metrics.results import objective_results
from pipelines.policy import load
from tests.situations import SITUATIONS, check_in, draft_and_cancelled, history, key_result, no_teams, objective

GUIDE = load()


def table(known: History, *by: str, policy: Any = GUIDE) -> pd.DataFrame:
    return completion(objective_results(known, policy=policy), known.team, by=by, policy=policy)


def test_one_record_over_everything() -> None:
    known = history([objective("a", score=0.2), objective("b", score=0.7), objective("c")])
    (row,) = table(known).to_dict("records")
    assert row == pytest.approx(
        {"objectives": 3, "scored": 2, "missing": 1, "completion_rate": 0.45, "attained": 1, "attained_rate": 0.5}
    )


def test_nothing_scored_is_missing_and_not_zero() -> None:
    (row,) = table(SITUATIONS["nothing_scored"]()).to_dict("records")
    assert (row["objectives"], row["scored"], row["attained"]) == (2, 0, 0)
    assert pd.isna(row["completion_rate"])
    assert pd.isna(row["attained_rate"])


def test_a_mean_over_objectives_and_never_over_teams() -> None:
    goals = [objective("a", score=1.0, team_id="East")] + [
        objective(f"w{n}", score=0.5, team_id="West") for n in range(3)
    ]
    rates = table(history(goals), "team").set_index("team")["completion_rate"]
    assert rates.to_dict() == {"Company": 0.625, "East": 1.0, "Sales": 0.625, "West": 0.5}


def test_own_level_stands_beside_below() -> None:
    goals = [
        objective("own", score=0.3, team_id="Sales", level="department"),
        objective("unknown level", score=0.5, team_id="Sales", level=None),
        objective("personal", score=0.9, team_id="Sales", level="individual"),
        objective("below", score=0.7, team_id="East", level="team"),
        objective("not scored", team_id="West"),
    ]
    row = table(history(goals), "team").set_index("team").loc["Sales"]
    assert (row["objectives"], row["scored"], row["own_objectives"], row["own_scored"]) == (5, 4, 2, 2)
    assert (row["below_objectives"], row["below_scored"]) == (3, 2)
    assert (row["own_completion_rate"], row["below_completion_rate"]) == pytest.approx((0.4, 0.8))


def test_attained_depends_on_ambition_and_policy() -> None:
    goals = [
        objective("kept", score=1.0, ambition="committed"),
        objective("broken", score=0.99, ambition="committed"),
        objective("good", score=0.6),
        objective("better", score=0.7, ambition=None),
        objective("short", score=0.599999),
    ]
    assert table(history(goals))["attained"].item() == 3
    assert table(history(goals), policy=load("google"))["attained"].item() == 2


def test_draft_and_cancelled_take_part_in_nothing() -> None:
    assert table(draft_and_cancelled())[["objectives", "completion_rate"]].to_dict("records") == [
        {"objectives": 1, "completion_rate": 0.7}
    ]


def test_objectives_without_a_team_are_a_row_of_their_own() -> None:
    goals = [objective("a", score=0.4, team_id=None), objective("b", score=0.8, team_id="East")]
    rows = table(history(goals), "team")
    assert rows["team"].fillna("null").tolist() == ["Company", "East", "Sales", "null"]
    assert rows["objectives"].tolist() == [1, 1, 1, 1]
    assert table(no_teams(), "team")["objectives"].tolist() == [2]


def test_keys_in_any_combination_sorted_with_missing_ones_last() -> None:
    goals = [
        objective("a", cycle="2025-Q2", level=None),
        objective("b", cycle="2025-Q1", ambition=None),
        objective("c", cycle="2025-02", level="company"),
        objective("d", cycle="2025"),
        objective("e", cycle="2025-H1", level="company"),
    ]
    rows = table(history(goals), "level", "quarter")
    assert rows[["level", "quarter", "objectives"]].fillna("null").to_numpy().tolist() == [
        ["company", "2025-Q1", 1], ["team", "2025-Q1", 1], ["null", "2025-Q2", 1],
    ]  # fmt: skip
    assert table(history(goals), "year")["objectives"].tolist() == [5]
    assert table(history(goals), "ambition")["ambition"].tolist() == ["aspirational", "unknown"]


def test_an_unknown_key_is_named() -> None:
    with pytest.raises(ValueError, match="owner"):
        table(history([objective("a")]), "owner")


def two_quarters() -> History:
    """Sales scores in both; West joins in the second and is weak; East drops out."""
    return history(
        [
            objective("s1", score=0.6, team_id="Sales"),
            objective("e1", score=1.0, team_id="East"),
            objective("w1", team_id="West"),
            objective("n1", score=0.0, team_id=None),
            objective("s2", score=0.7, team_id="Sales", cycle="2025-Q2", level="individual"),
            objective("w2", score=0.1, team_id="West", cycle="2025-Q2"),
        ]
    )


def test_like_for_like_takes_the_teams_scored_in_both() -> None:
    results = objective_results(two_quarters(), policy=GUIDE)
    a, b = (results[results["cycle"] == cycle] for cycle in ("2025-Q1", "2025-Q2"))
    both = like_for_like(a, b)
    assert [side["objective_id"].tolist() for side in both] == [["s1"], ["s2"]]


def test_compare_two_cycles() -> None:
    known = two_quarters()
    results = objective_results(known, policy=GUIDE)
    a, b = (results[results["cycle"] == cycle] for cycle in ("2025-Q1", "2025-Q2"))
    rows = compare(a, b, known.team, policy=GUIDE).set_index("team")
    assert list(rows.index) == ["Company", "East", "Sales", "West", "(all)", "(like for like)"]
    assert rows.loc["Sales"].tolist() == pytest.approx([3, 2, 0.8, 2, 2, 0.4, -0.4])
    assert rows.loc["East"].tolist() == pytest.approx([1, 1, 1.0, 0, 0, float("nan"), float("nan")], nan_ok=True)
    assert rows.loc["(all)"].tolist() == pytest.approx([4, 3, 1.6 / 3, 2, 2, 0.4, 0.4 - 1.6 / 3])
    assert rows.loc["(like for like)"].tolist() == pytest.approx([1, 1, 0.6, 1, 1, 0.7, 0.1])


def test_compare_at_the_same_day_of_each_cycle() -> None:
    known = history(
        [objective("a"), objective("b", cycle="2025-Q2")],
        [key_result("ka", "a"), key_result("kb", "b")],
        [check_in("ka", "2025-01-10", 2), check_in("ka", "2025-01-11", 9), check_in("kb", "2025-04-10", 3)],
    )
    question = Question("compare", cycles=("2025-Q1", "2025-Q2"), at_day=10)
    rows = compute(question, known, policy=GUIDE).set_index("team")
    assert rows.loc["Sales", ["a_completion_rate", "b_completion_rate", "change"]].tolist() == pytest.approx(
        [0.2, 0.3, 0.1]
    )


def test_a_cycle_without_objectives_compares_with_nothing() -> None:
    rows = compute(Question("compare", cycles=("2025-Q1", "1999-Q1")), two_quarters(), policy=GUIDE)
    assert rows.set_index("team").loc["(like for like)", ["a_objectives", "b_objectives"]].tolist() == [0, 0]
    assert compute(Question("compare", cycles=("1998-Q1", "1999-Q1")), two_quarters(), policy=GUIDE).empty


def test_teams_and_cycles_select_rows() -> None:
    question = Question("completion", by=("team",), cycles=("2025-Q1",), teams=("Sales",))
    rows = compute(question, two_quarters(), policy=GUIDE)
    assert rows[["team", "objectives"]].to_numpy().tolist() == [["East", 1], ["Sales", 3], ["West", 1]]
    whole = compute(Question("completion", teams=("Sales",)), two_quarters(), policy=GUIDE)
    assert whole["objectives"].tolist() == [5]
    assert compute(Question("completion", teams=("nobody",)), two_quarters(), policy=GUIDE).empty


@pytest.mark.parametrize("text", ["sales", "Company / Sales", "company/Ｓales", " Sales "])
def test_a_team_is_found_as_files_are_read(text: str) -> None:
    found = compute(Question("completion", teams=(text,)), two_quarters(), policy=GUIDE)
    assert found["objectives"].tolist() == [5]


def test_a_path_goes_before_a_name() -> None:
    known = history([objective("a", team_id="Top"), objective("b", team_id="Low")], tree={"Top": None, "Low": None})
    named = dataclasses.replace(known, team=known.team.assign(name="Sales", path=["Sales", "North / Sales"]))
    rows = {text: compute(Question("completion", teams=(text,)), named, policy=GUIDE) for text in ("Sales", "Low")}
    assert [table["objectives"].tolist() for table in rows.values()] == [[1], [1]]


def test_as_of_a_day_objectives_of_cycles_not_begun_stay_in_as_missing() -> None:
    rows = compute(Question("completion", by=("cycle",), as_of=date(2025, 3, 31)), two_quarters(), policy=GUIDE)
    assert rows[["cycle", "objectives", "scored"]].to_numpy().tolist() == [["2025-Q1", 4, 3], ["2025-Q2", 2, 0]]
