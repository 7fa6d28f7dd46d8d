"""Policy: the numbers and rules in which organisations differ, each with its source."""

import difflib
import itertools
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from pipelines.problems import InputError, Problem, rule
from pipelines.wording import mark

PRESETS = ("guide", "mas", "google")
POLICIES = Path(__file__).parent / "policies"
ScoreSource = Literal["latest", "final", "computed"]
CHOICES = {
    "score.source": ("latest", "final", "computed"),
    "score.missing_key_result": ("skip", "zero"),
    "rules.changed_goals": ("by_cycle", "approved", "free"),
}

AWAITED = ("threshold.reconsider",)
"""Settings that wait for figures this version does not have yet."""
OWN_SOURCE = mark("your own policy file")

UNREADABLE = rule(
    "policy_unreadable", "set_aside", "this is not a TOML file ({reason}). Correct it, or remove it to use the preset."
)
UNKNOWN_KEY = rule(
    "policy_unknown_key",
    "set_aside",
    '“{value}” is no setting. Choose a preset with policy = "mas"; the page Definitions lists the settings{near}.',
)
BAD_VALUE = rule("policy_bad_value", "set_aside", "“{column}” cannot be {value}; expected {expected}.")


@dataclass(frozen=True)
class CyclePolicy:
    """When the fiscal year starts."""

    first_month: int


@dataclass(frozen=True)
class ScorePolicy:
    """Which score counts, and what a missing one means."""

    source: ScoreSource
    missing_key_result: Literal["skip", "zero"]


@dataclass(frozen=True)
class Bands:
    """The lower bounds of the bands 优, 良, 中, 可; what lies below is 差."""

    excellent: float
    good: float
    medium: float
    fair: float


@dataclass(frozen=True)
class SweetSpot:
    """The best range, both ends included."""

    low: float
    high: float


@dataclass(frozen=True)
class Thresholds:
    """From where on a score is too high, and below which it is too low or to be reconsidered."""

    too_high: float
    too_low: float
    reconsider: float


@dataclass(frozen=True)
class Attained:
    """The score from which an objective counts as attained."""

    committed: float
    other: float


@dataclass(frozen=True)
class ChallengePolicy:
    """The limits of the challenge figures."""

    ceiling: float
    smallest_team: int
    q_value: float
    margin: float
    posterior_margin: float
    posterior: float
    coverage: float
    window: int
    early_share: float
    early_progress: float
    confidence: float
    confidences: int
    deviation: float


@dataclass(frozen=True)
class RhythmPolicy:
    """The calendar of a cycle in days, from which fall of confidence on to ask why, and which compliance is regular."""

    set_by_day: int
    aligned_by_day: int
    reviewed_within_days: int
    stale_after_days: int
    confidence_fall: float
    regular_share: float


@dataclass(frozen=True)
class RulesPolicy:
    """How many, how long, from whom, and how goals may change once they are agreed."""

    most_objectives: int
    most_key_results: int
    fewest_objectives: int
    fewest_key_results: int
    bottom_up_share: float
    shortest_title: int
    shortest_title_chinese: int
    changed_goals: Literal["by_cycle", "approved", "free"]


@dataclass(frozen=True)
class Policy:
    """One policy in force: its sections, and the source of each value as `section.key`."""

    name: str
    cycle: CyclePolicy
    score: ScorePolicy
    bands: Bands
    sweet_spot: SweetSpot
    threshold: Thresholds
    attained: Attained
    challenge: ChallengePolicy
    rhythm: RhythmPolicy
    rules: RulesPolicy
    sources: dict[str, str] = field(default_factory=dict, compare=False)

    def with_score_source(self, source: ScoreSource) -> "Policy":
        """The same policy under another `score.source`."""
        return replace(self, score=replace(self.score, source=source))

    def values(self) -> dict[str, Any]:
        """Every value by `section.key`, in the order of the preset."""
        return {key: getattr(getattr(self, key.split(".")[0]), key.split(".")[1]) for key in self.sources}


SECTIONS = {
    "cycle": CyclePolicy, "score": ScorePolicy, "bands": Bands, "sweet_spot": SweetSpot, "threshold": Thresholds,
    "attained": Attained, "challenge": ChallengePolicy, "rhythm": RhythmPolicy, "rules": RulesPolicy,
}  # fmt: skip


def load(preset: str | None = None, *, overrides: Path | None = None) -> Policy:
    """The preset (by default the one the overriding file names, else `guide`) with the file's values on top.

    The file holds `policy = "mas"` and sections as in the presets, each value plain or with its source.
    Raises `InputError` naming file and key for a file that is no TOML, an unknown key or an impossible value.
    """
    stated = _read(overrides) if overrides and overrides.is_file() else {}
    name = preset or str(stated.pop("policy", "guide"))
    stated.pop("policy", None)
    if name not in PRESETS:
        raise InputError(_bad_value(overrides, "policy", name, " | ".join(PRESETS)))
    values = _flat(_read(POLICIES / "guide.toml"))
    for path, layer in ((POLICIES / f"{name}.toml", _read(POLICIES / f"{name}.toml")), (overrides, stated)):
        values |= _checked(_flat(layer), known=values, path=path)
    return _policy(name, values, overrides)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(Problem(UNREADABLE, str(path), details={"reason": str(error)})) from error


def _flat(layer: dict[str, Any]) -> dict[str, tuple[Any, str]]:
    """Values and their sources by `section.key`; a plain value is the organisation's own."""
    flat: dict[str, tuple[Any, str]] = {}
    for section, entries in layer.items():
        for key, entry in entries.items() if isinstance(entries, dict) else [("", entries)]:
            stated = entry if isinstance(entry, dict) else {"value": entry}
            flat[f"{section}.{key}".rstrip(".")] = (stated.get("value"), stated.get("source", OWN_SOURCE))
    return flat


def _checked(
    layer: dict[str, tuple[Any, str]], *, known: dict[str, tuple[Any, str]], path: Path | None
) -> dict[str, tuple[Any, str]]:
    for key, (value, _) in layer.items():
        if key not in known:
            close = difflib.get_close_matches(key, known, n=2, cutoff=0.6)
            near = f": {', '.join(close)} …" if close else ""
            raise InputError(Problem(UNKNOWN_KEY, str(path), value=key, details={"near": near}))
        if not _fits(key, value, known[key][0]):
            raise InputError(_bad_value(path, key, value, _expected(key, known[key][0])))
    return layer


def _fits(key: str, value: Any, preset: Any) -> bool:
    if key in CHOICES:
        return value in CHOICES[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        return False
    if isinstance(preset, int):
        return isinstance(value, int) and (key != "cycle.first_month" or 1 <= value <= 12)
    return value <= 1


def _expected(key: str, preset: Any) -> str:
    if key in CHOICES:
        return " | ".join(CHOICES[key])
    return "1–12" if key == "cycle.first_month" else "0, 1, 2 …" if isinstance(preset, int) else "0–1"


def _bad_value(path: Path | None, key: str, value: Any, expected: str) -> Problem:
    return Problem(BAD_VALUE, str(path or "--policy"), column=key, value=repr(value), details={"expected": expected})


def _policy(name: str, values: dict[str, tuple[Any, str]], path: Path | None) -> Policy:
    sections = {
        section: kind(**{entry.name: values[f"{section}.{entry.name}"][0] for entry in fields(kind)})
        for section, kind in SECTIONS.items()
    }
    policy = Policy(name=name, sources={key: source for key, (_, source) in values.items()}, **sections)
    _ordered(path, {"bands.fair": policy.bands.fair, "bands.medium": policy.bands.medium,
                    "bands.good": policy.bands.good, "bands.excellent": policy.bands.excellent})  # fmt: skip
    _ordered(path, {"sweet_spot.low": policy.sweet_spot.low, "sweet_spot.high": policy.sweet_spot.high})
    return policy


def _ordered(path: Path | None, rising: dict[str, float]) -> None:
    for below, above in itertools.pairwise(rising):
        if rising[below] > rising[above]:
            raise InputError(_bad_value(path, above, rising[above], f"≥ {below} = {rising[below]}"))
