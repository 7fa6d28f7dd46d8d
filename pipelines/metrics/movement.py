"""Movement from quarter to quarter: over all teams, over the same teams, and team by team."""

import itertools
from typing import Any

import numpy as np
import pandas as pd

from pipelines.metrics.completion import completion
from pipelines.policy import Policy

SIDES = ("committed", "other")
SUMS = ["points", "scored", "stated"]
Numbers = np.ndarray[Any, np.dtype[Any]]


def changes(results: pd.DataFrame, *, quarters: list[str]) -> pd.DataFrame:
    """The change of average completion from each quarter to the next, over all teams and like for like (同口径).

    In: `objective_result`, or what `added_up` makes of it; the quarters in order. Out, one row per quarter but the
    first: before, quarter, change, same_change (differences of mean scores; missing where one side has no score),
    same_teams (how many teams).
    """
    return changes_of(sums_by_team(results), quarters=quarters)


def sums_by_team(results: pd.DataFrame) -> pd.DataFrame:
    """What `changes` adds up from: points and scored of each team's own objectives, by quarter.

    In: as `changes`. Out: one row per team_id, columns (points, scored, stated) × quarters in order, 0 where nothing
    counts; stated is how many objectives there are, whether they count or not.
    """
    points, scored = (results[name] for name in ("points", "scored")) if "points" in results else _measured(results)
    rows = results[["team_id", "quarter"]].assign(
        points=points.where(results["counted"], 0), scored=scored.where(results["counted"], 0), stated=1
    )
    sums = rows.groupby(["team_id", "quarter"], dropna=False)[SUMS].sum().unstack("quarter")
    wanted = [SUMS, sorted(results["quarter"].dropna().unique())]
    return pd.DataFrame(sums).reindex(columns=pd.MultiIndex.from_product(wanted, names=[None, "quarter"])).fillna(0)


def known_quarters(sums: pd.DataFrame) -> list[str]:
    """The quarters in which any of the teams of `sums_by_team` has an objective, in order."""
    return [label for (name, label), numbers in _columns(sums).items() if name == "stated" and numbers.any()]


def changes_of(sums: pd.DataFrame, *, quarters: list[str]) -> pd.DataFrame:
    """`changes` from `sums_by_team`; there is none to or from a quarter of which nothing is known."""
    known, nothing = sums.index.notna(), np.zeros(len(sums))
    columns = _columns(sums)
    points, scored = (
        {label: columns.get((name, label), nothing) for label in quarters} for name in ("points", "scored")
    )
    records = []
    for before, quarter in itertools.pairwise(quarters):
        both = (scored[before] > 0) & (scored[quarter] > 0) & known
        ends, same = (
            {label: _mean(points[label][of], scored[label][of]) for label in (before, quarter)}
            for of in (np.ones(len(sums), dtype=bool), both)
        )
        change, same_change = ends[quarter] - ends[before], same[quarter] - same[before]
        records.append((before, quarter, change, same_change, int(both.sum())))
    table = pd.DataFrame(records, columns=["before", "quarter", "change", "same_change", "same_teams"])
    return table.astype({"change": "float64", "same_change": "float64"})


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


def _measured(results: pd.DataFrame) -> tuple["pd.Series[float]", "pd.Series[int]"]:
    return results["score"].fillna(0.0), results["score"].notna().astype("int64")


def _columns(sums: pd.DataFrame) -> dict[Any, Numbers]:
    """The numbers under each name and quarter."""
    return dict(zip(sums.columns.to_flat_index(), sums.to_numpy().T, strict=True))


def _mean(points: Numbers, scored: Numbers) -> float:
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
