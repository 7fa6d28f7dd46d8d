"""Frames about quarters side by side: week by week, team by team, and how goals are anchored."""

import pandas as pd
import streamlit as st

from dashboard.selection import Selection
from dashboard.tables import facts, selected
from dashboard.tables.facts import FRAMES_KEPT
from pipelines.metrics.completion import completion, teams_scored_in_both
from pipelines.metrics.grouping import counted
from pipelines.metrics.weeks import at_week_of, by_week_of


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def week_by_week(version: str, scope: str, selection: str, last: int, *, same: bool) -> pd.DataFrame:
    """Average completion by week of each compared quarter; the most recent one up to the week `last`."""
    rows, past = _compared(version, scope, selection, 0, same=same), Selection.read(selection).past
    labels = sorted(rows["quarter"].unique())
    parts = []
    for label in labels:
        ids = pd.Index(counted(rows[rows["quarter"] == label])["objective_id"])
        table, until = facts.week_scores(version, scope, label, past), last if label == labels[-1] else None
        scores = table.take(table.index.get_indexer(ids))
        parts.append(by_week_of(scores, quarter=facts.quarter(version, label), last=until))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["quarter", "week"])


def by_team(version: str, scope: str, selection: str, week: int, *, same: bool) -> pd.DataFrame:
    """Completion by team and compared quarter, at the end (week 0) or at the end of that week, in the tree's order."""
    everyone = Selection.read(selection).over_all_teams().text()
    return selected.shown(_by_team(version, scope, everyone, week, same=same), version, scope, selection)


@st.cache_resource(max_entries=FRAMES_KEPT, show_spinner=False)
def _by_team(version: str, scope: str, selection: str, week: int, *, same: bool) -> pd.DataFrame:
    rows = _compared(version, scope, selection, week, same=same)
    table = completion(rows, facts.teams(version, scope), by=["team", "quarter"], policy=facts.policy(version))
    return selected.placed(table, version, scope)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def by_quarter(version: str, scope: str, selection: str, week: int, *, same: bool) -> pd.DataFrame:
    """Completion by compared quarter, at the end (week 0) or at the end of that week."""
    rows = _compared(version, scope, selection, week, same=same)
    return completion(rows, facts.teams(version, scope), by=["quarter"], policy=facts.policy(version))


def anchoring(version: str, scope: str, selection: str) -> pd.DataFrame:
    """The selected branches' `anchoring` in the compared quarters, in the tree's order."""
    table = selected.anchored(version, scope, selection)
    return table[table["quarter"].isin(Selection.read(selection).quarters)].reset_index(drop=True)


def _compared(version: str, scope: str, selection: str, week: int, *, same: bool) -> pd.DataFrame:
    """The compared quarters' objectives, as of the week, narrowed to the teams scored in all of them if asked."""
    rows = selected.goals(version, scope, selection)
    labels = sorted(rows["quarter"].unique())
    if week:
        past = Selection.read(selection).past
        parts = [
            at_week_of(rows, facts.week_scores(version, scope, label, past), quarter=quarter, week=week)
            for label in labels
            for quarter in [facts.quarter(version, label)]
        ]
        rows = pd.concat([rows.iloc[:0], *parts])
    return _same_teams(rows, labels) if same else rows


def _same_teams(rows: pd.DataFrame, labels: list[str]) -> pd.DataFrame:
    if not labels:
        return rows
    first = rows[rows["quarter"] == labels[0]]
    kept = set.intersection(*(teams_scored_in_both(first, rows[rows["quarter"] == label]) for label in labels))
    return rows[rows["team_id"].isin(kept)]
