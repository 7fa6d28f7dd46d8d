"""What a list on a page shows of all its goals."""

import pandas as pd

from dashboard.tables.facts import MOST_LISTED
from dashboard.tables.listed import listed


def test_a_list_shows_the_first_goals_with_all_their_rows_and_counts_every_goal():
    goals = [f"goal {number}" for number in range(MOST_LISTED + 1)]
    rows = pd.DataFrame({"objective_id": [*goals, goals[0], goals[-1]]})
    found = listed(rows)
    assert found.count == MOST_LISTED + 1
    assert found.first["objective_id"].tolist() == [*goals[:-1], goals[0]]
    assert len(found.rows) == MOST_LISTED + 3


def test_a_list_of_nothing_has_no_goals():
    found = listed(pd.DataFrame({"objective_id": pd.Series(dtype="str")}))
    assert (found.count, len(found.first)) == (0, 0)
