"""What each cycle's results were made from, and leaving those of the version before where that is the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pipelines.schema import RESULTS, Table
from pipelines.warehouse.drafting import Draft

# Sums of hashes tell sets of rows apart without sorting them; a row told twice counts twice.
FACTS_OF_CYCLES = """
    WITH goals AS (SELECT objective_id, cycle, coalesce(team_id, '') AS team FROM objective),
    parts AS (SELECT key_result_id, cycle, team FROM key_result JOIN goals USING (objective_id)),
    rows AS (
        SELECT cycle, coalesce(team_id, '') AS team, hash(objective) AS told, 0 AS check_ins FROM objective
        UNION ALL SELECT cycle, team, hash(key_result), 0 FROM key_result JOIN goals USING (objective_id)
        UNION ALL SELECT cycle, team, hash(check_in), 1 FROM check_in JOIN parts USING (key_result_id)
        UNION ALL SELECT cycle, team, hash(alignment), 0 FROM alignment JOIN goals ON objective_id = child_objective_id
        UNION ALL SELECT cycle, team, hash(change), 0 FROM change JOIN goals USING (objective_id)
    ),
    teams AS (
        SELECT cycle, team, sum(told::HUGEINT) AS told, count(*) AS number, sum(check_ins)::BIGINT AS check_ins
        FROM rows GROUP BY cycle, team
    )
    SELECT cycle, sum(told)::VARCHAR || ' ' || sum(number) AS told,
        list(team ORDER BY team) AS teams, list(check_ins ORDER BY team) AS check_ins
    FROM teams GROUP BY cycle ORDER BY cycle
"""
FACTS_OF_ALL = """
    SELECT string_agg(told, ';') AS told FROM (
        SELECT sum(hash(team)::HUGEINT)::VARCHAR AS told FROM team
        UNION ALL SELECT sum(hash(cycle)::HUGEINT)::VARCHAR FROM cycle
        UNION ALL SELECT sum(hash(person)::HUGEINT)::VARCHAR FROM person
    )
"""


@dataclass(frozen=True)
class CycleFacts:
    """A text that changes with any fact about the objectives of a cycle, and the check-ins of each team, "" being none.

    The teams are in the order of their ids.
    """

    told: str
    check_ins: Mapping[str, int]


def facts_of_cycles(draft: Draft) -> dict[str, CycleFacts]:
    """The facts of each cycle that has objectives, in short."""
    found = draft.asked(FACTS_OF_CYCLES)
    return {
        cycle: CycleFacts(told, dict(zip(teams, numbers, strict=True)))
        for cycle, told, teams, numbers in found.itertuples(index=False)
    }


def facts_of_all(draft: Draft) -> str:
    """A text that changes with any team, person or cycle."""
    return str(draft.asked(FACTS_OF_ALL)["told"].iloc[0])


def known(draft: Draft) -> dict[str, str]:
    """What the results of each cycle were made from that the draft has from the version before."""
    found = draft.asked("SELECT cycle, state FROM cycle_state")
    return dict(zip(found["cycle"], found["state"], strict=True))


def leave(draft: Draft, cycles: Sequence[str], states: Mapping[str, str]) -> None:
    """Leave the results of these cycles and no others; from now on the draft tells these states of all cycles."""
    for table in RESULTS:
        # Read whole, so that no damaged block passes from version to version.
        draft.asked(f'SELECT bit_xor(hash(results)) FROM "{table.name}" AS results')  # noqa: S608 - names of the schema
        draft.remove(table.name, f"({_of_cycles(table)}) IS NOT TRUE", {"cycles": list(cycles)})
    frame = pd.DataFrame({"cycle": list(states), "state": list(states.values())}, dtype="str")
    with draft.arriving(frame):
        draft.connection.execute("CREATE OR REPLACE TABLE cycle_state AS SELECT * FROM arriving")


def _of_cycles(table: Table) -> str:
    if "cycle" in table.names:
        return "cycle IN (SELECT unnest($cycles::VARCHAR[]))"
    return "objective_id IN (SELECT objective_id FROM objective WHERE cycle IN (SELECT unnest($cycles::VARCHAR[])))"
