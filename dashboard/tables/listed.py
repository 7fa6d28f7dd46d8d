"""What a list of goals on a page shows of all that it could."""

from dataclasses import dataclass

import pandas as pd

from dashboard.tables.facts import MOST_LISTED


@dataclass(frozen=True)
class Listed:
    """Goals with one or more rows each; of these the rows of the first goals, and how many goals there are."""

    rows: pd.DataFrame
    first: pd.DataFrame
    count: int


def listed(rows: pd.DataFrame) -> Listed:
    """Rows with objective_id, goals in the order in which they are to be listed."""
    places, goals = pd.factorize(rows["objective_id"])
    return Listed(rows, rows[places < MOST_LISTED], len(goals))
