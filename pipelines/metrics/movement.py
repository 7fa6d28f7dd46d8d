"""Movement from quarter to quarter: over all teams, over the same teams, and team by team."""

import itertools

import pandas as pd

from pipelines.metrics.completion import completion
from pipelines.metrics.grouping import counted
from pipelines.policy import Policy

SIDES = ("committed", "other")


def changes(results: pd.DataFrame, *, quarters: list[str]) -> pd.DataFrame:
    """The change of average completion from each quarter to the next, over all teams and like for like (同口径).

    In: `objective_result`, or what `added_up` makes of it; the quarters in order. Out, one row per quarter but the
    first: before, quarter, change, same_change (differences of mean scores; missing where one side has no score),
    same_teams (how many teams).
    """
    rows = counted(results)
    if "points" not in rows:
        rows = rows.assign(points=rows["score"].fillna(0.0), scored=rows["score"].notna().astype("int64"))
    sums = pd.DataFrame(
        rows.groupby(["team_id", "quarter"], dropna=False)[["points", "scored"]].sum().unstack("quarter")
    )
    wanted = pd.MultiIndex.from_product([["points", "scored"], quarters], names=[None, "quarter"])
    sums = sums.reindex(columns=wanted).fillna(0)
    records = [_change(sums, before, quarter) for before, quarter in itertools.pairwise(quarters)]
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


def _change(sums: pd.DataFrame, before: str, quarter: str) -> dict[str, object]:
    """Of the sums of points and scored, by team and quarter: the change over all teams and over those in both."""
    points, scored = (pd.DataFrame(sums[name]) for name in ("points", "scored"))
    both = (scored[before] > 0) & (scored[quarter] > 0) & pd.Series(sums.index.notna(), sums.index)
    ends = {label: _mean(points[label], scored[label]) for label in (before, quarter)}
    same = {label: _mean(points.loc[both, label], scored.loc[both, label]) for label in (before, quarter)}
    return {
        "before": before,
        "quarter": quarter,
        "change": ends[quarter] - ends[before],
        "same_change": same[quarter] - same[before],
        "same_teams": int(both.sum()),
    }


def _mean(points: "pd.Series[float]", scored: "pd.Series[int]") -> float:
    return float(points.sum() / scored.sum()) if scored.any() else float("nan")


def _moved(
    results: pd.DataFrame, teams: pd.DataFrame, side: str, quarters: tuple[str, str], *, policy: Policy
) -> pd.DataFrame:
    rows = on_side(results, side)
    table = completion(rows[rows["quarter"].isin(quarters)], teams, by=["team", "quarter"], policy=policy,
                       sides=False)  # fmt: skip
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
