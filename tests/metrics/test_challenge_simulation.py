"""The team test of challenge over a few made-up companies; `make simulation` prints the same over many."""

import numpy as np
import pytest

from pipelines.policy import load
from tests.benchmarks import challenge as simulation

GUIDE = load()
RUNS = 20


@pytest.mark.parametrize("rate", [0.1, 0.4])
def test_where_no_team_differs_hardly_ever_is_one_flagged(rate: float) -> None:
    assert simulation.alike(rate, RUNS, 11, policy=GUIDE) <= 0.10


def test_of_the_teams_hardly_above_the_others_at_most_one_in_fifty_is_flagged() -> None:
    assert simulation.spread(RUNS, 11, policy=GUIDE) <= 0.02


def test_of_three_teams_far_above_four_in_five_are_found() -> None:
    assert simulation.apart(RUNS, 11, policy=GUIDE) >= 0.80


def test_a_test_without_its_guards_would_fail_here() -> None:
    loose = {"q_value": 0.9, "posterior": 0.01, "margin": 0.0, "posterior_margin": 0.0}
    policy = _with(**loose)
    assert simulation.alike(0.1, 10, 11, policy=policy) > 0.10
    assert simulation.spread(10, 11, policy=policy) > 0.02
    assert simulation.apart(5, 11, policy=_with(q_value=1e-9)) < 0.80


def test_the_rates_are_spread_as_said() -> None:
    size = simulation.SPREAD_MEAN * (1 - simulation.SPREAD_MEAN) / simulation.SPREAD_DEVIATION**2 - 1
    rates = np.random.default_rng(1).beta(simulation.SPREAD_MEAN * size, (1 - simulation.SPREAD_MEAN) * size, 100_000)
    assert (rates.mean(), rates.std()) == (pytest.approx(0.25, abs=0.002), pytest.approx(0.1, abs=0.002))


def _with(**limits: float):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(GUIDE, challenge=replace(GUIDE.challenge, **limits))
