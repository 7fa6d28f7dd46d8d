"""Challenge by team, worked by hand, and the posterior against an independent integration."""

import itertools
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import dblquad
from scipy.special import betainc, betaln
from scipy.stats import binom

from pipelines.history import History
from pipelines.metrics.challenge_teams import challenge_teams, challenge_whole, quarters_above
from pipelines.metrics.compute import Question, compute
from pipelines.metrics.results import objective_results
from pipelines.metrics.team_rates import posterior
from pipelines.policy import load
from tests.situations import (
    all_committed,
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


def spread_out(counts: dict[str, tuple[int, int]]) -> History:
    """Teams with so many of so many goals too high."""
    goals = [
        objective(f"{team}{place}", team_id=team, score=0.95 if place < x else 0.5)
        for team, (x, n) in counts.items()
        for place in range(n)
    ]
    return history(goals)


def summed(x: int, n: int, counts: dict[str, tuple[int, int]]) -> list[tuple[float, float, float]]:
    """The model summed up by hand over a plain grid: a, b of the team's rate, and the weight of each."""
    shapes = []
    for u, v in itertools.product((step / 10 - 6 for step in range(121)), (step / 10 - 1 for step in range(103))):
        a, b = math.exp(v) / (1 + math.exp(-u)), math.exp(v) / (1 + math.exp(u))
        fit = sum(log_beta(a + h, b + t - h) - log_beta(a, b) for h, t in counts.values())
        # (a + b)^(−5/2), and a · b for the change from a and b to the logit of the mean and the log of the size.
        shapes.append((a + x, b + n - x, fit - 2.5 * math.log(a + b) + math.log(a * b)))
    most = max(weight for *_, weight in shapes)
    total = sum(math.exp(weight - most) for *_, weight in shapes)
    return [(a, b, math.exp(weight - most) / total) for a, b, weight in shapes]


def log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def test_the_likely_share_summed_up_by_hand() -> None:
    counts = {"East": (9, 10), "West": (3, 12), "Finance": (0, 8)}
    rows, expected = teams_of(spread_out(counts)), 12 / 30
    for team, (x, n) in counts.items():
        shapes, row = summed(x, n, counts), rows.loc[team]
        assert row["shrunk_rate"] == pytest.approx(sum(a / (a + b) * w for a, b, w in shapes), abs=0.005)
        bounds = (max(row["low"], 0), min(row["high"], 1), expected + 0.05)
        below = [sum(betainc(a, b, bound) * w for a, b, w in shapes if w > 1e-9) for bound in bounds]
        assert [*below[:2], 1 - below[2]] == pytest.approx([0.05, 0.95, row["p_above"]], abs=0.005)


def test_the_probability_of_lying_above_agrees_with_an_independent_integration() -> None:
    names = ("Sales", "East", "West", "Finance")
    counts = {name: (int(x), int(n)) for name, x, n in zip(names, HITS, TRIALS, strict=True)}
    rows, at = teams_of(spread_out(counts)), HITS.sum() / TRIALS.sum() + 0.05
    for name in ("Sales", "West"):
        x, n = counts[name]
        above = independently(x, n, lambda a, b: 1 - betainc(a, b, at))
        assert rows.loc[name, "p_above"] == pytest.approx(above, abs=0.005)


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


@pytest.mark.parametrize("hits", [0.0, 5.0])
def test_one_team_alone_that_always_or_never_hits_has_an_interval(hits: float) -> None:
    known = np.array([hits]), np.array([5.0])
    low, high = (posterior(*known).quantile(*known, probability)[0] for probability in (0.05, 0.95))
    assert 0 < low < high < 1


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
