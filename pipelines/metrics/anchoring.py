"""Branches quarter by quarter: whether their goals lead to the company's, and to their own leadership's."""

import pandas as pd

from pipelines.history import History
from pipelines.metrics.alignment import flagged, links
from pipelines.metrics.flows import BRANCH, flows
from pipelines.metrics.grouping import share

COLUMNS = ["team", "quarter", "should_align", "anchored", "anchored_within", "anchored_share", "anchored_within_share"]


def anchoring(results: pd.DataFrame, history: History) -> pd.DataFrame:
    """How many goals below each branch's leadership lead to a goal of the company, and to one of the leadership (S2).

    In: `objective_result`, and the tables team, alignment and key_result, of everything loaded, since parents may lie
    anywhere. Out: team (the branch's path), quarter, should_align (but for the leadership's own), anchored,
    anchored_within, and both shares (0–1); months count in their quarter, longer cycles not; no rows without branches.
    """
    known = links(results, history)
    return anchoring_of(flows(flagged(results, known), known, history.team))


def anchoring_of(table: pd.DataFrame) -> pd.DataFrame:
    """`anchoring` from the rows of `flows`."""
    table = table[(table["side"] == BRANCH) & (table["below_leaders"] > 0)].drop(columns=["should_align", "anchored"])
    table = table.rename(columns={"unit": "team", "below_leaders": "should_align", "anchored_below": "anchored"})
    anchored_share = share(table["anchored"], table["should_align"])
    return table.assign(anchored_share=anchored_share).sort_values(["team", "quarter"], ignore_index=True)[COLUMNS]
