"""Challenge by objective: each code of evidence at its bounds, worked by hand."""

import dataclasses
from datetime import date
from typing import Any

import pandas as pd
import pytest

from pipelines.history import History
from pipelines.metrics.challenge_objectives import challenge_objectives, evidence
from pipelines.metrics.results import objective_results
from pipelines.policy import load
from tests.situations import check_in, history, key_result, near_the_top, objective

GUIDE = load()


def codes(known: History, as_of: date | None = None) -> dict[str, list[str]]:
    results = objective_results(known, policy=GUIDE, as_of=as_of)
    table = challenge_objectives(results, known, policy=GUIDE, as_of=as_of)
    return dict(zip(table["objective_id"], table["evidence"], strict=True))


def test_the_order_is_number_then_score_then_cycle_then_id() -> None:
    found = codes(near_the_top())
    assert list(found)[:3] == ["e2025-Q10", "e2025-Q11", "e2025-Q12"]
    assert found["e2025-Q10"] == ["score_too_high", "reached_early", "scored_above_data"]
    assert len(found) == 20


def test_committed_goals_are_never_listed_for_being_high_early_or_sure() -> None:
    said = [check_in("k", f"2025-01-{day}", 10, confidence=1.0) for day in (20, 21, 22)]
    assert codes(history([objective("o", ambition="committed")], [key_result("k", "o")], said)) == {}
    assert codes(history([objective("o", ambition=None)], [key_result("k", "o")], said)) == {
        "o": ["score_too_high", "reached_early", "always_confident"]
    }


def test_scored_too_high_from_eighty_five_hundredths_on() -> None:
    goals = [objective("high", score=0.85), objective("below", score=0.849999), objective("half"), objective("less"),
             objective("promised", score=0.85, ambition="committed")]  # fmt: skip
    parts = [key_result("h1", "half", score=0.9, weight=0.5), key_result("h2", "half", weight=0.5),
             key_result("l1", "less", score=0.9, weight=0.49), key_result("l2", "less", weight=0.51)]  # fmt: skip
    assert codes(history(goals, parts)) == {"half": ["score_too_high"], "high": ["score_too_high"]}


def early(*said: dict[str, Any], as_of: date | None = None, parts: int = 1) -> bool:
    known = history([objective("o")], [key_result(f"k{n}", "o") for n in range(1, parts + 1)], list(said))
    return "reached_early" in codes(known, as_of).get("o", [])


def test_reached_early_means_before_three_fifths_of_the_days() -> None:
    # 2025-Q1 has 90 days: on day 53 less than 60 % have passed, on day 54 exactly 60 %.
    assert early(check_in("k1", "2025-02-22", 9))
    assert not early(check_in("k1", "2025-02-23", 9))
    assert not early(check_in("k1", "2025-02-22", 8.9))
    assert early(check_in("k1", "2025-02-01", 9), check_in("k1", "2025-02-10", 2)), "it stood there once"


def test_reached_early_needs_every_key_result_measured() -> None:
    assert not early(check_in("k1", "2025-02-01", 10), parts=2)
    assert early(check_in("k1", "2025-02-01", 10), check_in("k2", "2025-02-03", 8), parts=2)


def test_reached_early_and_a_recorded_score_do_not_mix() -> None:
    known = history([objective("o", score=0.65)], [key_result("k", "o")], [check_in("k", "2025-02-01", 9.5)])
    assert codes(known) == {"o": ["reached_early", "scored_below_data"]}


def test_already_met_looks_at_the_first_check_in_around_the_start() -> None:
    def met(day: str, *more: dict[str, Any]) -> bool:
        known = history([objective("o", ambition="committed")], [key_result("k", "o")], [check_in("k", day, 10), *more])
        return codes(known) == {"o": ["already_met"]}

    assert met("2024-12-18")
    assert met("2025-01-14")
    assert not met("2024-12-17", check_in("k", "2025-01-20", 10))
    assert not met("2025-01-15")
    assert not met("2025-01-10", check_in("k", "2025-01-05", 3))
    assert met("2025-01-10", check_in("k", "2025-01-05", confidence=0.5)), "it says nothing about the value"


@pytest.mark.parametrize(
    ("words", "met"), [(("done",), True), (("not done", "done"), False), (("at risk", "已完成"), True)]
)
def test_already_met_hears_a_milestone_done_in_words(words: tuple[str, ...], met: bool) -> None:
    said = [check_in("k", f"2025-01-0{day}", status=word) for day, word in enumerate(words, start=4)]
    milestone = key_result("k", "o", measure="milestone", start=None, target=None)
    known = history([objective("o", ambition="committed")], [milestone], said)
    assert codes(known) == ({"o": ["already_met"]} if met else {})


@pytest.mark.parametrize(
    ("confidences", "sure"),
    [((0.9, 1.0, 0.9), True), ((0.9, 0.89, 1.0), False), ((1.0, 1.0), False), ((1.0, None, 1.0), False)],
)
def test_always_confident(confidences: tuple[float | None, ...], sure: bool) -> None:
    said = [check_in("k", f"2025-03-{day:02}", 2, confidence=value) for day, value in enumerate(confidences, start=1)]
    outside = check_in("k", "2025-04-02", 2, confidence=0.1)
    assert codes(history([objective("o")], [key_result("k", "o")], [*said, outside])) == (
        {"o": ["always_confident"]} if sure else {}
    )


def differs(final: float, value: float) -> list[str]:
    known = history(
        [objective("o", ambition="committed")],
        [key_result("k", "o", score=final)],
        [check_in("k", "2025-03-01", value)],
    )
    return codes(known).get("o", [])


def test_the_record_differs_from_the_data_from_fifteen_hundredths_on() -> None:
    assert differs(0.65, 5) == ["scored_above_data"]
    assert differs(0.649, 5) == []
    assert differs(0.35, 5) == ["scored_below_data"]
    assert differs(0.351, 5) == []


def test_final_and_computed_are_held_against_each_other_over_the_same_key_results() -> None:
    parts = [key_result("a", "o", score=0.9, weight=0.5), key_result("b", "o", score=0.5, weight=0.5)]
    assert codes(history([objective("o")], parts, [check_in("b", "2025-03-01", 5)])) == {}
    rows = history([objective("o", score=0.9)], [{**part, "score": None} for part in parts],
                   [check_in("a", "2025-03-01", 6), check_in("b", "2025-03-01", 4)])  # fmt: skip
    assert codes(rows) == {"o": ["score_too_high", "scored_above_data"]}


def quarters(**targets: float) -> History:
    labels = [f"2025-{name}" for name in targets]
    goals = [objective(label, cycle=label, title="  Ｓell More", ambition="committed") for label in labels]
    parts = [
        key_result(f"k{label}", label, title="Contracts", target=target)
        for label, target in zip(labels, targets.values(), strict=True)
    ]
    first_days = pd.to_datetime([f"{label[:4]}-{3 * int(label[-1]) - 2:02}-20" for label in labels])
    return history(
        goals,
        parts,
        [check_in(f"k{label}", day.date().isoformat(), 9) for label, day in zip(labels, first_days, strict=True)],
    )


def test_asking_no_more_than_the_last_result() -> None:
    assert codes(quarters(Q1=15, Q2=9.0)) == {"2025-Q2": ["below_last_result"]}
    assert codes(quarters(Q1=15, Q2=9.5)) == {}
    assert codes(quarters(Q1=15, Q3=9.0)) == {}, "not the cycle just before"


def test_asking_no_more_with_a_start_and_target_that_check_ins_state() -> None:
    def asks(target: float) -> dict[str, list[str]]:
        goals = [objective(f"o{n}", cycle=f"2025-Q{n}", ambition="committed") for n in (1, 2)]
        parts = [key_result("k1", "o1", title="Cost", start=10, target=5, current=6)]
        parts.append(key_result("k2", "o2", title="cost", start=None, target=None))
        return codes(history(goals, parts, [check_in("k2", "2025-04-20", 9, start=10, target=target)]))

    assert asks(7) == {"o2": ["below_last_result"]}
    assert asks(5.9) == {}


def test_quarters_with_dates_of_their_own_follow_each_other() -> None:
    known = quarters(Q1=15, Q2=9.0)
    starts, ends = pd.to_datetime(["2025-01-05", "2025-04-06"]), pd.to_datetime(["2025-04-05", "2025-07-05"])
    adjacent = dataclasses.replace(known, cycle=known.cycle.assign(starts_on=starts, ends_on=ends))
    assert codes(adjacent) == {"2025-Q2": ["below_last_result"]}
    apart = dataclasses.replace(known, cycle=known.cycle.assign(starts_on=starts, ends_on=ends - pd.Timedelta(days=1)))
    assert codes(apart) == {}


def test_the_same_goal_in_three_cycles_running() -> None:
    assert codes(quarters(Q1=15, Q2=16, Q3=17)) == {"2025-Q3": ["repeated"]}
    assert codes(quarters(Q1=15, Q2=16, Q4=17)) == {}


def test_targets_eased_and_raised() -> None:
    def moved(*targets: float) -> dict[str, list[str]]:
        said = [check_in("k", f"2025-03-0{day}", 2, target=target) for day, target in enumerate(targets, start=1)]
        return codes(history([objective("o", ambition="committed")], [key_result("k", "o")], said))

    assert moved(10, 12) == {"o": ["target_raised"]}
    assert moved(10, 8) == {"o": ["target_eased"]}
    assert moved(10, 8, 9) == {"o": ["target_eased", "target_raised"]}
    assert moved(10, 10) == {}


@pytest.mark.parametrize("stated_on", ["2024-12-20", "2025-03-01", "2025-03-09"])
def test_targets_move_from_a_start_that_a_check_in_states(stated_on: str) -> None:
    said = [check_in("k", "2025-03-02", 2, target=10), check_in("k", "2025-03-03", 2, target=12)]
    known = history(
        [objective("o", ambition="committed")],
        [key_result("k", "o", start=None, target=None)],
        [check_in("k", stated_on, start=0), *said],
    )
    assert codes(known) == {"o": ["target_raised"]}


def test_evidence_carries_numbers_and_dates() -> None:
    known = near_the_top()
    table = evidence(objective_results(known, policy=GUIDE), known, policy=GUIDE)
    row = table[table["code"] == "reached_early"].iloc[0]
    assert (row["found"], row["against"], row["found_on"]) == (1.0, 0.9, pd.Timestamp(2025, 1, 20))
    assert table[table["code"] == "scored_above_data"][["found", "against"]].to_numpy().tolist() == [[0.9, 0.5]]


def test_evidence_as_of_a_day_knows_nothing_later() -> None:
    assert codes(near_the_top(), as_of=date(2025, 1, 31)) == {"e2025-Q10": ["score_too_high", "reached_early"]}
    assert not early(check_in("k1", "2025-02-01", 10), as_of=date(2025, 1, 31))
