"""Execution or goal? (执行不到位 / 目标不合理): a team's average completion held against its rhythm."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from pipelines.history import History
from pipelines.metrics.attention import attention
from pipelines.metrics.completion import completion
from pipelines.metrics.rhythm import rhythm_of, with_rhythm
from pipelines.metrics.scores import DECIMALS
from pipelines.policy import Policy

QUADRANTS = ("on_course", "unsteady", "goal", "execution")
"""Score and rhythm good; the score alone; the rhythm alone, which points to the goal; neither: to the execution."""
SIDES = ("own", "with_below")


def execution_or_goal(
    results: pd.DataFrame, history: History, *, policy: Policy, today: date, as_of: date | None = None
) -> pd.DataFrame:
    """Completion and check-in compliance side by side, per team and side.

    In: the `objective_result` rows to count, those of cycles ended by the day take part; the tables team, objective,
    key_result, check_in. Out: team (path), side (`own`: the team's own goals that are not individual; `with_below`: all
    of it and of the teams below), objectives, scored, completion_rate (mean score), key_results, check_in_compliance
    (both 0–1; missing where there is none), quadrant (one of `QUADRANTS`; missing where either is). Low is below
    `threshold.reconsider`, regular from `rhythm.regular_share` on. Low score with good rhythm points to the goal, with
    poor rhythm to execution. Source: S3.
    """
    followed = attention(results, history, policy=policy, today=today, as_of=as_of)
    rows = with_rhythm(results, history.objective, followed, policy=policy, as_of=as_of)
    return execution_of(rows, history.team, policy=policy, day=as_of or today)


def execution_of(
    rows: pd.DataFrame, teams: pd.DataFrame, *, policy: Policy, day: date, asked: Sequence[str] = SIDES
) -> pd.DataFrame:
    """`execution_or_goal` from objectives `with_rhythm`, of the sides asked for."""
    rows = rows[rows["ends_on"] <= pd.Timestamp(day)]
    own = rows[rows["team_id"].notna() & (rows["level"] != "individual")]
    # Each team on its own: in a tree without parents none holds another's goals.
    apart = teams.assign(parent_team_id=pd.Series(pd.NA, teams.index, dtype="str"))
    sides = {"own": (own, apart), "with_below": (rows, teams)}
    tables = [_beside(*sides[side], policy=policy).assign(side=side) for side in asked]
    columns = ["team", "side", "objectives", "scored", "completion_rate", "key_results", "check_in_compliance"]
    table = pd.concat(tables, ignore_index=True)[columns]
    return table.assign(quadrant=quadrants(table, policy=policy))


def quadrants(table: pd.DataFrame, *, policy: Policy) -> "pd.Series[str]":
    """Which of `QUADRANTS` each row's completion_rate and check_in_compliance lie in; missing where either is."""
    score, regular = (table[name].round(DECIMALS) for name in ("completion_rate", "check_in_compliance"))
    low, steady = score < policy.threshold.reconsider, regular >= policy.rhythm.regular_share
    names = {(False, True): "on_course", (False, False): "unsteady", (True, True): "goal", (True, False): "execution"}
    told = [names[pair] for pair in zip(low, steady, strict=True)]
    return pd.Series(told, table.index, dtype="str").where(score.notna() & regular.notna())


def _beside(rows: pd.DataFrame, teams: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    followed = rhythm_of(rows, teams, by=["team"])[["team", "key_results", "check_in_compliance"]]
    scores = completion(rows.drop(columns="key_results"), teams, by=["team"], policy=policy, sides=False)
    return scores.merge(followed, on="team", how="left")
