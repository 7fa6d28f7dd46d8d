"""Progress and scores, worked by hand."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from pipelines.metrics.results import key_result_results, objective_results, objective_weeks
from pipelines.policy import load
from tests.situations import check_in, history, key_result, objective

GUIDE = load()
NAN = float("nan")


def key_results_of(*facts: dict[str, Any], check_ins: list[dict[str, Any]] = (), as_of: date | None = None) -> Any:
    goals = [objective("o")]
    known = history(goals, list(facts), list(check_ins))
    return key_result_results(known, policy=GUIDE, as_of=as_of).set_index("key_result_id")


def raw(values: dict[str, Any], *said: dict[str, Any], as_of: date | None = None) -> float:
    return key_results_of(key_result("k", "o", **values), check_ins=list(said), as_of=as_of).loc["k", "raw"]


@pytest.mark.parametrize(
    ("start", "target", "value", "reached"),
    [
        (10, 0, 7, 0.30),
        (60000, 50000, 59000, 0.10),
        (100, 120, 90, -0.5),
        (0, 10, 5.9, 0.59),
        (0, 15, 16, 16 / 15),
        (5, 5, 5, NAN),
    ],
)
def test_one_signed_formula(start: float, target: float, value: float, reached: float) -> None:
    span = {"start": start, "target": target}
    assert raw({**span, "current": value}) == pytest.approx(reached, nan_ok=True)
    assert raw(span, check_in("k", "2025-02-01", value)) == pytest.approx(reached, nan_ok=True)


def test_scores_are_clamped_and_raw_is_kept() -> None:
    row = key_results_of(key_result("k", "o", current=15.0)).loc["k"]
    assert (row["raw"], row["computed"]) == (1.5, 1.0)


def test_without_distance_a_stated_progress_still_counts() -> None:
    said = check_in("k", "2025-02-01", 5, progress=0.4)
    assert raw({"start": 5.0, "target": 5.0}, said) == 0.4


def test_a_value_goes_before_a_stated_progress() -> None:
    assert raw({}, check_in("k", "2025-02-01", 3, progress=0.9)) == 0.3


def test_the_latest_check_in_counts_and_on_one_day_the_later_row() -> None:
    said = [check_in("k", "2025-02-01", 9), check_in("k", "2025-02-08", 2), check_in("k", "2025-02-08", 4)]
    assert raw({}, *said) == 0.4


def test_a_check_in_that_states_neither_value_nor_progress_is_passed_over() -> None:
    said = [check_in("k", "2025-02-01", 4), check_in("k", "2025-02-08", confidence=0.5)]
    assert raw({}, *said) == 0.4


def test_a_check_in_goes_before_the_sheets_value() -> None:
    assert raw({"current": 9.0}, check_in("k", "2025-02-01", 4)) == 0.4


def test_check_ins_outside_the_cycle_count() -> None:
    assert raw({}, check_in("k", "2025-05-01", 7)) == 0.7


def test_start_and_target_may_come_from_check_ins() -> None:
    bare = {"start": None, "target": None}
    said = [
        check_in("k", "2025-01-10", 2, start=0, target=4),
        check_in("k", "2025-02-10", 5, target=10),
        check_in("k", "2025-03-10", target=20),
    ]
    assert raw(bare, *said) == 0.25
    assert raw(bare, *said, as_of=date(2025, 3, 9)) == 0.5
    assert raw({"start": 0.0, "target": 50.0}, *said) == 0.1, "the key result's own go first"


@pytest.mark.parametrize(
    ("values", "said", "reached"),
    [
        ({}, [], NAN),
        ({"status": "done"}, [], 1.0),
        ({"status": "active"}, [], NAN),
        ({"current": 1.0}, [], 1.0),
        ({}, [{"progress": 0.5}], 0.5),
        ({}, [{"value": 0.0}], 0.0),
        ({}, [{"status": "done"}], 1.0),
        ({}, [{"status": "已完成"}], 1.0),
        ({}, [{"status": "Not done"}], 0.0),
        ({}, [{"status": "at risk"}], NAN),
        ({}, [{"progress": 0.5}, {"status": "at risk"}], 0.5),
    ],
)
@pytest.mark.parametrize("measure", ["milestone", "yes_no"])
def test_milestones_speak_in_words_too(
    measure: str, values: dict[str, Any], said: list[dict[str, Any]], reached: float
) -> None:
    bare = {"measure": measure, "start": None, "target": None, **values}
    rows = [check_in("k", f"2025-02-0{day}", **words) for day, words in enumerate(said, start=1)]
    assert raw(bare, *rows) == pytest.approx(reached, nan_ok=True)


@pytest.mark.parametrize(("zone", "reached"), [("fail", 0.0), ("commit", 0.3), ("target", 0.7), ("Stretch", 1.0)])
def test_ordinal_zones(zone: str, reached: float) -> None:
    bare = {"measure": "ordinal", "start": None, "target": None}
    assert raw(bare, check_in("k", "2025-02-01", status=zone)) == reached


def test_with_a_date_only_what_was_known_by_then_counts() -> None:
    said = [check_in("k", "2025-02-01", 4), check_in("k", "2025-02-08", 6)]
    assert raw({}, *said, as_of=date(2025, 2, 7)) == 0.4
    assert raw({}, *said, as_of=date(2025, 2, 8)) == 0.6


def test_with_a_date_the_sheets_value_and_an_early_done_do_not_count() -> None:
    assert pd.isna(raw({"current": 5.0}, as_of=date(2025, 3, 31)))
    milestone = {"measure": "milestone", "start": None, "target": None, "status": "done"}
    assert pd.isna(raw(milestone, as_of=date(2025, 3, 30)))
    assert raw(milestone, as_of=date(2025, 3, 31)) == 1


def test_a_recorded_score_counts_from_the_last_day_of_the_cycle() -> None:
    scored = key_result("k", "o", score=0.8)
    assert pd.isna(key_results_of(scored, as_of=date(2025, 3, 30)).loc["k", "final"])
    assert key_results_of(scored, as_of=date(2025, 3, 31)).loc["k", "final"] == 0.8


def test_a_cycle_not_begun_has_no_scores() -> None:
    early = check_in("k", "2024-12-20", 10)
    assert pd.isna(raw({}, early, as_of=date(2024, 12, 31)))
    assert raw({}, early, as_of=date(2025, 1, 1)) == 1


def test_the_self_score_stands_in_and_scores_off_the_scale_are_clamped() -> None:
    table = key_results_of(
        key_result("a", "o", score_self=0.4),
        key_result("b", "o", score=0.6, score_self=0.9),
        key_result("c", "o", score=1.2),
    )
    assert table["final"].tolist() == [0.4, 0.6, 1.0]


def test_inflation_is_reported_from_a_hundredth_on() -> None:
    table = key_results_of(
        key_result("a", "o", score=0.63, current=6.25), key_result("b", "o", score=0.86, current=8.8571428),
        key_result("c", "o", score=0.51, current=5.0),
    )  # fmt: skip
    assert table["inflation"].tolist() == pytest.approx([NAN, -0.025714, 0.01], nan_ok=True, abs=1e-6)


def objective_of(*facts: dict[str, Any], policy: Any = GUIDE, **values: Any) -> pd.Series:
    return objective_results(history([objective("o", **values)], list(facts)), policy=policy).iloc[0]


def scored(name: str, score: float | None, weight: float | None = None, **values: Any) -> dict[str, Any]:
    return key_result(name, "o", score=score, weight=weight, **values)


@pytest.mark.parametrize(
    ("facts", "score", "coverage"),
    [
        ([scored("a", 0.63, 0.3), scored("b", 0.75, 0.4), scored("c", 0.6, 0.3)], 0.669, 1.0),
        ([scored("a", 0.80, 0.2), scored("b", 0.95, 0.5), scored("c", 0.86, 0.3)], 0.893, 1.0),
        ([scored("a", None, 0.25), scored("b", None, 0.4), scored("c", None, 0.35)], NAN, 0.0),
        ([scored("a", 0.4), scored("b", 0.8)], 0.6, 1.0),
        ([scored("a", 0.4, 0.5), scored("b", 0.8), scored("c", 1.0)], 0.65, 1.0),
        ([scored("a", 0.3, 0.3), scored("b", 0.5, 0.4), scored("c", 0.7, 0.3), scored("d", 1.0)], 0.5, 1.0),
        ([scored("a", 0.3, 0.6), scored("b", 0.5, 0.6), scored("d", 1.0)], 0.4, 1.0),
        ([scored("a", 1.0, 0.0), scored("b", None, 1.0)], NAN, 0.0),
        ([scored("a", 0.5, 0.25), scored("b", None, 0.75)], 0.5, 0.25),
        ([scored("a", 0.5, 0.5), scored("b", 1.0, 0.5, status="cancelled")], 0.5, 1.0),
        ([scored("a", 0.5), scored("b", 1.0, 0.4), scored("c", 0.0, 0.6, status="draft")], 0.7, 1.0),
        ([], NAN, NAN),
    ],
)
def test_weights(facts: list[dict[str, Any]], score: float, coverage: float) -> None:
    row = objective_of(*facts)
    assert (row["score"], row["score_coverage"]) == pytest.approx((score, coverage), nan_ok=True)


def test_a_missing_key_result_may_count_as_zero(tmp_path: Any) -> None:
    own = tmp_path / "policy.toml"
    own.write_text('[score]\nmissing_key_result = "zero"\n')
    row = objective_of(scored("a", 0.8, 0.25), scored("b", None, 0.75), policy=load(overrides=own))
    assert (row["score"], row["score_coverage"]) == (0.2, 0.25)


def test_an_objectives_own_score_goes_first_but_for_computed() -> None:
    part = key_result("a", "o", current=5.0)
    latest, final, computed = (
        objective_of(part, policy=GUIDE.with_score_source(source), score=0.9)
        for source in ("latest", "final", "computed")
    )
    assert (latest["score"], latest["score_coverage"], latest["computed"]) == (0.9, 1.0, 0.5)
    assert (final["score"], computed["score"], computed["final"]) == (0.9, 0.5, 0.9)
    assert objective_of(part, score_self=0.3)["score"] == 0.3


def test_seven_times_a_tenth_is_seven_tenths() -> None:
    assert objective_of(key_result("a", "o", target=1.0, current=0.1 * 7))["score"] == 0.7


def test_latest_takes_final_where_there_is_one_key_result_by_key_result() -> None:
    facts = [key_result("a", "o", score=0.2, current=9.0), key_result("b", "o", current=6.0)]
    assert objective_of(*facts)["score"] == 0.4
    assert objective_of(*facts, policy=GUIDE.with_score_source("final"))["score"] == 0.2
    assert objective_of(*facts, policy=GUIDE.with_score_source("computed"))["score"] == 0.75


def test_counted_and_status_as_of_a_day() -> None:
    goals = [
        objective("a", status="done"),
        objective("b", status="draft"),
        objective("c", status="cancelled"),
        objective("d"),
    ]
    table = objective_results(history(goals), policy=GUIDE, as_of=date(2025, 2, 1))
    assert table["counted"].tolist() == [True, False, False, True]
    assert table["status"].fillna("?").tolist() == ["?", "draft", "cancelled", "?"]


def test_what_a_result_is_grouped_by() -> None:
    goals = [objective("a", cycle="2025-02", team_id="East", ambition=None, origin=None), objective("b", cycle="2025")]
    known = history(goals)
    known.team.loc[known.team["team_id"] == "Sales", "executive"] = "Wang"
    month, year = (row for _, row in objective_results(known, policy=GUIDE).iterrows())
    assert (month["quarter"], month["year"], month["cycle_kind"]) == ("2025-Q1", "2025", "month")
    assert (month["team"], month["executive"], month["ambition"], month["origin"]) == (
        "East",
        "Wang",
        "unknown",
        "unknown",
    )
    assert pd.isna(year["quarter"])
    assert year["year"] == "2025"


def test_weeks_are_sevens_and_the_last_one_takes_the_recorded_score() -> None:
    known = history(
        [objective("o")],
        [key_result("k", "o", score=0.9)],
        [check_in("k", "2025-01-07", 1), check_in("k", "2025-01-08", 2)],
    )
    weeks = objective_weeks(known, policy=GUIDE)
    assert weeks["week"].tolist() == list(range(1, 14))
    assert weeks["as_of"].iloc[[0, -1]].dt.strftime("%m-%d").tolist() == ["01-07", "03-31"]
    assert weeks["score"].iloc[[0, 1, 11, 12]].tolist() == [0.1, 0.2, 0.2, 0.9]
