"""How complete: average completion (平均完成度), attained (达成率), own level against below (本级 / 下级)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.metrics.grouping import counted, groups_of, share, summed
from pipelines.metrics.scores import DECIMALS
from pipelines.policy import Policy

FIGURES = ["objectives", "scored", "missing", "completion_rate", "attained", "attained_rate"]
SIDES = [f"{side}_{name}" for side in ("own", "below") for name in ("objectives", "scored", "completion_rate")]
ADDED = ("objectives", "scored", "points")
APART = ["team_id", "team", "executive", "quarter", "level", "ambition", "counted"]
GROUPED_BY = [*APART, "cycle", "year"]
NARROW = 0.05
"""Just under the sweet spot's upper end, where scores may be aimed at it."""


def completion(
    results: pd.DataFrame, teams: pd.DataFrame, *, by: Sequence[str] = (), policy: Policy, sides: bool = True
) -> pd.DataFrame:
    """Average completion and the share attained, per group.

    In: `objective_result`, or what `added_up` makes of it; `team`. Out: the keys, then objectives, scored, missing,
    completion_rate (mean score of the scored ones, 0–1), attained, attained_rate (attained / scored); by team also
    own_… (the team's own objectives that are not individual) and below_… (all others of it and of the teams below).
    Objectives without a score count as missing, never as 0. Without `sides`, own_… and below_… are left out. Source:
    S1.
    """
    apart = sides and "team" in by
    rows = results if "points" in results else _measured(results, policy)
    sums = ["scored", "points", "attained"]
    if apart:
        rows = _with_parts(rows)
        sums += [f"{part}_{name}" for part in ("level", "individual") for name in ADDED]
    table = summed(rows, teams, by=by, sums=sums, own=_with_sides if apart else None)
    table = table.assign(
        missing=table["objectives"] - table["scored"],
        completion_rate=share(table["points"], table["scored"]),
        attained_rate=share(table["attained"], table["scored"]),
    )
    if not apart:
        return table[[*by, *FIGURES]]
    rates = {
        f"{side}_completion_rate": share(table[f"{side}_points"], table[f"{side}_scored"]) for side in ("own", "below")
    }
    return table.assign(**rates)[[*by, *FIGURES, *SIDES]]


def added_up(results: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    """The objectives added up as far as figures of completion tell them apart: few rows for a large company.

    In: `objective_result`. Out: one row per team_id, team, executive, quarter, level, ambition and counted, with
    objectives, scored, points (the sum of scores), attained, and near_edge (scored just under the sweet spot's end).
    Objectives in no quarter are left out.
    """
    known, edge = results.dropna(subset=["quarter"]), policy.sweet_spot.high
    # Of the same rows: a frame without any would take on those of a longer column.
    rows = _measured(known, policy).assign(near_edge=known["score"].between(edge - NARROW, edge, inclusive="left"))
    return added_apart(rows, ["scored", "points", "attained", "near_edge"])


def added_apart(rows: pd.DataFrame, sums: Sequence[str]) -> pd.DataFrame:
    """Objectives added up by all that selections tell apart: `APART`, then objectives and the sum of each column."""
    rows = rows if "objectives" in rows else rows.assign(objectives=1)
    return groups_of(rows, APART)[["objectives", *sums]].sum().reset_index()


def is_attained(results: pd.DataFrame, *, policy: Policy) -> "pd.Series[bool]":
    """Whether each objective is attained: a committed one at 1.0, others from the policy's share on; not unscored."""
    committed = results["ambition"] == "committed"
    bars = np.where(committed, policy.attained.committed, policy.attained.other)
    return results["score"].round(DECIMALS) >= bars


def teams_scored_in_both(a: pd.DataFrame, b: pd.DataFrame) -> set[str]:
    """The ids of the teams with scored objectives of their own, individual ones included, in both (同口径)."""
    return _teams_scored(a) & _teams_scored(b)


def like_for_like(a: pd.DataFrame, b: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two cycles' objectives, each narrowed to the teams scored in both, so that a rollout moves no average."""
    both = teams_scored_in_both(a, b)
    return a[a["team_id"].isin(both)], b[b["team_id"].isin(both)]


def _teams_scored(results: pd.DataFrame) -> set[str]:
    rows = counted(results)
    return set(rows.loc[rows["score"].notna() & rows["team_id"].notna(), "team_id"])


def _measured(results: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """What adds up of each objective, with what it may be grouped by."""
    rows = results[[name for name in GROUPED_BY if name in results]]
    return rows.assign(
        objectives=1,
        scored=results["score"].notna().astype("int64"),
        points=results["score"].fillna(0.0),
        attained=is_attained(results, policy=policy).astype("int64"),
    )


def _with_parts(rows: pd.DataFrame) -> pd.DataFrame:
    """What adds up apart of individual objectives and of the others, their level's."""
    individual = rows["level"] == "individual"
    parts = {"level": ~individual, "individual": individual}
    return rows.assign(**{f"{part}_{name}": rows[name].where(of, 0) for part, of in parts.items() for name in ADDED})


def _with_sides(wide: pd.DataFrame) -> pd.DataFrame:
    """Own: of the team itself, but for individual objectives; below: all others."""
    sides: dict[str, pd.Series[float]] = {}
    for name in ADDED:
        level = wide[f"level_{name}"]
        below = wide[f"individual_{name}"] + level.mask(wide["is_own"], 0)
        sides |= {f"own_{name}": level.where(wide["is_own"], 0), f"below_{name}": below}
    return wide.assign(**sides)
