"""Branches quarter by quarter: whether their goals lead to the company's, and to their own leadership's."""

import pandas as pd

from pipelines.history import History
from pipelines.metrics.alignment import anchored_within

COUNTS = ["should_align", "anchored", "anchored_within"]
COLUMNS = ["team", "quarter", *COUNTS, "anchored_share", "anchored_within_share"]


def anchoring(results: pd.DataFrame, history: History) -> pd.DataFrame:
    """How many goals of each branch lead to a goal of the company, and to one of its own leadership (S2).

    In: `objective_result` of everything loaded, since parents may lie anywhere; the history's team, alignment and
    key_result. Out: team (the branch's path), quarter, should_align, anchored, anchored_within, and both shares
    (0–1); months count in their quarter, longer cycles not; no rows without branches.
    """
    branches = history.team[history.team["kind"] == "branch"]
    parts = [
        anchored_within(results, history, team_id=branch).assign(team=path)
        for branch, path in zip(branches["team_id"], branches["path"], strict=True)
    ]
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    quarters = results.drop_duplicates("cycle").set_index("cycle")["quarter"]
    table = pd.concat(parts, ignore_index=True)
    table = table.assign(quarter=table["cycle"].map(quarters)).dropna(subset=["quarter"])
    sums = table.groupby(["team", "quarter"], as_index=False)[COUNTS].sum()
    shares = {f"{name}_share": sums[name] / sums["should_align"] for name in COUNTS[1:]}
    return sums.assign(**shares)[COLUMNS]
