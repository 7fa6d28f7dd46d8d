"""Policy: the numbers and rules in which organisations differ, each with its source."""

import difflib
import tomllib
from collections.abc import Set
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from pipelines.policy_limits import CHOICES, contradiction, expected
from pipelines.problems import InputError, Problem, rule
from pipelines.wording import mark

__all__ = ["CHOICES", "PRESETS", "Policy", "changed", "load"]

PRESETS = ("guide", "mas", "google")
POLICIES = Path(__file__).parent / "policies"
OWN_FILE = "policy.toml"
ScoreSource = Literal["latest", "final", "computed"]
OWN_SOURCE = mark("your own policy file")
WITH_SOURCE = {"value", "source"}
Stated = tuple[Any, str]

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
    Raises `InputError` naming file and key for a file that is no TOML, an unknown key, a value of the wrong kind or
    out of range, or values that contradict each other.
    """
    stated = _read(overrides) if overrides and overrides.is_file() else {}
    named = stated.pop("policy", "guide")
    name = named if preset is None else preset
    if name not in PRESETS:
        raise InputError(_bad_value(overrides, "policy", name, " | ".join(PRESETS)))
    values = _flat(_read(POLICIES / "guide.toml"))
    for path, layer in ((POLICIES / f"{name}.toml", _read(POLICIES / f"{name}.toml")), (overrides, stated)):
        values |= _checked(_flat(layer), known=values, path=path)
    _check_orders(values, own=_flat(stated).keys(), path=overrides)
    sections = {
        section: kind(**{entry.name: values[f"{section}.{entry.name}"][0] for entry in fields(kind)})
        for section, kind in SECTIONS.items()
    }
    return Policy(name=str(name), sources={key: source for key, (_, source) in values.items()}, **sections)


def changed(policy: Policy) -> dict[str, Any]:
    """The values of the policy's preset by `section.key`, where the policy in force has another value."""
    preset, in_force = load(policy.name).values(), policy.values()
    return {key: value for key, value in preset.items() if in_force[key] != value}


def in_force(data_dir: Path, preset: str | None = None) -> Policy:
    """The policy of the data in a folder: the preset with the folder's `policy.toml` on top; raises as `load`."""
    return load(preset, overrides=data_dir / OWN_FILE)


def _read(path: Path) -> dict[str, Any]:
    try:
        # Editors on Windows put a mark before the first character, which TOML does not know.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError(Problem(UNREADABLE, str(path), details={"reason": str(error)})) from error


def _flat(layer: dict[str, Any]) -> dict[str, Stated]:
    """Values and their sources by `section.key`; a plain value is the organisation's own."""
    flat: dict[str, Stated] = {}
    for section, entries in layer.items():
        if not isinstance(entries, dict) or (not entries and section not in SECTIONS):
            flat[section] = (entries, OWN_SOURCE)
            continue
        for key, entry in entries.items():
            stated = entry if isinstance(entry, dict) else {"value": entry}
            flat[f"{section}.{key}"] = (stated.get("value"), stated.get("source", OWN_SOURCE))
            # What stands beside value and source is no setting, and is refused as one.
            flat |= {f"{section}.{key}.{more}": (stated[more], OWN_SOURCE) for more in stated.keys() - WITH_SOURCE}
    return flat


def _checked(layer: dict[str, Stated], *, known: dict[str, Stated], path: Path | None) -> dict[str, Stated]:
    for key, (value, source) in layer.items():
        if key not in known:
            raise InputError(Problem(UNKNOWN_KEY, str(path), value=key, details={"near": _near(key, known)}))
        wanted = expected(key, value, preset=known[key][0])
        if wanted:
            raise InputError(_bad_value(path, key, value, wanted))
        if not isinstance(source, str) or not source.strip():
            raise InputError(_bad_value(path, f"{key}.source", source, '"…"'))
    return layer


def _near(key: str, known: dict[str, Stated]) -> str:
    """The settings of that very name in another section, else those spelled alike."""
    last = key.rpartition(".")[2]
    same = [name for name in known if name.endswith(f".{last}")]
    close = same or difflib.get_close_matches(key, [*known, *SECTIONS], n=2, cutoff=0.6)
    return f": {', '.join(close)} …" if close else ""


def _check_orders(values: dict[str, Stated], *, own: Set[str], path: Path | None) -> None:
    plain = {key: value for key, (value, _) in values.items()}
    found = contradiction(plain, own=own)
    if found:
        key, wanted = found
        raise InputError(_bad_value(path, key, plain[key], wanted))


def _bad_value(path: Path | None, key: str, value: Any, wanted: str) -> Problem:
    return Problem(BAD_VALUE, str(path or "--policy"), column=key, value=repr(value), details={"expected": wanted})
