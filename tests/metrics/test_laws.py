"""Laws that hold on every history: order, bounds, untouched inputs, and the law of the day."""

import dataclasses
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from _pytest.mark import ParameterSet
from hypothesis import given
from hypothesis import strategies as st

from pipelines.history import History
from pipelines.metrics.compute import Question, compute
from pipelines.metrics.results import key_result_results, objective_results, objective_weeks
from pipelines.policy import load
from pipelines.schema import KEY_RESULT_RESULT, OBJECTIVE_RESULT, OBJECTIVE_WEEK
from tests.situations import OFTEN, SITUATIONS, TODAY
from tests.strategies import days, histories

GUIDE = load()
QUESTIONS = (
    Question("completion"),
    Question("completion", by=("team", "cycle")),
    Question("distribution", by=("quarter", "ambition")),
    Question("alignment", by=("level",)),
    Question("challenge"),
    Question("challenge", by=("objective",)),
    Question("rhythm", today=TODAY),
    Question("rhythm", by=("team", "quarter"), today=TODAY),
    Question("rules", today=TODAY),
    Question("rules", by=("team", "cycle")),
    Question("rules", by=("level", "ambition")),
    Question("pace", by=("team", "cycle"), today=date(2025, 2, 10)),
    Question("compare", cycles=("2025-Q1", "2025-Q2")),
    Question("compare", cycles=("2025-Q1", "2025-Q2"), at_day=30),
)
DATED = [question for question in QUESTIONS if question.at_day is None]
sources = st.sampled_from(("latest", "final", "computed")).map(GUIDE.with_score_source)
questions = st.sampled_from(QUESTIONS)


def shuffled(known: History, seed: int) -> History:
    return History(**{name: frame.sample(frac=1, random_state=seed) for name, frame in known.frames().items()})


def cut(known: History, day: date) -> History:
    said = known.check_in
    return dataclasses.replace(known, check_in=said[said["checked_on"] <= pd.Timestamp(day)])


def same(a: pd.DataFrame, b: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(a.reset_index(drop=True), b.reset_index(drop=True), check_dtype=False, rtol=1e-9)


@given(histories(), questions, sources, st.integers(0, 99))
def test_the_order_of_rows_does_not_matter(known: History, question: Question, policy: Any, seed: int) -> None:
    same(compute(question, known, policy=policy), compute(question, shuffled(known, seed), policy=policy))


@given(histories(), questions, days)
def test_inputs_are_left_as_they_were(known: History, question: Question, day: date) -> None:
    before = {name: frame.copy(deep=True) for name, frame in known.frames().items()}
    compute(dataclasses.replace(question, as_of=None if question.at_day else day), known, policy=GUIDE)
    for name, frame in known.frames().items():
        pd.testing.assert_frame_equal(frame, before[name])


@given(histories(), days, sources)
def test_as_of_a_day_over_everything_is_everything_over_a_log_cut_there(known: History, day: date, policy: Any) -> None:
    ends = (known, cut(known, day))
    same(*(key_result_results(end, policy=policy, as_of=day) for end in ends))
    same(*(objective_results(end, policy=policy, as_of=day) for end in ends))


@given(histories(), days, st.sampled_from(DATED), sources)
def test_every_figure_as_of_a_day_is_the_figure_over_a_log_cut_there(
    known: History, day: date, question: Question, policy: Any
) -> None:
    asked = dataclasses.replace(question, as_of=day)
    same(*(compute(asked, end, policy=policy) for end in (known, cut(known, day))))


@given(histories(), sources)
def test_scores_and_shares_lie_between_nothing_and_all(known: History, policy: Any) -> None:
    results = objective_results(known, policy=policy)
    for name in ("score", "final", "computed", "score_coverage"):
        assert results[name].dropna().between(0, 1).all()
    assert (results["key_results_scored"] <= results["key_results"]).all()
    shares = key_result_results(known, policy=policy).groupby("objective_id")["share"].sum(min_count=1).dropna()
    assert np.allclose(shares, 1)


@given(histories(), sources)
def test_figures_agree_with_each_other(known: History, policy: Any) -> None:
    results = objective_results(known, policy=policy)
    for question in (Question("completion", by=("team",)), Question("distribution", by=("cycle",))):
        table = compute(question, known, policy=policy, results=results)
        assert (table["objectives"] == table["scored"] + table["missing"]).all()
        assert (table["objectives"] >= 1).all()
    by_team = compute(QUESTIONS[1], known, policy=policy, results=results)
    assert (by_team["objectives"] == by_team["own_objectives"] + by_team["below_objectives"]).all()
    spread = compute(Question("distribution"), known, policy=policy, results=results)
    assert (spread[["excellent", "good", "medium", "fair", "poor"]].sum(axis=1) == spread["scored"]).all()
    links = compute(QUESTIONS[3], known, policy=policy, results=results)
    assert ((links["anchored"] <= links["aligned"]) & (links["aligned"] <= links["should_align"])).all()


@given(histories(), sources)
def test_each_week_is_the_results_as_of_its_last_day(known: History, policy: Any) -> None:
    weeks = objective_weeks(known, policy=policy)
    days_asked = weeks["as_of"].drop_duplicates()
    for day in days_asked.sample(min(len(days_asked), 5), random_state=1):
        results = objective_results(known, policy=policy, as_of=day.date()).set_index("objective_id")
        rows = weeks[weeks["as_of"] == day].set_index("objective_id")
        assert np.allclose(rows["score"], results["score"].reindex(rows.index), equal_nan=True)
        assert np.allclose(rows["score_coverage"], results["score_coverage"].reindex(rows.index), equal_nan=True)


def asked_of(name: str, day: date | None) -> ParameterSet:
    """All situations as everything is known of them, and as of a day those that found most; the others thoroughly."""
    often = day is None or name in OFTEN
    return pytest.param(name, day, marks=() if often else pytest.mark.thorough)


@pytest.mark.parametrize(("name", "as_of"), [asked_of(name, day) for name in SITUATIONS for day in (None, TODAY)])
def test_every_situation_has_an_answer_to_every_question(name: str, as_of: date | None) -> None:
    known = SITUATIONS[name]()
    results = objective_results(known, policy=GUIDE, as_of=as_of)
    assert results.columns.tolist() == OBJECTIVE_RESULT.names
    assert key_result_results(known, policy=GUIDE, as_of=as_of).columns.tolist() == KEY_RESULT_RESULT.names
    for question in QUESTIONS:
        asked = dataclasses.replace(question, as_of=None if question.at_day else as_of)
        compute(asked, known, policy=GUIDE, results=results)


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_situation_has_its_weeks(name: str) -> None:
    assert objective_weeks(SITUATIONS[name](), policy=GUIDE).columns.tolist() == OBJECTIVE_WEEK.names
