"""What each table of goals was written from, and leaving that of the version before where it is the same."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from pipelines.warehouse.drafting import Draft


def write(draft: Draft, kept: Mapping[str, Path]) -> None:
    """Write the tables from where they are kept, under names that tell their content, but for those that are there.

    `cycle_states` and what looks from cycle to cycle read them all, so that no damaged block passes on from version to
    version.
    """
    known = draft.asked("SELECT name, state FROM goal_state")
    there = set(zip(known["name"], known["state"], strict=True))
    for name, path in kept.items():
        if (name, path.name) not in there:
            draft.remove(name, "true")
            draft.insert(name, "SELECT * FROM read_parquet($path)", {"path": str(path)})
    states = {"name": list(kept), "state": [path.name for path in kept.values()]}
    with draft.arriving(pd.DataFrame(states, dtype="str")):
        draft.connection.execute("CREATE OR REPLACE TABLE goal_state AS SELECT * FROM arriving")
