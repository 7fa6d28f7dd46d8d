"""From what the rows of all standing batches state to one history, and what waits or is doubtful.

Start at `resolve`.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath

import pandas as pd

from pipelines.history import History
from pipelines.resolve import doubts
from pipelines.resolve.differences import with_differences
from pipelines.resolve.events import resolve_changes, resolve_check_ins, resolve_links
from pipelines.resolve.findings import together
from pipelines.resolve.goals import Goals, resolve_key_results, resolve_objectives
from pipelines.resolve.identity import later_wins
from pipelines.resolve.spans import resolve_cycles, with_spans
from pipelines.resolve.teams import Teams, resolve_teams
from pipelines.schema import FACTS, PLACE, conform, stated_columns
from pipelines.texts import looked_up

__all__ = ["resolve"]


def resolve(stated: Mapping[str, pd.DataFrame], *, first_month: int = 1) -> tuple[History, pd.DataFrame]:
    """The history that the stated rows give, and the table `problem` of what waits or is doubtful.

    In: by table, the rows of all standing batches with their `stated` columns and place, in the order batch, file,
    sheet, row; tables not given have no rows. Rows are the same, refer and merge as `design` part 2 says.
    """
    rows = {table.name: conform(stated.get(table.name, pd.DataFrame()), (*stated_columns(table), PLACE[0]))
            .reset_index(drop=True) for table in FACTS}  # fmt: skip
    spans = resolve_cycles(rows["cycle"], rows["objective"], first_month=first_month)
    teams = resolve_teams(rows["team"], pd.concat([rows["objective"], rows["person"]]))
    placed = {name: _placed(frame, spans, teams) for name, frame in rows.items() if name not in {"team", "cycle"}}
    objectives = resolve_objectives(placed["objective"], labels=teams.labels)
    key_results = resolve_key_results(placed["key_result"], objectives)
    events = {
        "check_in": resolve_check_ins(placed["check_in"], objectives, key_results),
        "alignment": resolve_links(placed["alignment"], objectives, key_results),
        "change": resolve_changes(placed["change"], objectives, key_results),
    }
    changes, waiting = events["change"]
    events["change"] = with_differences(changes, objectives, key_results), waiting
    history = History.of(
        team=teams.frame,
        cycle=spans,
        person=later_wins(placed["person"].assign(key=placed["person"]["person"])),
        objective=_with_days(objectives),
        key_result=key_results.merged,
        **{name: _known(name, frame, objectives) for name, (frame, _) in events.items()},
    )
    found = [teams.problems, objectives.problems, key_results.problems, *(problems for _, problems in events.values())]
    return _renumbered(history), together([*found, *_doubts(events, objectives, key_results, teams)])


def _placed(rows: pd.DataFrame, spans: pd.DataFrame, teams: Teams) -> pd.DataFrame:
    """The rows with the cycle's days, the team's id and the file's folder."""
    folders = {file: str(PurePosixPath(file).parent) for file in rows["file"].dropna().unique()}
    rows = rows.assign(team_id=teams.of(rows["team"]), folder=looked_up(rows["file"], pd.Series(folders, dtype="str")))
    return with_spans(rows, spans) if "cycle" in rows else rows


def _with_days(objectives: Goals) -> pd.DataFrame:
    """Objectives whose cycle's days are known; the others wait."""
    return objectives.merged[objectives.merged["starts_on"].notna()]


def _known(name: str, frame: pd.DataFrame, objectives: Goals) -> pd.DataFrame:
    """Links and changes of waiting objectives wait with them."""
    shown = _with_days(objectives)["objective_id"]
    own = {"alignment": "child_objective_id", "change": "objective_id"}
    return frame[frame[own[name]].isin(shown)] if name in own else frame


def _renumbered(history: History) -> History:
    return History.of(**{name: frame.reset_index(drop=True) for name, frame in history.frames().items()})


def _doubts(
    events: Mapping[str, tuple[pd.DataFrame, pd.DataFrame]], objectives: Goals, key_results: Goals, teams: Teams
) -> list[pd.DataFrame]:
    links = events["alignment"][0]
    return [
        doubts.outside_cycle(events["check_in"][0]),
        doubts.weights(key_results.merged),
        doubts.to_itself(links),
        doubts.circles(links, objectives.merged["team_id"], teams.frame),
    ]
