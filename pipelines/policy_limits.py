"""What each value of a policy may be, and how values must stand to each other."""

import itertools
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Limits:
    """A number's kind and its ends; `said` is how a message tells them, the same in every language."""

    said: str
    least: float = 0
    most: float = 1
    whole: bool = False
    open_below: bool = False
    open_above: bool = False

    def allows(self, value: object) -> bool:
        """Whether the value is a number of the kind within the ends; true and false are no numbers."""
        if isinstance(value, bool) or not isinstance(value, int if self.whole else int | float):
            return False
        above = value > self.least if self.open_below else value >= self.least
        return above and (value < self.most if self.open_above else value <= self.most)


SHARE = Limits("0–1")
SOME = Limits("0–1 (> 0)", open_below=True)
BETWEEN = Limits("0–1 (> 0, < 1)", open_below=True, open_above=True)
COUNT = Limits("0, 1, 2 …", most=float("inf"), whole=True)
FROM_ONE = Limits("1, 2, 3 …", least=1, most=float("inf"), whole=True)
DAY = Limits("1–366", least=1, most=366, whole=True)

CHOICES = {
    "score.source": ("latest", "final", "computed"),
    "score.missing_key_result": ("skip", "zero"),
    "rules.changed_goals": ("by_cycle", "approved", "free"),
}
LIMITS = {
    "cycle.first_month": Limits("1–12", least=1, most=12, whole=True),
    "threshold.too_high": SOME,
    "attained.committed": SOME,
    "attained.other": SOME,
    "challenge.smallest_team": FROM_ONE,
    "challenge.q_value": BETWEEN,
    "challenge.posterior": BETWEEN,
    "challenge.window": FROM_ONE,
    "challenge.early_share": SOME,
    "challenge.early_progress": SOME,
    "challenge.confidence": SOME,
    "challenge.confidences": FROM_ONE,
    "challenge.deviation": SOME,
    "rhythm.set_by_day": DAY,
    "rhythm.aligned_by_day": DAY,
    "rhythm.stale_after_days": FROM_ONE,
    "rules.most_objectives": FROM_ONE,
    "rules.most_key_results": FROM_ONE,
}
"""The numbers that are neither a share nor a count from 0 on, which the preset's own value tells apart."""

RISING = (
    ("bands.fair", "bands.medium", "bands.good", "bands.excellent"),
    ("threshold.too_low", "threshold.reconsider", "threshold.too_high"),
    ("threshold.too_low", "sweet_spot.low", "sweet_spot.high", "threshold.too_high"),
    ("rhythm.set_by_day", "rhythm.aligned_by_day"),
    ("rules.fewest_objectives", "rules.most_objectives"),
    ("rules.fewest_key_results", "rules.most_key_results"),
)
"""Values that contradict each other unless each is at least the one before it."""


def expected(key: str, value: object, *, preset: object) -> str | None:
    """What is expected of the setting where the value is not that; nothing where it is."""
    if key in CHOICES:
        return None if value in CHOICES[key] else " | ".join(CHOICES[key])
    limits = LIMITS.get(key, COUNT if isinstance(preset, int) else SHARE)
    return None if limits.allows(value) else limits.said


def contradiction(values: Mapping[str, Any], *, own: Set[str]) -> tuple[str, str] | None:
    """The first setting that contradicts another and what is expected of it; the user's own one of the two, if any."""
    for below, above in (pair for chain in RISING for pair in itertools.pairwise(chain)):
        if values[below] > values[above]:
            if below in own and above not in own:
                return below, f"≤ {above} = {values[above]}"
            return above, f"≥ {below} = {values[below]}"
    return None
