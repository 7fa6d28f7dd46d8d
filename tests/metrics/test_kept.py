"""What is kept of the log, the links and the changes tells on any day what the facts themselves tell."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given

from pipelines.cycles import parse
from pipelines.history import History
from pipelines.metrics import breaches, calibration, confidence, follow_up, summaries, year
from pipelines.metrics.attention import attention
from pipelines.metrics.attention_weeks import attention_weeks, settled, weeks_begun
from pipelines.metrics.changes import changes, with_since_agreed
from pipelines.metrics.completion import added_up, completion
from pipelines.metrics.movement import changes as movement
from pipelines.metrics.new_goals import in_short, new_goal_evidence
from pipelines.metrics.results import key_result_results, objective_results
from pipelines.metrics.rules import breaches as find_breaches
from pipelines.metrics.rules import held_by
from pipelines.metrics.tracks import on_two, tracks, tracks_of
from pipelines.policy import load
from tests.companies import company_facts, unsettled, within
from tests.situations import check_in, history, key_result, new_cycle, objective
from tests.strategies import days, histories

GUIDE = load()
QUARTER = parse("2025-Q1")
assert QUARTER


def kept(known: History) -> dict[str, pd.DataFrame]:
    results, scored = objective_results(known, policy=GUIDE), key_result_results(known, policy=GUIDE)
    return {
        "results": results,
        **summaries.of_the_log(results, scored, known, policy=GUIDE),
        **summaries.of_everything(results, known, policy=GUIDE),
    }


def alike(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Whether two tables hold the same rows, whatever their order; a difference of the last bit of a sum is none."""
    columns = sorted(set(one) & set(other))
    assert columns
    frames = [rows[columns].sort_values(columns, key=lambda part: part.astype("str"), ignore_index=True)
              for rows in (one, other)]  # fmt: skip
    pd.testing.assert_frame_equal(*frames, check_dtype=False)


@given(histories(), days)
def test_on_any_day_it_tells_what_the_log_tells(known: History, day: date) -> None:
    tables = kept(known)
    results, said = tables["results"], known.check_in
    later = said[said["key_result_id"].isin(follow_up.told_later(tables["follow_up"], day))]
    alike(
        follow_up.attention_of(results, tables["follow_up"], later, policy=GUIDE, today=day),
        attention(results, known, policy=GUIDE, today=day),
    )
    weeks = tables["attention_week"].query("quarter == @QUARTER.label")
    weeks = weeks[weeks["week"] <= len(weeks_begun(QUARTER, day))]
    if settled(weeks, day):
        alike(weeks, attention_weeks(results, known.key_result, said, quarter=QUARTER, day=day))
    fallen = tables["confidence_fall"].query("quarter == @QUARTER.label")
    fallen = confidence.latest_first(fallen[fallen["checked_on"] <= pd.Timestamp(day)])
    again = confidence.confidence_falls(results, known, quarter=QUARTER, day=day, policy=GUIDE)
    columns = ["key_result_id", "checked_on", "week", "before", "now", "reason"]
    pd.testing.assert_frame_equal(fallen[columns], again[columns], check_dtype=False)
    alike(held_by(tables["finding"], day), find_breaches(results, known, policy=GUIDE, today=day))


@given(histories())
def test_with_everything_known_it_tells_what_the_facts_tell(known: History) -> None:
    tables = kept(known)
    results, scored = tables["results"], key_result_results(known, policy=GUIDE)
    stated = calibration.forecasts(results, scored, known.check_in, policy=GUIDE).dropna(subset=["quarter"])
    alike(calibration.calibration_of(tables["forecast"]), calibration.calibration(stated))
    alike(calibration.sides_of(tables["record_side"], by="cycle"), calibration.inflation_sides(results, scored))
    about = breaches.checked(results, known, policy=GUIDE, as_of=None, today=None)
    pd.testing.assert_frame_equal(with_since_agreed(tables["goal_change"]), changes(about), check_dtype=False)
    parts = year.year_parts(about)
    goals = year.goals_of(tables["year_part"].assign(ended=lambda rows: rows["ends_on"].notna()))
    alike(goals, year.year_goals(about, parts))
    paired = on_two(known.key_result)
    rows = paired[paired["key_result_id"].isin(tables["follow_up"]["key_result_id"])].reset_index(drop=True)
    said = tables["follow_up"].set_index("key_result_id").reindex(rows["key_result_id"]).reset_index()
    found = tracks_of(rows, start=said["start"], value=said["value"].fillna(rows["current"]))
    alike(found, tracks(known))


@given(histories())
def test_cycle_by_cycle_and_all_at_once_are_the_same(known: History) -> None:
    whole = kept(known)
    scored = key_result_results(known, policy=GUIDE)
    for name in ("follow_up", "attention_week", "confidence_fall", "forecast", "record_side"):
        parts = []
        for cycle, results in whole["results"].groupby("cycle"):
            own = known.of_cycles([str(cycle)])
            parts.append(summaries.of_the_log(results, scored, own, policy=GUIDE)[name])
        if parts:
            alike(pd.concat(parts), whole[name])


@given(histories())
def test_completion_from_sums_is_completion(known: History) -> None:
    results = objective_results(known, policy=GUIDE)
    rows, sums = results.dropna(subset=["quarter"]), added_up(results, policy=GUIDE)
    for by in (["team", "quarter"], ["quarter"], ["level", "ambition"], []):
        alike(completion(sums, known.team, by=by, policy=GUIDE), completion(rows, known.team, by=by, policy=GUIDE))
    quarters = sorted(rows["quarter"].unique())
    alike(movement(sums, quarters=quarters), movement(rows, quarters=quarters))


@pytest.mark.thorough
def test_in_a_company_too() -> None:
    company = within(company_facts(people=12, quarters=8, seed=1), "2025-Q1", "2025-02", "2025")
    known = unsettled(company, 1)
    for day in (date(2025, 2, 20), date(2025, 3, 31)):
        test_on_any_day_it_tells_what_the_log_tells.hypothesis.inner_test(known, day)
    test_with_everything_known_it_tells_what_the_facts_tell.hypothesis.inner_test(known)
    test_cycle_by_cycle_and_all_at_once_are_the_same.hypothesis.inner_test(known)
    test_completion_from_sums_is_completion.hypothesis.inner_test(known)


def test_new_goals_are_judged_by_the_log_in_short_as_by_the_whole() -> None:
    known, today = new_cycle(), date(2025, 4, 10)
    for day in (today, today + timedelta(days=3)):
        results, told = objective_results(known, policy=GUIDE), kept(known)["follow_up"]
        told = told[~told["key_result_id"].isin(follow_up.told_later(told, day))]
        rest = known.check_in[~known.check_in["key_result_id"].isin(told["key_result_id"])]
        short = History.of(**known.frames() | {"check_in": pd.concat([in_short(told), rest], ignore_index=True)})
        asked = {"policy": GUIDE, "today": day}
        alike(new_goal_evidence(results, short, **asked), new_goal_evidence(results, known, **asked))


def test_before_a_quarter_begins_nothing_of_it_is_counted() -> None:
    known = history([objective("o")], [key_result("k", "o")], [check_in("k", "2024-12-20", confidence=0.8)])
    rows = objective_results(known, policy=GUIDE)
    said = {"key_results": known.key_result, "check_ins": known.check_in}
    table = attention_weeks(rows, **said, quarter=QUARTER, day=QUARTER.starts_on - timedelta(days=1))
    assert table.empty
    (first,) = attention_weeks(rows, **said, quarter=QUARTER, day=QUARTER.starts_on).to_dict("records")
    assert (first["week"], first["stated"], first["confidence"]) == (1, 1, 0.8)
