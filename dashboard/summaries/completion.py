"""Words and rows of the page Completion."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from dashboard.sentences import toward
from dashboard.visit import Visit
from dashboard.wording import AMBITIONS
from pipelines.metrics.movement import distance
from pipelines.wording import mark

APART = 0.03
MOST_MOVERS = 12
SIDES = {"committed": mark("committed"), "other": mark("not committed")}


@dataclass(frozen=True)
class Card:
    """One figure at the top: label, value, change, its direction, and the change of distance to where it should be."""

    label: str
    value: str
    change: str | None
    arrow: Literal["up", "down", "off"]
    toward: float


def card(visit: Visit, label: str, rows: pd.DataFrame, changes: pd.DataFrame, *, side: str, quarter: str) -> Card:
    """The average completion of a quarter with its change like for like; side `all` has no better direction."""
    rate = _value(rows, "completion_rate", quarter)
    change = _value(changes, "same_change", quarter)
    words = None if pd.isna(change) else visit.words.points(change)
    points = 0 if pd.isna(change) else round(100 * change)
    arrow: Literal["up", "down", "off"] = "up" if points > 0 else "down" if points < 0 else "off"
    ends = pd.Series([rate - change, rate])
    nearer = 0.0 if side == "all" else float(distance(ends, side=side, policy=visit.policy).diff().iloc[-1])
    return Card(label, visit.words.percent(rate), words, arrow, 0.0 if pd.isna(nearer) else nearer)


def trend_title(visit: Visit, rows: pd.DataFrame, side: str) -> str:
    """Where the committed goals, or the others, ended in the last quarter shown."""
    words, last = visit.words, rows.iloc[-1]
    rate, (low, high) = last["completion_rate"], visit.sweet_spot()
    bounds = (1.0, 1.0) if side == "committed" else (low, high)
    named = {"quarter": last["quarter"], "rate": words.percent(rate, *bounds)}
    if pd.isna(rate):
        return words.say("No goal of {quarter} has a score yet", quarter=last["quarter"])
    if side == "committed":
        return words.say("Committed goals, due at 100%, ended {quarter} at {rate}", **named)
    if rate > high:
        return words.say("Goals not committed ended {quarter} at {rate}, above the sweet spot", **named)
    if rate < low:
        return words.say("Goals not committed ended {quarter} at {rate}, below the sweet spot", **named)
    return words.say("Goals not committed ended {quarter} at {rate}, within the sweet spot", **named)


def cells_title(visit: Visit, cells: pd.DataFrame, quarter: str) -> str:
    """How many teams ended the quarter within, above and below the sweet spot."""
    low, high = visit.sweet_spot()
    rates = cells.loc[(cells["quarter"] == quarter) & ~cells["committed_only"], "completion_rate"].dropna().round(6)
    if rates.empty:
        return visit.words.say("{quarter}: committed goals only, which are due at 100%", quarter=quarter)
    return visit.words.say(
        "Teams in {quarter}: {within} within the sweet spot, {above} above, {below} below",
        quarter=quarter,
        within=int(rates.between(low, high).sum()),
        above=int((rates > high).sum()),
        below=int((rates < low).sum()),
    )


def cells_note(visit: Visit) -> str:
    """What the colours of the heat map mean."""
    low, high = (visit.words.percent(end) for end in visit.sweet_spot())
    return visit.words.say(
        "Average completion in percent of goals not committed, each team with all below it. Green: {low} to {high}; "
        "orange: above; blue: below; grey: committed goals only, due at 100%.",
        low=low, high=high,
    )  # fmt: skip


def changes_title(visit: Visit, changes: pd.DataFrame) -> str:
    """The quarter in which the average and the same teams' average moved apart the most, if any did."""
    words = visit.words
    apart = (changes["change"] - changes["same_change"]).abs()
    if apart.isna().all() or apart.max() < APART:
        return words.say("From quarter to quarter, the average moved as the same teams did")
    row = changes.iloc[int(apart.argmax())]
    return words.say(
        "In {quarter} the average moved by {change}, over the same teams by {same_change}",
        quarter=row["quarter"], change=words.points(row["change"]), same_change=words.points(row["same_change"]),
    )  # fmt: skip


def team_rows(by_team: pd.DataFrame, span: list[str], before: str | None, quarter: str) -> pd.DataFrame:
    """One row per team with goals in the quarter: team, rate, change (both in percent), trend, objectives, missing.

    The trend runs over the quarters in `span`; without a quarter before there is no change.
    """
    known = by_team[by_team["quarter"].isin(span)].dropna(subset=["completion_rate"]).sort_values("quarter")
    lines = {path: list(rates) for path, rates in known.groupby("path")["completion_rate"]}
    earlier = by_team[by_team["quarter"] == before].set_index("path")["completion_rate"]
    now = by_team[by_team["quarter"] == quarter]
    columns = {
        "team": now["team"],
        "rate": (100 * now["completion_rate"]).round(),
        "change": (100 * (now["completion_rate"] - now["path"].map(earlier).astype("float64"))).round(),
        "trend": [lines.get(path, []) for path in now["path"]],
        "objectives": now["objectives"],
        "missing": now["missing"],
    }
    return pd.DataFrame(columns).drop(columns=[] if before else "change")


def mover_rows(visit: Visit, movers: pd.DataFrame) -> pd.DataFrame:
    """The largest movements: team, goals, before, now, change (in percent), direction in words, toward, scored."""
    rows = movers[movers["change"].abs() >= 0.005].head(MOST_MOVERS)
    return pd.DataFrame(
        {
            "team": rows["team"],
            "goals": [visit.words.say(SIDES[side]) for side in rows["side"]],
            "before": (100 * rows["before_rate"]).round(),
            "now": (100 * rows["now_rate"]).round(),
            "change": (100 * rows["change"]).round(),
            "direction": [toward(visit.words, change) for change in rows["toward"]],
            "toward": rows["toward"],
            "scored": rows["now_scored"],
        }
    )


def movers_title(visit: Visit, movers: pd.DataFrame, before: str, now: str) -> str:
    """How many of the movements listed led nearer to where the goals should be, and how many further away."""
    return visit.words.say(
        "Largest movements from {before} to {now}: {nearer} nearer to where the goals should be, {further} further",
        before=before,
        now=now,
        nearer=int((movers["toward"] <= -0.005).sum()),
        further=int((movers["toward"] >= 0.005).sum()),
    )


def bins_title(visit: Visit, quarter: str) -> str:
    """What score bins show."""
    return visit.words.say("How the scores of {quarter} lie within each team", quarter=quarter)


def bins_note(visit: Visit) -> str:
    """How the rows of score bins read."""
    low, high = (visit.words.percent(end) for end in visit.sweet_spot())
    return visit.words.say(
        "Each team's own goals: the deeper the colour, the larger the share of them. Between the green lines: {low} to "
        "{high}, where goals not committed should end.",
        low=low, high=high,
    )  # fmt: skip


def low_title(visit: Visit) -> str:
    """What low goals are for."""
    return visit.words.say(
        "Goals below {limit}: no failure, but a way to see what was hard and what did not matter",
        limit=visit.words.percent(visit.policy.threshold.too_low),
    )


def low_rows(visit: Visit, goals: pd.DataFrame) -> pd.DataFrame:
    """The low goals: title, team, ambition, score (as text), week by week, and in how many weeks they moved."""
    words, limit = visit.words, visit.policy.threshold.too_low
    moved = [
        words.say("{moving} of {of} weeks", moving=int(moving), of=int(of)) if of == of else "–"  # noqa: PLR0124
        for moving, of in zip(goals["moving"], goals["of"], strict=True)
    ]
    return pd.DataFrame(
        {
            "title": goals["title"],
            "team": goals["team"].fillna("–"),
            "ambition": [words.say(AMBITIONS[ambition]) for ambition in goals["ambition"]],
            "score": [words.percent(score, low=limit) for score in goals["score"]],
            "weeks": goals["weeks"],
            "moved": moved,
        }
    )


def _value(rows: pd.DataFrame, column: str, quarter: str) -> float:
    found = rows.loc[rows["quarter"] == quarter, column]
    return float(found.iloc[0]) if len(found) else float("nan")
