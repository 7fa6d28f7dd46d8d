"""Two cycles side by side: teams with all below, everything, and like for like (同口径)."""

from collections.abc import Sequence

import pandas as pd

from pipelines.metrics.completion import completion, like_for_like
from pipelines.metrics.grouping import counted
from pipelines.policy import Policy

ALL = "(all)"
LIKE_FOR_LIKE = "(like for like)"
FIGURES = ("objectives", "scored", "completion_rate")

EXACT = 12
"""Decimals kept of a difference, so that two equal means differ by nothing at all."""


def compare(a: pd.DataFrame, b: pd.DataFrame, teams: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    """Average completion of two cycles, per team with all below, in all, and over the teams scored in both.

    In: the `objective_result` rows of each cycle, as of the end or of the same day of each; `team`. Out: team,
    a_objectives, a_scored, a_completion_rate, b_…, change (b − a, missing where either is), teams by path, then
    `(all)` and `(like for like)`. Objectives without a team count in `(all)` only. No rows where neither cycle has
    a counted objective.
    """
    if counted(a).empty and counted(b).empty:
        return pd.DataFrame(columns=COLUMNS)
    per_team = _beside(_own_team(a), _own_team(b), teams, by=("team",), policy=policy)
    everything = _beside(a, b, teams, by=(), policy=policy).assign(team=ALL)
    alike = _beside(*like_for_like(a, b), teams, by=(), policy=policy).assign(team=LIKE_FOR_LIKE)
    return pd.concat([per_team, everything, alike], ignore_index=True)[COLUMNS]


COLUMNS = ["team", *(f"{side}_{name}" for side in "ab" for name in FIGURES), "change"]


def _beside(
    a: pd.DataFrame, b: pd.DataFrame, teams: pd.DataFrame, *, by: Sequence[str], policy: Policy
) -> pd.DataFrame:
    sides = {side: completion(rows, teams, by=by, policy=policy, sides=False) for side, rows in (("a", a), ("b", b))}
    frames = [_prefixed(table, side, by) for side, table in sides.items()]
    table = pd.concat(frames, axis=1, sort=True).rename_axis("team").reset_index()
    whole = [f"{side}_{name}" for side in "ab" for name in ("objectives", "scored")]
    table[whole] = table[whole].fillna(0).astype("int64")
    return table.assign(change=(table["b_completion_rate"] - table["a_completion_rate"]).round(EXACT))


def _prefixed(table: pd.DataFrame, side: str, by: Sequence[str]) -> pd.DataFrame:
    """The figures of one side by team, or one row of them; none counted is a row of nothing."""
    rows = table.set_index("team") if by else table.reindex(range(1))
    return rows[list(FIGURES)].astype("float64").add_prefix(f"{side}_")


def _own_team(results: pd.DataFrame) -> pd.DataFrame:
    return results[results["team_id"].notna()]
