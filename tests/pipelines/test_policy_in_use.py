"""Every value of a policy is used: another one changes a figure."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd
import pytest

from pipelines.history import History
from pipelines.metrics.challenge_objectives import challenge_objectives
from pipelines.metrics.challenge_teams import challenge_teams, challenge_whole
from pipelines.metrics.completion import completion
from pipelines.metrics.compute import Question, compute
from pipelines.metrics.distribution import distribution
from pipelines.metrics.reconsidering import low_goals
from pipelines.metrics.results import objective_results
from pipelines.policy import Policy, load
from tests.situations import TODAY, check_in, history, key_result, near_the_top, objective

GUIDE = load()
Figures = Callable[[Policy], Any]


@cache
def varied() -> History:
    """Scores over all bands, early and sure goals, missing key results, dates, titles short and long."""
    goals = [
        objective(f"o{n}", score=n / 20, title=f"A title of its own {n}", origin="bottom_up" if n < 12 else "top_down")
        for n in range(21)
    ]
    goals += [objective("promise", score=0.95, ambition="committed"), objective("rushed", team_id="East", owner="a"),
              objective("half", team_id="East", owner="a"), objective("short", title="Sell it", owner="a"),
              objective("中", title="增长三成", score=0.3), objective("apart", score=0.4, team_id="West"),
              objective("dated", created_on="2025-01-05", agreed_on="2025-01-12", reviewed_on="2025-04-04"),
              objective("sure", team_id="West", score=0.5)]  # fmt: skip
    parts = [key_result("rushed1", "rushed"), key_result("apart1", "apart"), key_result("dated1", "dated"),
             key_result("half1", "half", score=0.9, weight=0.6), key_result("half2", "half", weight=0.4),
             *(key_result(f"sure{n}", "sure") for n in range(4))]  # fmt: skip
    said = [check_in("rushed1", "2025-02-10", 9.2), check_in("apart1", "2025-03-20", 6),
            check_in("half2", "2025-01-20"), check_in("dated1", "2025-01-25", 1),
            *(check_in("sure0", f"2025-03-{day}", 2, confidence=0.92) for day in (10, 11, 12))]  # fmt: skip
    return history(goals, parts, said)


def answer(name: str, *by: str) -> Figures:
    return lambda policy: compute(Question(name, by, today=TODAY), varied(), policy=policy)


def of_teams(policy: Policy) -> pd.DataFrame:
    return challenge_teams(objective_results(near_the_top(), policy=policy), policy=policy)


def of_a_few(policy: Policy) -> pd.DataFrame:
    """Eight of ten near 优 in one team, four of forty in another."""
    few = [objective(f"e{n}", score=0.95 if n < 8 else 0.5, team_id="East") for n in range(10)]
    many = [objective(f"w{n}", score=0.95 if n < 4 else 0.5, team_id="West") for n in range(40)]
    return challenge_teams(objective_results(history(few + many), policy=policy), policy=policy)


def of_goals(policy: Policy) -> pd.DataFrame:
    known = varied()
    return challenge_objectives(objective_results(known, policy=policy), known, policy=policy)


def results(policy: Policy) -> pd.DataFrame:
    return objective_results(varied(), policy=policy)


SPREAD: Figures = lambda policy: distribution(results(policy), varied().team, policy=policy)  # noqa: E731
RHYTHM, RULES = answer("rhythm"), answer("rules")
CASES: dict[str, tuple[Any, Figures]] = {
    "cycle.first_month": (2, results),
    "score.source": ("computed", results),
    "score.missing_key_result": ("zero", results),
    "bands.excellent": (0.95, SPREAD),
    "bands.good": (0.75, SPREAD),
    "bands.medium": (0.65, SPREAD),
    "bands.fair": (0.3, SPREAD),
    "sweet_spot.low": (0.5, SPREAD),
    "sweet_spot.high": (0.75, SPREAD),
    "threshold.too_high": (0.8, SPREAD),
    "threshold.too_low": (0.3, SPREAD),
    "threshold.reconsider": (0.5, lambda policy: low_goals(results(policy), policy=policy)),
    "attained.committed": (0.9, lambda policy: completion(results(policy), varied().team, policy=policy)),
    "attained.other": (0.7, lambda policy: completion(results(policy), varied().team, policy=policy)),
    "challenge.ceiling": (0.3, lambda policy: challenge_whole(results(policy), varied().team, policy=policy)),
    "challenge.smallest_team": (21, of_teams),
    "challenge.q_value": (1e-4, of_a_few),
    "challenge.margin": (0.9, of_teams),
    "challenge.posterior_margin": (0.6, of_teams),
    "challenge.posterior": (0.9999999, lambda policy: of_teams(_but(policy, "challenge.posterior_margin", 0.5))),
    "challenge.coverage": (0.7, lambda policy: challenge_teams(results(policy), policy=policy)),
    "challenge.early_share": (0.4, of_goals),
    "challenge.early_progress": (0.95, of_goals),
    "challenge.confidence": (0.95, of_goals),
    "challenge.confidences": (4, of_goals),
    "challenge.deviation": (0.25, of_goals),
    "rhythm.set_by_day": (3, RHYTHM),
    "rhythm.aligned_by_day": (10, RHYTHM),
    "rhythm.reviewed_within_days": (2, RHYTHM),
    "rhythm.stale_after_days": (20, RHYTHM),
    "rules.most_objectives": (1, RULES),
    "rules.most_key_results": (3, RULES),
    "rules.fewest_objectives": (4, RULES),
    "rules.fewest_key_results": (2, RULES),
    "rules.bottom_up_share": (0.3, RULES),
    "rules.shortest_title": (30, RULES),
    "rules.shortest_title_chinese": (3, RULES),
}

HELD_ELSEWHERE = {"challenge.window", "rhythm.confidence_fall", "rhythm.regular_share", "rules.changed_goals"}
"""Tried where their figures are: the page Challenge, and the tests of operation and of changes."""


def _but(policy: Policy, key: str, value: Any) -> Policy:
    section, name = key.split(".")
    return replace(policy, **{section: replace(getattr(policy, section), **{name: value})})


def told(figures: Figures, policy: Policy) -> str:
    found = figures(policy)
    return found.to_csv() if isinstance(found, pd.DataFrame) else repr(found)


@cache
def told_by_the_guide(figures: Figures) -> str:
    return told(figures, GUIDE)


def test_every_value_is_looked_at() -> None:
    assert set(CASES) | HELD_ELSEWHERE == set(GUIDE.values())


@pytest.mark.parametrize("key", CASES)
def test_another_value_changes_a_figure(key: str) -> None:
    value, figures = CASES[key]
    assert told(figures, _but(GUIDE, key, value)) != told_by_the_guide(figures)
