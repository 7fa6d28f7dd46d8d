"""New goals to look at, worked by hand, by plain loops over the rows, and under laws."""

import dataclasses
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given

from pipelines.history import History
from pipelines.metrics.compute import Question, QuestionError, compute
from pipelines.metrics.new_goals import new_goals, open_in_first_days
from pipelines.metrics.results import objective_results
from pipelines.policy import load
from pipelines.texts import normal
from tests.situations import check_in, history, key_result, new_cycle, objective
from tests.strategies import histories

GUIDE = load()
DAY = date(2025, 4, 10)


def found(known: History, *, today: date = DAY, as_of: date | None = None) -> dict[str, list[str]]:
    results = objective_results(known, policy=GUIDE, as_of=as_of)
    table = new_goals(results, known, policy=GUIDE, today=today, as_of=as_of)
    return dict(zip(table["objective_id"], table["evidence"], strict=True))


def test_new_goals_by_hand() -> None:
    assert found(new_cycle()) == {
        "again": ["below_last_result", "confident_at_start"],
        "draft": ["below_last_result"],
        "same": ["repeated"],
        "sure": ["confident_at_start"],
    }


@pytest.mark.parametrize(
    ("today", "looked_at"),
    [("2025-03-31", False), ("2025-04-01", True), ("2025-04-15", True), ("2025-04-16", False)],
)
def test_only_the_days_up_to_that_of_alignment(today: str, looked_at: bool) -> None:
    day = date.fromisoformat(today)
    assert bool(found(new_cycle(), today=day)) == looked_at


def test_drafts_take_part_and_what_is_done_or_cancelled_does_not() -> None:
    goals = [objective(status, cycle="2025-Q2", status=status) for status in ("draft", "active", "done", "cancelled")]
    results = objective_results(history(goals), policy=GUIDE)
    assert set(open_in_first_days(results, policy=GUIDE, today=DAY)["objective_id"]) == {"draft", "active"}


def test_a_done_status_is_unknown_as_of_a_day_of_the_cycle() -> None:
    goals = [objective("o", cycle="2025-Q2", status="done", created_on="2025-04-01")]
    said = [check_in("k", "2025-04-02", 1, confidence=1.0)]
    known = history(goals, [key_result("k", "o")], said)
    assert found(known) == {}
    assert found(known, as_of=DAY) == {"o": ["confident_at_start"]}


def first_said(*confidences: float | None, ambition: str | None = "aspirational") -> bool:
    said = [check_in("k", f"2025-04-0{day}", 1, confidence=value) for day, value in enumerate(confidences, start=1)]
    known = history([objective("o", cycle="2025-Q2", ambition=ambition)], [key_result("k", "o")], said)
    return found(known) == {"o": ["confident_at_start"]}


def test_the_first_confidence_counts() -> None:
    assert first_said(0.9)
    assert first_said(None, 0.95, 0.2)
    assert not first_said(0.89, 1.0)
    assert not first_said(None)
    assert first_said(1.0, ambition=None)
    assert not first_said(1.0, ambition="committed"), "a promise is meant to be sure"


def test_one_key_result_that_is_sure_suffices() -> None:
    parts = [key_result("a", "o"), key_result("b", "o")]
    said = [check_in("a", "2025-04-02", 1, confidence=0.4), check_in("b", "2025-04-03", 1, confidence=0.9)]
    assert found(history([objective("o", cycle="2025-Q2")], parts, said)) == {"o": ["confident_at_start"]}


def test_what_was_said_before_the_cycle_or_after_the_day_does_not_count() -> None:
    said = [check_in("k", "2025-03-30", 1, confidence=1.0), check_in("k", "2025-04-11", 1, confidence=1.0)]
    assert found(history([objective("o", cycle="2025-Q2")], [key_result("k", "o")], said)) == {}


def test_a_draft_of_the_cycle_before_is_nothing_to_be_held_against() -> None:
    goals = [objective("a", status="draft"), objective("b", cycle="2025-Q2")]
    parts = [key_result("ka", "a", title="Contracts", current=10), key_result("kb", "b", title="Contracts", target=9)]
    assert found(history(goals, parts)) == {}
    counted = [objective("a"), goals[1]]
    assert found(history(counted, parts)) == {"b": ["below_last_result"]}


def test_a_month_is_looked_at_in_its_own_first_days() -> None:
    goals = [objective("m", cycle="2025-05"), objective("q", cycle="2025-Q2")]
    parts = [key_result("km", "m"), key_result("kq", "q")]
    said = [check_in(key, "2025-05-02", 1, confidence=1.0) for key in ("km", "kq")]
    assert found(history(goals, parts, said), today=date(2025, 5, 10)) == {"m": ["confident_at_start"]}


def test_the_command_answers_for_the_chosen_teams_and_needs_a_day() -> None:
    rows = compute(Question("new_goals", teams=("East",), today=DAY), new_cycle(), policy=GUIDE)
    assert rows["objective_id"].tolist() == ["sure"]
    with pytest.raises(QuestionError, match="needs a day"):
        compute(Question("new_goals"), new_cycle(), policy=GUIDE)


def by_loops(known: History, today: date) -> dict[str, list[str]]:
    """The same list from plain loops over the rows, one goal at a time."""
    goals = {row.objective_id: row for row in known.objective.itertuples()}
    spans = {row.cycle: row for row in known.cycle.itertuples()}
    counted = [goal for goal in goals.values() if goal.status not in ("draft", "cancelled")]
    told: dict[str, list[str]] = {}
    for goal in goals.values():
        span = spans[goal.cycle]
        day = (pd.Timestamp(today) - span.starts_on).days + 1
        if goal.status in ("done", "cancelled") or not 1 <= day <= 15:
            continue
        parts = [row for row in known.key_result.itertuples() if row.objective_id == goal.objective_id]
        parts = [row for row in parts if row.status != "cancelled"]
        said = [row for row in known.check_in.itertuples() if span.starts_on <= row.checked_on <= pd.Timestamp(today)]
        sure = any(
            [row.confidence for row in said if row.key_result_id == part.key_result_id and pd.notna(row.confidence)][:1]
            >= [0.9]
            for part in parts
        )
        codes = ["below_last_result"] * any(
            _asks_no_more(part, goal, span=span, known=known, counted=counted, spans=spans) for part in parts
        )
        codes += ["repeated"] * _thrice(goal, span, counted, spans)
        codes += ["confident_at_start"] * (sure and goal.ambition != "committed")
        if codes:
            told[goal.objective_id] = codes
    return told


def _eve(span: Any, spans: dict[str, Any]) -> list[str]:
    return [
        label
        for label, other in spans.items()
        if other.kind == span.kind and other.ends_on + pd.Timedelta(days=1) == span.starts_on
    ]


def _asks_no_more(part: Any, goal: Any, *, span: Any, known: History, counted: list[Any], spans: Any) -> bool:
    for before in counted:
        if before.cycle not in _eve(span, spans) or before.team_id != goal.team_id:
            continue
        for old in known.key_result[known.key_result["objective_id"] == before.objective_id].itertuples():
            values = known.check_in.loc[known.check_in["key_result_id"] == old.key_result_id, "value"].dropna()
            last = values.iloc[-1] if len(values) else old.current
            same = normal(old.title) == normal(part.title) and part.measure == old.measure == "number"
            if same and (part.target <= last if part.target > part.start else part.target >= last):
                return True
    return False


def _thrice(goal: Any, span: Any, counted: list[Any], spans: dict[str, Any]) -> bool:
    def has(labels: list[str]) -> bool:
        return any(
            old.cycle in labels and old.team_id == goal.team_id and normal(old.title) == normal(goal.title)
            for old in counted
        )

    before = _eve(span, spans)
    return has(before) and has([label for one in before for label in _eve(spans[one], spans)])


def test_plain_loops_find_the_same() -> None:
    known = new_cycle()
    assert by_loops(known, DAY) == found(known)


@given(known=histories())
def test_what_is_said_later_and_the_order_of_rows_change_nothing(known: History) -> None:
    starts = known.cycle["starts_on"].dropna()
    if starts.empty:
        return
    today = starts.iloc[0].date() + timedelta(days=9)
    before = {name: frame.copy() for name, frame in known.frames().items()}
    there = found(known, today=today, as_of=today)
    cut = dataclasses.replace(known, check_in=known.check_in[known.check_in["checked_on"] <= pd.Timestamp(today)])
    assert found(cut, today=today, as_of=today) == there
    upside_down = dataclasses.replace(known, objective=known.objective[::-1], key_result=known.key_result[::-1])
    assert found(upside_down, today=today, as_of=today) == there
    for name, frame in known.frames().items():
        pd.testing.assert_frame_equal(frame, before[name])
