"""From what the rows of all standing batches state to one history, and what waits or is doubtful.

Start at `resolve`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

import pandas as pd

from pipelines.lookup import among, looked_up
from pipelines.resolve import doubts
from pipelines.resolve.differences import with_differences
from pipelines.resolve.doubts import outside_cycle
from pipelines.resolve.events import resolve_changes, resolve_check_ins, resolve_links, waiting_check_ins
from pipelines.resolve.findings import together
from pipelines.resolve.goals import Goals, resolve_key_results, resolve_objectives
from pipelines.resolve.identity import later_wins
from pipelines.resolve.spans import resolve_cycles, with_spans
from pipelines.resolve.teams import Teams, resolve_teams
from pipelines.schema import CHECK_IN, FACTS, PLACE, conform, stated_columns

__all__ = ["Resolved", "outside_cycle", "resolve", "together", "waiting_check_ins"]


@dataclass(frozen=True)
class Resolved:
    """The facts by table, all but check-ins, what is wrong with them, and whom references mean."""

    facts: dict[str, pd.DataFrame]
    problems: pd.DataFrame
    _spans: pd.DataFrame
    _teams: Teams
    _objectives: Goals
    _key_results: Goals

    def named(self, references: pd.DataFrame) -> pd.DataFrame:
        """The ways in which check-ins refer to key results, with the key result each means; see `resolve_check_ins`."""
        placed = _placed(references, self._spans, self._teams)
        return resolve_check_ins(placed, self._objectives, self._key_results)


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
    placed = {name: _placed(frame, spans, teams) for name, frame in rows.items() if name not in {"team", "cycle"}}
    objectives = resolve_objectives(placed["objective"], labels=teams.labels)
    key_results = resolve_key_results(placed["key_result"], objectives)
    links, unlinked = resolve_links(placed["alignment"], objectives, key_results)
    changes, unplaced = resolve_changes(placed["change"], objectives, key_results)
    shown = objectives.merged[objectives.merged["starts_on"].notna()]
    facts = {
        "team": teams.frame,
        "cycle": spans,
        "person": later_wins(placed["person"].assign(key=placed["person"]["person"])),
        # Objectives whose cycle's days are not known wait, and so do their links and changes.
        "objective": shown,
        "key_result": key_results.merged,
        "alignment": links[among(links["child_objective_id"], shown["objective_id"])],
        "change": _of_shown(with_differences(changes, objectives, key_results), shown),
    }
    found = [teams.problems, objectives.problems, key_results.problems, unlinked, unplaced]
    problems = together([*found, *_doubts(links, objectives, key_results, teams)])
    return Resolved(facts, problems, spans, teams, objectives, key_results)


def _placed(rows: pd.DataFrame, spans: pd.DataFrame, teams: Teams) -> pd.DataFrame:
    """The rows with the cycle's days, the team's id and the file's folder."""
    folders = {file: str(PurePosixPath(file).parent) for file in rows["file"].dropna().unique()}
    rows = rows.assign(team_id=teams.of(rows["team"]), folder=looked_up(rows["file"], pd.Series(folders, dtype="str")))
    return with_spans(rows, spans) if "cycle" in rows else rows


def _of_shown(changes: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    return changes[among(changes["objective_id"], shown["objective_id"])]


def _doubts(links: pd.DataFrame, objectives: Goals, key_results: Goals, teams: Teams) -> list[pd.DataFrame]:
    return [
        doubts.weights(key_results.merged),
        doubts.to_itself(links),
        doubts.circles(links, objectives.merged["team_id"], teams.frame),
    ]
