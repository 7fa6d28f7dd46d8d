"""Challenge by team and by objective, worked by hand, and the posterior against an independent integration."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import dblquad
from scipy.special import betainc, betaln
from scipy.stats import binom

from pipelines.history import History
from pipelines.metrics.challenge_objectives import challenge_objectives, evidence
from pipelines.metrics.challenge_teams import challenge_teams, challenge_whole, quarters_above
from pipelines.metrics.compute import Question, compute
from pipelines.metrics.results import objective_results
from pipelines.metrics.team_rates import posterior
from pipelines.policy import load
from tests.situations import (
    all_committed,
    check_in,
    history,
    key_result,
    near_the_top,
    no_teams,
    nothing_scored,
    objective,
    small_team,
)

GUIDE = load()
HITS, TRIALS = np.array([3.0, 0.0, 9.0, 4.0]), np.array([12.0, 8.0, 10.0, 4.0])


def teams_of(known: History) -> pd.DataFrame:
    return challenge_teams(objective_results(known, policy=GUIDE), policy=GUIDE).set_index("team")


def independently(x: float, n: float, value: Any) -> float:
    """The expectation over the model's posterior by adaptive quadrature, in the variables of the hyperprior."""

    def density(v: float, u: float) -> float:
        size = np.exp(v)
        a, b = size / (1 + np.exp(-u)), size / (1 + np.exp(u))
        fit = sum(betaln(a + h, b + t - h) - betaln(a, b) for h, t in zip(HITS, TRIALS, strict=True))
        return float(np.exp(fit + np.log(a) + np.log(b) - 2.5 * np.log(a + b) + 20))

    def weighed(v: float, u: float) -> float:
        size = np.exp(v)
        a, b = size / (1 + np.exp(-u)) + x, size / (1 + np.exp(u)) + n - x
        return density(v, u) * float(value(a, b))

    box = (-6, 6, -1, np.log(10_000))
    options = {"epsabs": 1e-7, "epsrel": 1e-3}
    return dblquad(weighed, *box, **options)[0] / dblquad(density, *box, **options)[0]


@pytest.mark.parametrize("team", [1, 2])
def test_the_posterior_agrees_with_an_independent_integration(team: int) -> None:
    x, n = HITS[team], TRIALS[team]
    fitted = posterior(HITS, TRIALS)
    assert fitted.mean(HITS, TRIALS)[team] == pytest.approx(independently(x, n, lambda a, b: a / (a + b)), abs=0.005)
    for probability in (0.05, 0.95):
        rate = fitted.quantile(HITS, TRIALS, probability)[team]
        below, above = (
            independently(x, n, lambda a, b, at=at: betainc(a, b, at))
            for at in (max(rate - 0.005, 0), min(rate + 0.005, 1))
        )
        assert below <= probability <= above


def test_a_finer_grid_changes_nothing_in_the_third_decimal(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    trials = rng.integers(5, 60, 12).astype("float64")
    hits = rng.binomial(trials.astype("int64"), 0.3).astype("float64")
    coarse = posterior(hits, trials)
    monkeypatch.setattr("pipelines.metrics.team_rates.COARSE", (201, 201))
    monkeypatch.setattr("pipelines.metrics.team_rates.FINE", (128, 128))
    monkeypatch.setattr("pipelines.metrics.team_rates.NEGLIGIBLE", 40.0)
    fine = posterior(hits, trials)
    assert coarse.mean(hits, trials) == pytest.approx(fine.mean(hits, trials), abs=0.002)
    for probability in (0.05, 0.95):
        found = [fitted.quantile(hits, trials, probability) for fitted in (coarse, fine)]
        assert found[0] == pytest.approx(found[1], abs=0.002)


def test_a_small_team_is_shown_and_never_flagged() -> None:
    rows = teams_of(small_team())
    assert rows.loc["East", ["n", "too_high", "too_high_rate", "expected_rate"]].tolist() == [4, 4, 1.0, 0.3]
    assert rows.loc["East", "p_value"] == pytest.approx(0.3**4)
    assert pd.isna(rows.loc["East", "q_value"])
    assert not rows["flagged"].any()


def test_a_team_that_scores_near_the_top_again_and_again_is_flagged() -> None:
    rows = teams_of(near_the_top())
    assert rows["flagged"].to_dict() == {"East": True, "Finance": False, "West": False}
    assert rows.loc["East", "p_value"] == pytest.approx(binom.sf(19, 20, 1 / 3))
    assert rows.loc["East", "q_value"] == pytest.approx(3 * binom.sf(19, 20, 1 / 3))
    assert rows["low"].le(rows["shrunk_rate"]).all()
    assert rows["shrunk_rate"].le(rows["high"]).all()


def test_how_often_a_team_was_above() -> None:
    results = objective_results(near_the_top(), policy=GUIDE)
    assert quarters_above(results, policy=GUIDE).set_index("team")["quarters_above"].to_dict() == {
        "East": 4,
        "Finance": 0,
        "West": 0,
    }


def test_the_whole_comes_first() -> None:
    known = near_the_top()
    row = challenge_whole(objective_results(known, policy=GUIDE), known.team, policy=GUIDE).iloc[0]
    assert (row["n"], row["too_high"], row["ceiling"], row["unknown_ambition_share"]) == (60, 20, 0.2, 0)
    assert row["too_high_rate"] == pytest.approx(1 / 3)


@pytest.mark.parametrize("situation", [all_committed, no_teams, nothing_scored, History.of])
def test_nothing_eligible_is_no_rows(situation: Any) -> None:
    assert compute(Question("challenge"), situation(), policy=GUIDE).empty


def test_selecting_a_team_leaves_the_expectation_as_it_is() -> None:
    (row,) = compute(Question("challenge", teams=("East",)), near_the_top(), policy=GUIDE).to_dict("records")
    assert row["expected_rate"] == pytest.approx(1 / 3)


def test_half_of_the_weight_must_be_scored() -> None:
    goals = [objective("a"), objective("b")]
    parts = [key_result("a1", "a", score=0.9, weight=0.49), key_result("a2", "a", weight=0.51)]
    parts += [key_result("b1", "b", score=0.9, weight=0.5), key_result("b2", "b", weight=0.5)]
    assert teams_of(history(goals, parts))["n"].tolist() == [1]


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


def test_evidence_carries_numbers_and_dates() -> None:
    known = near_the_top()
    table = evidence(objective_results(known, policy=GUIDE), known, policy=GUIDE)
    row = table[table["code"] == "reached_early"].iloc[0]
    assert (row["found"], row["against"], row["found_on"]) == (1.0, 0.9, pd.Timestamp(2025, 1, 20))
    assert table[table["code"] == "scored_above_data"][["found", "against"]].to_numpy().tolist() == [[0.9, 0.5]]


def test_evidence_as_of_a_day_knows_nothing_later() -> None:
    assert codes(near_the_top(), as_of=date(2025, 1, 31)) == {"e2025-Q10": ["score_too_high", "reached_early"]}
    assert not early(check_in("k1", "2025-02-01", 10), as_of=date(2025, 1, 31))
