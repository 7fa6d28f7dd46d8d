"""What stands below annual goals: the goals of shorter cycles linked to them, and how complete those are."""

import pandas as pd

from pipelines.history import History
from pipelines.metrics.alignment import links
from pipelines.metrics.grouping import counted, groups_of

COLUMNS = ["objective_id", "period", "goals", "scored", "missing", "completion_rate"]


def goals_below(results: pd.DataFrame, history: History) -> pd.DataFrame:
    """`goals_below_of` from the tables alignment, key_result and team."""
    return goals_below_of(results, links(results, history))


def goals_below_of(results: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """By annual objective and quarter: how many goals of shorter cycles serve it directly, and their mean score.

    In: `objective_result` of everything loaded; its `links`. Vertical links
    count, to the objective or one of its key results, each goal once. period: the quarter of the goal, or its cycle
    where that lies in none. completion_rate is missing where none has a score. Source: S3.
    """
    rows = counted(results)
    vertical = known[known["kind"] == "vertical"][["child_id", "parent_id"]].drop_duplicates()
    years = rows.loc[rows["cycle_kind"] == "year", ["objective_id"]].rename(columns={"objective_id": "parent_id"})
    below = rows.loc[rows["cycle_kind"] != "year", ["objective_id", "cycle", "quarter", "starts_on", "score"]]
    pairs = years.merge(vertical, on="parent_id").merge(below, left_on="child_id", right_on="objective_id")
    pairs = pairs.assign(objective_id=pairs["parent_id"], period=pairs["quarter"].fillna(pairs["cycle"]))
    groups = groups_of(pairs, ["objective_id", "period"])
    table = groups["score"].agg(goals="size", scored="count", completion_rate="mean").reset_index()
    table = table.assign(missing=table["goals"] - table["scored"], begins=groups["starts_on"].min().to_numpy())
    return table.sort_values(["objective_id", "begins", "period"], kind="stable", ignore_index=True)[COLUMNS]
