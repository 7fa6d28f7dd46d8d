"""Goals of a tree counted together where there are too many to draw."""

import pandas as pd

from pipelines.lookup import among

MOST_NODES = 600


def folded(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a `goal_tree` to draw; too many are counted together, level by level from below.

    Out: its columns; weight, how many goals each row stands for; together, whether it is such a count.
    """
    rows = frame.assign(weight=1, together=False)
    for level in ("individual", "team", "department"):
        leaves = (rows["level"] == level) & ~among(rows["objective_id"], rows["under"])
        if len(rows) > MOST_NODES and leaves.any():
            rows = pd.concat([rows[~leaves], _together(rows[leaves])], ignore_index=True)
    for level in ("team", "department"):
        rows = _closed(rows, level) if len(rows) > MOST_NODES else rows
    return _over_teams(rows) if len(rows) > MOST_NODES else rows


def _closed(rows: pd.DataFrame, level: str) -> pd.DataFrame:
    """Goals of the level with nothing below them but what is counted together are counted together with all that."""
    closed = (rows["level"] == level) & ~rows["together"]
    closed &= ~among(rows["objective_id"], rows.loc[~rows["together"], "under"])
    below = rows["together"] & among(rows["under"], rows.loc[closed, "objective_id"])
    parts = rows[closed | below].assign(top=rows["under"].where(below, rows["objective_id"]))
    sums = _summed(parts, ["top"]).loc[rows.loc[closed, "objective_id"]]
    goals = rows[closed].assign(weight=sums["weight"].array, away=sums["away"].array)
    return pd.concat([rows[~closed & ~below], _together(goals).assign(level=None)], ignore_index=True)


def _over_teams(rows: pd.DataFrame) -> pd.DataFrame:
    """What is counted under one goal for each of many teams becomes one count, of no team."""
    counts = rows["together"]
    return pd.concat([rows[~counts], _together(rows[counts].assign(team=None))], ignore_index=True)


def _together(leaves: pd.DataFrame) -> pd.DataFrame:
    """One row for all leaves of one team under one goal, with their number and their mean distance."""
    keys = ["under", "team", "level"]
    sums, numbers = _summed(leaves, keys), leaves.groupby(keys, dropna=False).ngroup()
    first = leaves.assign(number=numbers).drop_duplicates("number").sort_values("number", ignore_index=True)
    return first.drop(columns="number").assign(weight=sums["weight"].array, away=sums["away"].array, together=True)


def _summed(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """How many goals each group stands for, and the mean distance of those with a score."""
    known = rows["weight"].where(rows["away"].notna(), 0)
    groups = rows.assign(far=rows["away"] * known, known=known).groupby(keys, dropna=False)
    sums = groups[["weight", "far", "known"]].sum()
    return sums.assign(away=sums["far"] / sums["known"])
