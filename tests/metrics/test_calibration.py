"""Calibration and inflation, worked by hand and a second time in plain loops."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given

from pipelines.history import History
from pipelines.metrics.calibration import brier_score, calibration, forecasts, inflation_sides
from pipelines.metrics.results import key_result_results, objective_results
from pipelines.policy import load
from tests.companies import company_facts, unsettled, within
from tests.plainly import Plain, mean, records
from tests.situations import check_in, history, key_result, objective
from tests.strategies import histories

GUIDE = load()


def read(known: History) -> tuple[pd.DataFrame, pd.DataFrame]:
    return objective_results(known, policy=GUIDE), key_result_results(known, policy=GUIDE)


def stated(known: History) -> pd.DataFrame:
    return forecasts(*read(known), known.check_in, policy=GUIDE)


def test_confidence_beside_what_became_of_it() -> None:
    known = history(
        [objective("a"), objective("promise", ambition="committed")],
        [key_result("k", "a", score=0.6), key_result("p", "promise", score=0.9), key_result("open", "a")],
        [check_in("k", "2025-01-10", confidence=0.9), check_in("k", "2025-02-10", confidence=0.3),
         check_in("p", "2025-03-31", confidence=1.0), check_in("p", "2025-04-01", confidence=0.2),
         check_in("open", "2025-02-01", confidence=0.5)],
    )  # fmt: skip
    told = stated(known)
    assert told[["key_result_id", "confidence", "score", "attained"]].to_numpy().tolist() == [
        ["k", 0.9, 0.6, True], ["k", 0.3, 0.6, True], ["p", 1.0, 0.9, False],
    ]  # fmt: skip
    assert brier_score(told) == pytest.approx((0.1**2 + 0.7**2 + 1.0**2) / 3)
    table = calibration(told)
    assert table["forecasts"].tolist() == [0, 0, 0, 1, 0, 0, 0, 0, 0, 2]
    assert table.loc[9, ["mean_confidence", "mean_score", "attained_share"]].tolist() == pytest.approx(
        [0.95, 0.75, 0.5]
    )
    assert table.loc[0, ["mean_confidence", "mean_score"]].isna().all()


def test_inflation_both_ways() -> None:
    known = history(
        [objective("a")],
        [key_result("above", "a", score=0.8), key_result("far above", "a", score=1.0),
         key_result("below", "a", score=0.4), key_result("rounding", "a", score=0.505),
         key_result("alone", "a", score=0.9)],
        [check_in(name, "2025-02-01", 5) for name in ("above", "far above", "below", "rounding")],
    )  # fmt: skip
    (row,) = inflation_sides(*read(known)).to_dict("records")
    assert row == pytest.approx(
        {"cycle": "2025-Q1", "compared": 4, "above": 2, "above_share": 0.5, "mean_above": 0.4, "below": 1,
         "below_share": 0.25, "mean_below": -0.1}
    )  # fmt: skip


def test_nothing_stated_is_missing() -> None:
    told = stated(history([objective("a")]))
    assert pd.isna(brier_score(told))
    assert calibration(told)["forecasts"].sum() == 0
    assert inflation_sides(*read(history([objective("a")]))).empty


def tenths(known: History) -> dict[int, list[float]]:
    """The score that came of each stated confidence, by the tenth it was stated in; 1.0 stands in the last."""
    plain, found = Plain(known), {tenth: [] for tenth in range(10)}
    for goal in plain.goals.values():
        first, last = plain.span(goal)
        for part in plain.parts[goal["objective_id"]]:
            score = plain.latest(part, None)
            stated = [said for said in plain.said[part["key_result_id"]] if first <= said["checked_on"] <= last]
            for said in stated if score is not None else ():
                if said["confidence"] is not None:
                    found[min(int(round(said["confidence"] * 100) // 10), 9)].append(score)
    return found


@given(histories())
def test_plain_loops_agree_on_the_mean_score_of_each_tenth(known: History) -> None:
    table, again = calibration(stated(known)), tenths(known)
    assert table["forecasts"].tolist() == [len(scores) for scores in again.values()]
    assert table["mean_score"].tolist() == pytest.approx([mean(scores) for scores in again.values()], nan_ok=True)


def squares(known: History) -> list[float]:
    results, scored = (records(frame) for frame in read(known))
    goals = {row["objective_id"]: row for row in results if row["counted"]}
    everything, found = records(known.check_in), []
    for k in (row for row in scored if row["counted"] and row["objective_id"] in goals and row["score"] is not None):
        goal: dict[str, Any] = goals[k["objective_id"]]
        attained = round(k["score"], 6) >= (1.0 if goal["ambition"] == "committed" else 0.6)
        said = [c for c in everything if c["key_result_id"] == k["key_result_id"]]
        inside = [c for c in said if goal["starts_on"] <= c["checked_on"] <= goal["ends_on"]]
        found += [(c["confidence"] - attained) ** 2 for c in inside if c["confidence"] is not None]
    return found


@given(histories())
def test_plain_loops_agree_and_brier_lies_between_foresight_and_error(known: History) -> None:
    told, again = stated(known), squares(known)
    assert len(told) == len(again) == calibration(told)["forecasts"].sum()
    assert brier_score(told) == pytest.approx(sum(again) / len(again) if again else float("nan"), nan_ok=True)
    assert not again or 0 <= brier_score(told) <= 1


def sides(known: History) -> dict[str, list[float]]:
    """Recorded less computed, by cycle, in plain loops."""
    results, scored = (records(frame) for frame in read(known))
    cycles = {row["objective_id"]: row["cycle"] for row in results if row["counted"]}
    found: dict[str, list[float]] = {}
    for k in (row for row in scored if row["counted"] and row["objective_id"] in cycles):
        if k["final"] is not None and k["computed"] is not None:
            found.setdefault(cycles[k["objective_id"]], []).append(round(k["final"] - k["computed"], 6))
    return found


@given(histories())
def test_plain_loops_agree_on_inflation_either_way(known: History) -> None:
    table, again = inflation_sides(*read(known)).set_index("cycle"), sides(known)
    assert table.index.tolist() == sorted(again)
    for cycle, apart in again.items():
        above, below = [d for d in apart if d >= 0.01], [d for d in apart if d <= -0.01]
        row = table.loc[cycle]
        assert row[["compared", "above", "below"]].tolist() == [len(apart), len(above), len(below)]
        shares = [len(above) / len(apart), len(below) / len(apart)]
        assert row[["above_share", "below_share"]].tolist() == pytest.approx(shares)
        for name, listed in (("mean_above", above), ("mean_below", below)):
            assert row[name] == pytest.approx(sum(listed) / len(listed) if listed else float("nan"), nan_ok=True)


def test_plain_loops_agree_in_a_company() -> None:
    known = unsettled(within(company_facts(people=12, quarters=3, seed=1), "2026-Q2", "2026-Q3"), 1)
    test_plain_loops_agree_on_the_mean_score_of_each_tenth.hypothesis.inner_test(known)
    test_plain_loops_agree_on_inflation_either_way.hypothesis.inner_test(known)
    test_plain_loops_agree_and_brier_lies_between_foresight_and_error.hypothesis.inner_test(known)
    assert min(len(stated(known)), *map(len, sides(known).values())) > 10
