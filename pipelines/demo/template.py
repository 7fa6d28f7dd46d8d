"""The sample company as the plain template's tables."""

from collections.abc import Collection
from dataclasses import asdict

import pandas as pd

from pipelines.demo.company import EVER, Company
from pipelines.demo.stories import CHANGES as PLANTED_CHANGES

TEAMS = {"team_id": "team_id", "team": "name", "parent_team": "parent", "kind": "kind", "executive": "executive"}
PEOPLE = {"person": "person", "team": "team_name", "rank": "rank", "in_scope_from": "since"}
OBJECTIVES = {
    name: name
    for name in (
        "objective_id", "cycle", "team", "owner", "level", "title", "ambition", "origin", "adoption", "parent",
        "status", "created_on", "agreed_on", "aligned_on", "reviewed_on", "review_note", "next_steps",
    )
} | {"team": "team_name"}  # fmt: skip
KEY_RESULTS = {
    "key_result_id": "key_result_id", "objective_id": "objective_id", "title": "kr_title", "measure": "kr_measure",
    "unit": "kr_unit", "start": "kr_start", "target": "kr_target", "base_target": "kr_base",
    "stretch_target": "kr_stretch", "current": "current", "weight": "kr_weight",
    "score_self": "score_self", "score": "score",
}  # fmt: skip
CHANGES = {
    "key_result_id": "key_result_id", "changed_on": "changed_on", "field": "field", "old": "old", "new": "new",
    "reason": "reason", "approved_by": "approved_by",
}  # fmt: skip
CHECK_INS = {
    "key_result_id": "key_result_id", "checked_on": "checked_on", "value": "value", "progress": "progress",
    "confidence": "confidence", "note": "note", "author": "owner",
}  # fmt: skip


def teams_table(company: Company) -> pd.DataFrame:
    """One row per team: team_id, name, parent (its id), kind, executive."""
    names = {team.team_id: team.name for team in company.teams}
    rows = [
        (team.team_id, team.name, names.get(team.parent or ""), team.kind, team.executive) for team in company.teams
    ]
    return pd.DataFrame(rows, columns=["team_id", "name", "parent", "kind", "executive"])


def people_table(company: Company) -> pd.DataFrame:
    """One row per person: person, team_name, rank, since (missing: always)."""
    names = company.of_each(company.people["team"], lambda team: team.name)
    since = pd.to_datetime(company.people["since"])
    return company.people.assign(team_name=names, since=since.where(since > pd.Timestamp(EVER)))


def changes_table(key_results: Collection[str]) -> pd.DataFrame:
    """One row per planted change of the key results that there are."""
    told = [asdict(change) for change in PLANTED_CHANGES if change.key_result_id in key_results]
    return pd.DataFrame(told, columns=list(CHANGES.values())).astype("str")
