"""From what the rows of all standing batches state to one history, and what waits or is doubtful.

Start at `resolve`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pipelines.lookup import among
from pipelines.resolve import doubts
from pipelines.resolve.differences import with_differences
from pipelines.resolve.doubts import outside_cycle
from pipelines.resolve.events import resolve_changes, resolve_links, waiting_check_ins
from pipelines.resolve.findings import together
from pipelines.resolve.goals import Goals, resolve_key_results, resolve_objectives
from pipelines.resolve.identity import later_wins
from pipelines.resolve.known import Known, placed, wanted
from pipelines.resolve.spans import resolve_cycles
from pipelines.resolve.teams import Teams, resolve_teams
from pipelines.schema import CHECK_IN, FACTS, PLACE, TABLES, conform, stated_columns

__all__ = ["Known", "Resolved", "outside_cycle", "resolve", "together", "waiting_check_ins", "wanted"]


@dataclass(frozen=True)
class Resolved:
    """The facts by table, all but check-ins, what is wrong with them, and what references are looked up in."""

    facts: dict[str, pd.DataFrame]
    problems: pd.DataFrame
    known: Known

    def tables(self) -> dict[str, pd.DataFrame]:
        """All of it by name, as it can be kept: the tables of facts, `problem` and those of `Known`."""
        facts = {name: conform(frame, TABLES[name].columns) for name, frame in self.facts.items()}
        return {**self.known.frames(), **facts, "problem": self.problems}


def resolve(stated: Mapping[str, pd.DataFrame], *, first_month: int = 1) -> Resolved:
    """What the stated rows give: facts, and the table `problem` of what waits or is doubtful.

    In: by table, all but check-ins, the rows of all standing batches with their `stated` columns and place, in the
    order batch, file, sheet, row; tables not given have no rows. Rows are the same, refer and merge as `design` part
    2 says.
    """
    rows = {table.name: conform(stated.get(table.name, pd.DataFrame()), (*stated_columns(table), PLACE[0]))
            .reset_index(drop=True) for table in FACTS if table is not CHECK_IN}  # fmt: skip
    spans = resolve_cycles(rows["cycle"], rows["objective"], first_month=first_month)
    teams = resolve_teams(rows["team"], pd.concat([rows["objective"], rows["person"]]))
    at = {name: placed(frame, spans, teams.texts) for name, frame in rows.items() if name not in {"team", "cycle"}}
    objectives = resolve_objectives(at["objective"], labels=teams.labels)
    key_results = resolve_key_results(at["key_result"], objectives)
    links, unlinked = resolve_links(at["alignment"], objectives, key_results)
    changes, unplaced = resolve_changes(at["change"], objectives, key_results)
    shown = objectives.merged[objectives.merged["starts_on"].notna()]
    facts = {
        "team": teams.frame,
        "cycle": spans,
        "person": later_wins(at["person"].assign(key=at["person"]["person"])),
        # Objectives whose cycle's days are not known wait, and so do their links and changes.
        "objective": shown,
        "key_result": key_results.merged,
        "alignment": links[among(links["child_objective_id"], shown["objective_id"])],
        "change": _of_shown(with_differences(changes, objectives, key_results), shown),
    }
    found = [teams.problems, objectives.problems, key_results.problems, unlinked, unplaced]
    problems = together([*found, *_doubts(links, objectives, key_results, teams)])
    return Resolved(facts, problems, Known.of(spans, teams, objectives, key_results))


def _of_shown(changes: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    return changes[among(changes["objective_id"], shown["objective_id"])]


def _doubts(links: pd.DataFrame, objectives: Goals, key_results: Goals, teams: Teams) -> list[pd.DataFrame]:
    return [
        doubts.weights(key_results.merged),
        doubts.to_itself(links),
        doubts.circles(links, objectives.merged["team_id"], teams.frame),
    ]
