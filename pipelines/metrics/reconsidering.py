"""The other end: goals that ended low, and key results done while the objective is not. No failure, but a question."""

from collections.abc import Sequence

import pandas as pd

from pipelines.metrics.challenge_teams import taking_part
from pipelines.metrics.grouping import share, summed
from pipelines.metrics.scores import DECIMALS
from pipelines.policy import Policy

ABOUT = ["objective_id", "team", "cycle", "title", "ambition", "score"]
LOW = ["reconsider", "too_low"]
CHANGE, GO_ON = "change", "go_on"


def low_whole(results: pd.DataFrame, teams: pd.DataFrame, *, by: Sequence[str] = (), policy: Policy) -> pd.DataFrame:
    """How many goals ended below the two thresholds, per group.

    In: `objective_result`, `team`; keys as elsewhere. Out: the keys, then objectives (scored, with enough of their
    weight scored), reconsider (below 0.60, 可 or below) and too_low (those of them below 0.40), each with its share of
    the objectives. Committed goals count too. Source: S1.
    """
    return low_of(ended_low(results, policy=policy), teams, by=by)


def low_of(rows: pd.DataFrame, teams: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """`low_whole` from the rows of `ended_low` that are asked for, or from their sums."""
    table = summed(rows, teams, by=by, sums=LOW)
    for name in LOW:
        table[f"{name}_rate"] = share(table[name], table["objectives"])
    return table[[*by, "objectives", "reconsider", "reconsider_rate", "too_low", "too_low_rate"]]


def low_goals(results: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    """The objectives below 0.60, lowest first, then by cycle and id, with the question each gives rise to.

    In: `objective_result`. Out: objective_id, team, cycle, title, ambition, score, question: `change` (whether to
    change the goal or its key results) from 0.40 on, `go_on` (whether to go on with it) below. An objective without a
    score, or with less than half of its weight scored, is not listed. Source: S1: no failure, but a way to see what
    does not matter.
    """
    rows = ended_low(results, policy=policy)
    rows = rows[rows["reconsider"]]
    rows = rows.assign(question=rows["too_low"].map({True: GO_ON, False: CHANGE}))
    return rows.sort_values(["score", "cycle", "objective_id"], ignore_index=True)[[*ABOUT, "question"]]


def done_without(results: pd.DataFrame, key_results: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    """The objectives all of whose key results are done while the objective itself is not (S1).

    In: `objective_result`, `key_result_result`. Out: objective_id, team, cycle, title, ambition, score, key_results,
    lowest score first, then by cycle and id. Done: a score of 1 for each counted key result, at least one; not done: a
    score below what counts as attained, which the objective can only have where its own was recorded. A missing score
    finds nothing.
    """
    parts = key_results[key_results["counted"]]
    done = (parts["score"].round(DECIMALS) >= 1).groupby(parts["objective_id"]).all()
    rows = taking_part(results, policy=policy)
    bar = rows["ambition"].eq("committed").map({True: policy.attained.committed, False: policy.attained.other})
    short = rows["score"].round(DECIMALS) < bar
    rows = rows[short & rows["objective_id"].isin(done.index[done])]
    return rows.sort_values(["score", "cycle", "objective_id"], ignore_index=True)[[*ABOUT, "key_results"]]


def ended_low(results: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    """The objectives that `low_whole` counts, with a flag for each of its thresholds."""
    rows = taking_part(results, policy=policy).dropna(subset=["score"])
    score = rows["score"].round(DECIMALS)
    low = score < policy.threshold.reconsider
    return rows.assign(reconsider=low, too_low=low & (score < policy.threshold.too_low))
