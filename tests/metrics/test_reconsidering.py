"""The other end, worked by hand, by plain SQL, and under laws."""

import duckdb
import pandas as pd
import pytest
from hypothesis import given

from pipelines.history import History
from pipelines.metrics.reconsidering import done_without, low_goals, low_whole
from pipelines.metrics.results import key_result_results, objective_results
from pipelines.policy import Policy, load
from tests.situations import history, key_result, low_and_done, objective
from tests.strategies import histories

GUIDE = load()


def low(known: History, policy: Policy = GUIDE) -> dict[str, str]:
    table = low_goals(objective_results(known, policy=policy), policy=policy)
    return dict(zip(table["objective_id"], table["question"], strict=True))


def done(known: History, policy: Policy = GUIDE) -> list[str]:
    results = objective_results(known, policy=policy)
    return done_without(results, key_result_results(known, policy=policy), policy=policy)["objective_id"].tolist()


def test_low_goals_by_hand() -> None:
    assert list(low(low_and_done()).items()) == [
        ("e", "go_on"), ("d", "go_on"), ("c", "change"), ("done", "change"), ("part", "change"),
        ("promised", "change"), ("a", "change"),
    ]  # fmt: skip
    scores = low_goals(objective_results(low_and_done(), policy=GUIDE), policy=GUIDE)["score"]
    assert scores.tolist() == [0.1, 0.399999, 0.4, 0.5, 0.5, 0.5, 0.599999]


def test_the_whole_by_hand() -> None:
    known = low_and_done()
    (row,) = low_whole(objective_results(known, policy=GUIDE), known.team, policy=GUIDE).to_dict("records")
    assert row == {"objectives": 10, "reconsider": 7, "reconsider_rate": 0.7, "too_low": 2, "too_low_rate": 0.2}


def test_half_of_the_weight_must_be_scored() -> None:
    parts = [key_result("a", "o", score=0.2, weight=0.49), key_result("b", "o", weight=0.51)]
    assert low(history([objective("o")], parts)) == {}


def test_rounding_comes_before_the_thresholds() -> None:
    assert low(history([objective("o", score=0.1 * 6 - 1e-9)])) == {}


def test_key_results_done_while_the_objective_is_not_by_hand() -> None:
    known = low_and_done()
    results, parts = objective_results(known, policy=GUIDE), key_result_results(known, policy=GUIDE)
    table = done_without(results, parts, policy=GUIDE)
    assert table[["objective_id", "score", "key_results"]].to_numpy().tolist() == [["done", 0.5, 2], ["kept", 0.9, 2]]


def test_what_was_not_recorded_cannot_differ_from_its_key_results() -> None:
    assert done(history([objective("o")], [key_result("k", "o", score=1.0)])) == []
    assert done(history([objective("o", score=0.5)])) == [], "no key results"
    cancelled = [key_result("a", "o", score=1.0), key_result("b", "o", status="cancelled")]
    assert done(history([objective("o", score=0.5)], cancelled)) == ["o"]
    assert done(history([objective("o", score=0.65)], [key_result("k", "o", score=1.0)]), load("google")) == ["o"]


@pytest.mark.parametrize("situation", [low_and_done, History.of])
def test_plain_sql_finds_the_same(situation) -> None:  # type: ignore[no-untyped-def]
    known = situation()
    results = objective_results(known, policy=GUIDE)
    parts = key_result_results(known, policy=GUIDE)
    with duckdb.connect() as connection:
        connection.register("goal", results)
        connection.register("part", parts)
        rows = connection.sql(
            """SELECT objective_id, CASE WHEN round(score, 6) < 0.4 THEN 'go_on' ELSE 'change' END FROM goal
            WHERE counted AND round(score_coverage, 6) >= 0.5 AND round(score, 6) < 0.6
            ORDER BY score, cycle, objective_id"""
        ).fetchall()
        alone = connection.sql(
            """SELECT objective_id FROM goal
            WHERE counted AND round(score, 6) < CASE ambition WHEN 'committed' THEN 1.0 ELSE 0.6 END
            AND objective_id IN (
                SELECT objective_id FROM part WHERE counted GROUP BY ALL
                HAVING count(*) = count(score) AND min(round(score, 6)) >= 1)
            ORDER BY score, cycle, objective_id"""
        ).fetchall()
    assert list(low(known).items()) == rows
    assert done(known) == [key for (key,) in alone]


@given(known=histories())
def test_laws(known: History) -> None:
    results = objective_results(known, policy=GUIDE)
    before = results.copy()
    table = low_goals(results, policy=GUIDE)
    assert (table["score"] < 0.6).all()
    pd.testing.assert_frame_equal(low_goals(results[::-1], policy=GUIDE), table)
    pd.testing.assert_frame_equal(results, before)
    whole = low_whole(results, known.team, policy=GUIDE)
    assert whole["reconsider"].sum() == len(table)
    assert whole["too_low"].sum() == (table["question"] == "go_on").sum()
