"""Prints how often the team test of challenge is wrong and how often it finds what is there, over made-up companies.

Run it by hand, `make simulation` or `python -m tests.benchmarks.challenge [SEED …] [--runs N]`. Three kinds of company,
each drawn anew in every run, their teams judged by the same function as on the page. It asserts nothing; the fast
test in tests/metrics/test_challenge_simulation.py holds the same figures over fewer runs.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from pipelines.metrics.challenge_teams import held_against_all
from pipelines.policy import Policy, load

SEEDS = (1, 2, 3)
RUNS = 1000
TEAMS = 20
COMMON_RATES = (0.1, 0.2, 0.3, 0.4)
ALIKE_GOALS, SPREAD_GOALS, FEW_GOALS = 24, 60, 24
SPREAD_MEAN, SPREAD_DEVIATION = 0.25, 0.1
HIGH_TEAMS, HIGH, LOW = 3, 0.7, 0.2

Rates = np.ndarray[Any, np.dtype[np.float64]]


def judged(rates: Rates, goals: int, *, random: np.random.Generator, policy: Policy) -> pd.DataFrame:
    """Teams with these true rates and so many goals each, their draws judged: rate, n, too_high, …, flagged."""
    hits = random.binomial(goals, rates)
    return held_against_all(pd.DataFrame({"rate": rates, "n": goals, "too_high": hits}), policy=policy)


def alike(rate: float, runs: int, seed: int, *, policy: Policy) -> float:
    """(i) Teams that do not differ at all: the share of runs in which at least one team is flagged."""
    random = np.random.default_rng([seed, 1, round(100 * rate)])
    rates = np.full(TEAMS, rate)
    return _mean(judged(rates, ALIKE_GOALS, random=random, policy=policy)["flagged"].any() for _ in range(runs))


def spread(runs: int, seed: int, *, policy: Policy) -> float:
    """(ii) Natural spread: the share flagged of the teams whose true rate lies under p₀ + 0.05."""
    random, found = np.random.default_rng([seed, 2]), []
    size = SPREAD_MEAN * (1 - SPREAD_MEAN) / SPREAD_DEVIATION**2 - 1
    for _ in range(runs):
        rates = random.beta(SPREAD_MEAN * size, (1 - SPREAD_MEAN) * size, TEAMS)
        table = judged(rates, SPREAD_GOALS, random=random, policy=policy)
        bar = table["expected_rate"] + policy.challenge.posterior_margin
        found.append(table.loc[table["rate"] < bar, "flagged"])
    return float(pd.concat(found).mean())


def apart(runs: int, seed: int, *, goals: int = FEW_GOALS, policy: Policy) -> float:
    """(iii) Three teams far above the others: the share of those three that is flagged."""
    random = np.random.default_rng([seed, 3, goals])
    rates = np.repeat([HIGH, LOW], [HIGH_TEAMS, TEAMS - HIGH_TEAMS])
    tables = (judged(rates, goals, random=random, policy=policy) for _ in range(runs))
    return _mean(table.loc[table["rate"] == HIGH, "flagged"].mean() for table in tables)


def _mean(values: Any) -> float:
    return float(np.mean([float(value) for value in values]))


def _told(job: tuple[int, int, str, float]) -> str:
    seed, runs, kind, number = job
    policy = load()
    if kind == "alike":
        found, bar = alike(number, runs, seed, policy=policy), "at most 10 %"
        what = f"(i) {TEAMS} teams alike at {number:.2f}, {ALIKE_GOALS} goals each: runs with a team flagged"
    elif kind == "spread":
        found, bar = spread(runs, seed, policy=policy), "at most 2 %"
        what = f"(ii) rates {SPREAD_MEAN} ± {SPREAD_DEVIATION}, {SPREAD_GOALS} goals each: flagged below p0 + 0.05"
    else:
        found, bar = apart(runs, seed, goals=int(number), policy=policy), "at least 80 %"
        what = f"(iii) {HIGH_TEAMS} teams at {HIGH} against {LOW}, {int(number)} goals each: of the three flagged"
    return f"seed {seed}, {runs} runs · {what}: {found:.2%} ({bar})"


def main() -> None:
    """Print the figures for each seed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("seeds", nargs="*", type=int, default=SEEDS)
    asked.add_argument("--runs", type=int, default=RUNS)
    given = asked.parse_args()
    kinds = [("alike", rate) for rate in COMMON_RATES] + [("spread", 0), ("apart", FEW_GOALS), ("apart", SPREAD_GOALS)]
    jobs = [(seed, given.runs, kind, number) for seed, (kind, number) in product(given.seeds, kinds)]
    with ProcessPoolExecutor(2) as pool:
        for line in pool.map(_told, jobs):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
