"""Words and rows of the page Pace."""

import pandas as pd

from dashboard.visit import Visit
from dashboard.wording import AMBITIONS
from pipelines.wording import mark

SAME = 0.005
AHEAD = mark("{gap} ahead")
BEHIND = mark("{gap} behind")
LEVEL = mark("even with it")


def headline(visit: Visit, whole: pd.DataFrame, quarter: str) -> str:
    """Where the quarter stands beside the time passed, and between what it may end."""
    words = visit.words
    row = whole.iloc[0]
    named = {"quarter": quarter, "week": visit.week(quarter), "passed": words.percent(row["expected"])}
    if pd.isna(row["computed"]):
        return words.say(
            "In week {week} of {quarter}, goals have used {passed} of their time; none has data yet", **named
        )
    return words.say(
        "In week {week} of {quarter}, goals have used {passed} of their time and stand at {rate} by the data: {beside}",
        rate=words.percent(row["computed"]), beside=_beside(visit, row["gap"], row), **named,
    )  # fmt: skip


def outlook(visit: Visit, whole: pd.DataFrame) -> str:
    """Between what the quarter may end; or why that cannot be told."""
    words, row = visit.words, whole.iloc[0]
    if pd.isna(row["low"]):
        return words.say(
            "Where the quarter may end cannot be told: it takes 30 closed quarters of teams, and all goals of a team, "
            "committed or not, at every level."
        )
    return words.say(
        "If it goes on from this week as eight in ten closed quarters did, it ends between {low} and {high}; the "
        "middle one would end at {middle}.",
        low=words.percent(row["low"]), high=words.percent(row["high"]), middle=words.percent(row["outlook"]),
    )  # fmt: skip


def basis(visit: Visit, whole: pd.DataFrame) -> str:
    """How many goals have data, of how many."""
    sums = whole[["objectives", "scored"]].sum()
    return visit.words.say(
        "{scored} of {objectives} goals have data; recorded scores and reported status words take no part",
        scored=int(sums["scored"]), objectives=int(sums["objectives"]),
    )  # fmt: skip


def teams_title(visit: Visit, teams: pd.DataFrame) -> str:
    """How many teams are behind the time passed."""
    known = teams.dropna(subset=["gap"])
    behind = known[known["gap"] < -SAME]
    return visit.words.say(
        "{behind} of {count} teams stand behind the time passed", behind=len(behind), count=len(known)
    )


def teams_note(visit: Visit) -> str:
    """How to read the chart."""
    return visit.words.say(
        "Dot: progress by the data, orange where it is behind the time passed, which the upright line marks. Pale bar: "
        "where eight in ten closed quarters would end from here. Green: the sweet spot. Goals that end in one jump "
        "stay behind for long; goals of a month end sooner."
    )


def company_title(visit: Visit, goals: pd.DataFrame) -> str:
    """Which share of the company's goals is off pace."""
    known = goals.dropna(subset=["gap"])
    behind = int((known["gap"] < -SAME).sum())
    words = visit.words
    if not len(known):
        return words.say("Company goals: none has data yet")
    return words.say("Company goals: {behind} of {count} behind the time passed", behind=behind, count=len(known))


def rows(visit: Visit, goals: pd.DataFrame) -> pd.DataFrame:
    """Goals as shown: shares in percent, the gap in points, the ambition in words, the address of the goal's page."""
    say = visit.words.say
    points = {"computed": "computed", "expected": "expected", "change": "gap"}
    ambition = [say(AMBITIONS[code]) for code in goals["ambition"]]
    return goals[["title", "team", "cycle"]].assign(
        ambition=ambition, **{shown: (100 * goals[name]).round() for shown, name in points.items()},
        goal=[visit.goal(key) for key in goals["objective_id"]],
    )  # fmt: skip


def _beside(visit: Visit, gap: float, row: "pd.Series[float]") -> str:
    words = visit.words
    if abs(gap) < SAME:
        return words.say(LEVEL)
    size = words.gap(float(row["computed"]), float(row["expected"]))
    return words.say(AHEAD if gap > 0 else BEHIND, gap=size)
