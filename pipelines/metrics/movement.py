"""Movement from quarter to quarter: over all teams, over the same teams, and team by team."""

import itertools

import pandas as pd

from pipelines.metrics.completion import completion, like_for_like
from pipelines.metrics.grouping import counted
from pipelines.policy import Policy

SIDES = ("committed", "other")


def changes(results: pd.DataFrame, *, quarters: list[str]) -> pd.DataFrame:
    """The change of average completion from each quarter to the next, over all teams and like for like (同口径).

    In: `objective_result`; the quarters in order. Out, one row per quarter but the first: before, quarter, change,
    same_change (differences of mean scores; missing where one side has no score), same_teams (how many teams).
    """
    records = [_change(results, before, quarter) for before, quarter in itertools.pairwise(quarters)]
    columns = ["before", "quarter", "change", "same_change", "same_teams"]
    return pd.DataFrame(records, columns=columns).astype({"change": "float64", "same_change": "float64"})


def movers(results: pd.DataFrame, teams: pd.DataFrame, *, before: str, now: str, policy: Policy) -> pd.DataFrame:
    """How far each team's committed goals and its others moved between two quarters, and whether nearer.

    In: `objective_result`, `team`. Out: team, side (committed, other), before_rate, before_scored, now_rate,
    now_scored, change, toward: change of the distance to where the goals should be, negative is nearer (the sweet
    spot; 1.0 for committed ones). Teams scored in both quarters only; the largest change first. Source: S1.
    """
    sides = [_moved(results, teams, side, (before, now), policy=policy) for side in SIDES]
    rows = pd.concat(sides, ignore_index=True)
    return rows.sort_values("change", key=lambda change: -change.abs(), kind="stable", ignore_index=True)


def distance(rates: "pd.Series[float]", *, side: str, policy: Policy) -> "pd.Series[float]":
    """How far rates lie from where they should: committed goals from 1.0, others from the sweet spot's nearer edge."""
    if side == "committed":
        return 1.0 - rates
    spot = policy.sweet_spot
    return pd.concat([spot.low - rates, rates - spot.high], axis=1).max(axis=1).clip(lower=0).where(rates.notna())


def on_side(results: pd.DataFrame, side: str) -> pd.DataFrame:
    """The committed objectives, or all others; an unknown ambition is with the others."""
    return results[(results["ambition"] == "committed") == (side == "committed")]


def _change(results: pd.DataFrame, before: str, quarter: str) -> dict[str, object]:
    rows = counted(results)
    a, b = (rows[rows["quarter"] == label] for label in (before, quarter))
    same_a, same_b = like_for_like(a, b)
    return {
        "before": before,
        "quarter": quarter,
        "change": b["score"].mean() - a["score"].mean(),
        "same_change": same_b["score"].mean() - same_a["score"].mean(),
        "same_teams": same_b["team_id"].nunique(),
    }


def _moved(
    results: pd.DataFrame, teams: pd.DataFrame, side: str, quarters: tuple[str, str], *, policy: Policy
) -> pd.DataFrame:
    rows = on_side(results, side)
    table = completion(rows[rows["quarter"].isin(quarters)], teams, by=["team", "quarter"], policy=policy)
    known = table.loc[table["scored"] > 0, ["team", "quarter", "completion_rate", "scored"]]
    ends = [
        known[known["quarter"] == quarter]
        .drop(columns="quarter")
        .rename(columns={"completion_rate": f"{name}_rate", "scored": f"{name}_scored"})
        for name, quarter in zip(("before", "now"), quarters, strict=True)
    ]
    both = ends[0].merge(ends[1], on="team")
    now, before = (distance(both[f"{name}_rate"], side=side, policy=policy) for name in ("now", "before"))
    return both.assign(side=side, change=both["now_rate"] - both["before_rate"], toward=(now - before).round(6))
