"""How complete: average completion (平均完成度), attained (达成率), own level against below (本级 / 下级)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.metrics.grouping import counted, grouped, groups_of, share
from pipelines.metrics.scores import DECIMALS
from pipelines.policy import Policy


def completion(results: pd.DataFrame, teams: pd.DataFrame, *, by: Sequence[str] = (), policy: Policy) -> pd.DataFrame:
    """Average completion and the share attained, per group.

    In: `objective_result`, `team`. Out: the keys, then objectives, scored, missing, completion_rate (mean score of
    the scored ones, 0–1), attained, attained_rate (attained / scored); by team also own_… (the team's own
    objectives that are not individual) and below_… (all others of it and of the teams below). Objectives without a
    score count as missing, never as 0. Source: S1.
    """
    rows = results.assign(attained=is_attained(results, policy=policy))
    return grouped(rows, teams, by=by, totals=_with_sides if "team" in by else _totals)


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


def _totals(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    table = groups_of(rows, keys).agg(
        objectives=("counted", "size"),
        scored=("score", "count"),
        completion_rate=("score", "mean"),
        attained=("attained", "sum"),
    )
    table.insert(2, "missing", table["objectives"] - table["scored"])
    return table.assign(attained_rate=share(table["attained"], table["scored"]))


def _with_sides(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    own = rows["is_own"] & (rows["level"] != "individual")
    table = _totals(rows, keys)
    for side, flag in (("own", own), ("below", ~own)):
        groups = groups_of(rows.assign(objectives=flag, score=rows["score"].where(flag)), keys)
        table[f"{side}_objectives"] = groups["objectives"].sum()
        table[f"{side}_scored"] = groups["score"].count()
        table[f"{side}_completion_rate"] = groups["score"].mean()
    return table
