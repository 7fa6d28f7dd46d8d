"""Sentences made from the data, whole in each language."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.wording import Wording, plain
from pipelines.metrics.findings import Finding
from pipelines.wording import mark

MOST_NAMED = 3
"""No sentence names more of a kind: those after the first ones are counted."""


def teams(words: Wording, names: Sequence[str]) -> str:
    """The teams in a row; where they are many, the first ones and how many more there are."""
    first, more = _first(words, names)
    if more <= 0:
        return first
    return words.say_plural("{teams} and {count} more team", "{teams} and {count} more teams", more, teams=first)


def listed(words: Wording, names: Sequence[str]) -> str:
    """Names of whatever kind in a row; where they are many, the first ones and how many more there are."""
    first, more = _first(words, names)
    return words.say("{names} and {count} more", names=first, count=more) if more > 0 else first


def _first(words: Wording, names: Sequence[str]) -> tuple[str, int]:
    return words.say(", ").join(map(plain, names[:MOST_NAMED])), len(names) - MOST_NAMED


def basis(words: Wording, *, objectives: int, missing: int, left_out: int = 0) -> str:
    """How many objectives a figure rests on, how many lack a score, how many drafts and cancelled ones stay apart."""
    goals = words.say_plural("{count} objective", "{count} objectives", objectives)
    without = words.say("{count} without a score", count=missing)
    if not left_out:
        return f"{goals} · {without}"
    apart = words.say_plural(
        "{count} draft or cancelled, not counted", "{count} drafts or cancelled, not counted", left_out
    )
    return f"{goals} · {without} · {apart}"


def basis_of(words: Wording, frame: pd.DataFrame, *, left_out: int = 0) -> str:
    """`basis` over the rows of a frame with objectives and missing."""
    sums = frame[["objectives", "missing"]].sum()
    return basis(words, objectives=int(sums["objectives"]), missing=int(sums["missing"]), left_out=left_out)


def headline(words: Wording, *, quarter: str, week: int | None, team: str | None, row: "pd.Series[float]") -> str:
    """The one sentence of the overview: of a closed quarter, or of a week of the running one."""
    own, below = row.get("own_completion_rate"), row.get("below_completion_rate")
    if team is None or own is None or pd.isna(own) or pd.isna(below):
        return _average(words, quarter=quarter, week=week, rate=row.get("completion_rate"))
    named = {"quarter": quarter, "week": week, "team": team, "own": words.percent(own), "below": words.percent(below)}
    gap = words.gap(float(own), float(below))
    if week is None:
        return words.say(
            "In {quarter}, the goals of {team} itself ended at {own} and everything below at {below}: {gap} apart.",
            gap=gap, **named,
        )  # fmt: skip
    return words.say(
        "In week {week} of {quarter}, the goals of {team} itself stand at {own} and everything below at {below}: "
        "{gap} apart.",
        gap=gap, **named,
    )  # fmt: skip


def _average(words: Wording, *, quarter: str, week: int | None, rate: float | None) -> str:
    if rate is None or pd.isna(rate):
        return words.say("In {quarter}, no goal has a score yet.", quarter=quarter)
    if week is None:
        return words.say("In {quarter}, goals ended at {rate} on average.", quarter=quarter, rate=words.percent(rate))
    return words.say(
        "In week {week} of {quarter}, goals stand at {rate} on average.",
        week=week, quarter=quarter, rate=words.percent(rate),
    )  # fmt: skip


def finding(words: Wording, found: Finding, names: dict[str, str]) -> tuple[str, str]:
    """A finding's title and its sentence; names are data and stay without meaning to Markdown."""
    figures = dict(found.figures)
    percents = {name: words.percent(float(value)) for name, value in figures.items() if isinstance(value, float)}
    changes = {f"{name}_points": words.points(float(value)) for name, value in figures.items() if "change" in name}
    team = {"team": plain(names.get(str(figures["team"]), str(figures["team"])))} if "team" in figures else {}
    title, sentence = FINDINGS[found.kind]
    values = {**figures, **percents, **changes, **team}
    return words.say(title, **values), words.say(sentence, **values)


FINDINGS = {
    "near_top": (
        mark("{team}: goals near the top, again and again"),
        mark(
            "{share} of its goals that are not committed ended near excellent, against {expected} over all teams, and "
            "its share was above the others' in {above} of {of} quarters. Worth a question, not a verdict."
        ),
    ),
    "roll_out": (
        mark("{quarter}: who was counted moved the average"),
        mark(
            "The average moved by {change_points}, over the same teams by {same_change_points}: teams that joined or "
            "left made the difference."
        ),
    ),
    "adrift": (
        mark("{team}: ever fewer goals lead to the company's"),
        mark(
            "In {since}, {before} of its goals led up to a goal of the company, in {until} only {now}; within the "
            "branch {inside} are aligned."
        ),
    ),
    "crowded": (
        mark("{team}: scores crowd just under {high}"),
        mark("{count} of its {of} scored goals ended between {low} and {high}. Are they scored, or aimed?"),
    ),
    "furthest": (
        mark("{team}: furthest from the sweet spot"),
        mark("Its goals that are not committed ended at {share} on average."),
    ),
}


def toward(words: Wording, change: float) -> str:
    """A change of distance in words: nearer to or further from where the goals should be."""
    if abs(change) < 0.005:
        return words.say("as far as before")
    return words.say("nearer") if change < 0 else words.say("further")


EVIDENCE = {
    "score_too_high": mark("scored {found}, at or above {against}"),
    "reached_early": mark("stood at {found} on {day} already"),
    "already_met": mark("a key result stood at {found} on {day}, when the cycle began"),
    "always_confident": mark("confidence never below {found}"),
    "below_last_result": mark("target {found_number} after {against_number} was reached last time"),
    "repeated": mark("the same goal {found_number} cycles in a row"),
    "confident_at_start": mark("confidence {found} when first stated, on {day}"),
    "target_eased": mark("target eased on {day}: {against_number} → {found_number}"),
    "target_raised": mark("target raised on {day}: {against_number} → {found_number}"),
    "scored_above_data": mark("scored {found}, the data say {against}"),
    "scored_below_data": mark("scored {found}, the data say {against}"),
}


def evidence(words: Wording, row: dict[Any, Any]) -> str:
    """One piece of evidence with its numbers and its day."""
    found, against, day = row["found"], row["against"], row["found_on"]
    return words.say(
        EVIDENCE[str(row["code"])],
        found=words.percent(found),
        against=words.percent(against),
        found_number=_number(found),
        against_number=_number(against),
        day=words.day(day) if pd.notna(day) else "–",
    )


def _number(value: float) -> str:
    return f"{value:,.6g}" if pd.notna(value) else "–"
