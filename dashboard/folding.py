"""Goals of a tree counted together where there are too many to draw."""

import pandas as pd

MOST_NODES = 600


def folded(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a `goal_tree` to draw; too many are counted together, level by level from below.

    Out: its columns; weight, how many goals each row stands for; together, whether it is such a count.
    """
    rows = frame.assign(weight=1, together=False)
    for level in ("individual", "team", "department"):
        leaves = (rows["level"] == level) & ~rows["objective_id"].isin(rows["under"])
        if len(rows) > MOST_NODES and leaves.any():
            rows = pd.concat([rows[~leaves], _together(rows[leaves])], ignore_index=True)
    for level in ("team", "department"):
        rows = _closed(rows, level) if len(rows) > MOST_NODES else rows
    return rows


def _closed(rows: pd.DataFrame, level: str) -> pd.DataFrame:
    """Goals of the level with nothing below them but what is counted together are counted together with all that."""
    closed = (rows["level"] == level) & ~rows["together"]
    closed &= ~rows["objective_id"].isin(rows.loc[~rows["together"], "under"])
    below = rows["together"] & rows["under"].isin(rows.loc[closed, "objective_id"])
    parts = rows[closed | below].assign(top=rows["under"].where(below, rows["objective_id"]))
    known = parts["weight"].where(parts["away"].notna(), 0)
    sums = parts.assign(far=parts["away"] * known, known=known).groupby("top")[["weight", "far", "known"]].sum()
    sums = sums.loc[rows.loc[closed, "objective_id"]]
    goals = rows[closed].assign(weight=sums["weight"].array, away=(sums["far"] / sums["known"]).array)
    return pd.concat([rows[~closed & ~below], _together(goals).assign(level=None)], ignore_index=True)


def _together(leaves: pd.DataFrame) -> pd.DataFrame:
    """One row for all leaves of one team under one goal, with their number and their mean distance."""
    groups = leaves.groupby(["under", "team", "level"], dropna=False)
    sums = groups.agg(weight=("weight", "sum"), away=("away", "mean"))
    first = leaves.assign(number=groups.ngroup()).drop_duplicates("number").sort_values("number", ignore_index=True)
    return first.drop(columns="number").assign(weight=sums["weight"].array, away=sums["away"].array, together=True)
