"""Frames about completion: by quarter, by team, what changed, what ended low, and what is worth a look."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.selection import Selection
from dashboard.tables import challenge, facts
from dashboard.tables.facts import FRAMES_KEPT
from pipelines.metrics import movement, standing
from pipelines.metrics.completion import completion
from pipelines.metrics.findings import Finding
from pipelines.metrics.findings import findings as find


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def by_quarter(version: str, scope: str, selection: str, side: str = "all") -> pd.DataFrame:
    """Completion by quarter of the committed goals, the others, or all; as `completion` gives it."""
    rows = _on_side(facts.added(version, scope, selection), side)
    return completion(rows, facts.teams(version, scope), by=["quarter"], policy=facts.policy(version))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def left_out(version: str, scope: str, selection: str) -> int:
    """How many selected objectives are drafts or cancelled and take part in no figure."""
    rows = facts.added(version, scope, selection)
    return int(rows.loc[~rows["counted"], "objectives"].sum())


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def by_team_and_quarter(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`standing.by_team_and_quarter` in the tree's order."""
    rows = facts.added(version, scope, selection)
    table = standing.by_team_and_quarter(rows, facts.teams(version, scope), policy=facts.policy(version))
    return facts.shown(table, version, scope, selection)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def by_team(version: str, scope: str, selection: str) -> pd.DataFrame:
    """Completion by team with all below and by quarter, in the tree's order."""
    rows = facts.added(version, scope, selection)
    table = completion(rows, facts.teams(version, scope), by=["team", "quarter"], policy=facts.policy(version))
    return facts.shown(table, version, scope, selection)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def own_and_below(version: str, scope: str, selection: str, team: str) -> pd.DataFrame:
    """The team's own level and everything below it, by quarter."""
    table = by_team(version, scope, selection)
    return table[table["path"] == team].reset_index(drop=True)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def changes(version: str, scope: str, selection: str, side: str = "all") -> pd.DataFrame:
    """`movement.changes` over the selection's quarters, of the committed goals, the others, or all."""
    rows = _on_side(facts.added(version, scope, selection), side)
    return movement.changes(rows, quarters=sorted(rows["quarter"].unique()))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def movers(version: str, scope: str, selection: str, before: str, now: str) -> pd.DataFrame:
    """`movement.movers` between two quarters, the largest change first."""
    rows = facts.added(version, scope, selection)
    table = movement.movers(rows, facts.teams(version, scope), before=before, now=now, policy=facts.policy(version))
    kept = facts.shown(table, version, scope, selection)
    return kept.sort_values("change", key=lambda change: -change.abs(), kind="stable", ignore_index=True)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def low_goals(version: str, scope: str, selection: str, label: str) -> pd.DataFrame:
    """`standing.low_goals` of one quarter, with the teams' short names."""
    rows = facts.chosen(version, scope, selection)
    rows = rows[rows["quarter"] == label]
    weeks = facts.weeks(version, scope, label, Selection.read(selection).past)
    table = standing.low_goals(rows, weeks, policy=facts.policy(version))
    return table.assign(team=table["team"].map(facts.short_names(version, scope)).astype("str"))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def score_bins(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`standing.score_bins` in the tree's order."""
    table = standing.score_bins(facts.chosen(version, scope, selection))
    return facts.shown(table, version, scope, selection)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def findings(version: str, scope: str, selection: str, until: str) -> list[Finding]:
    """What is worth a look first, over the quarters up to and including the one given."""
    rows, policy = facts.added(version, scope, selection), facts.policy(version)
    labels = tuple(label for label in sorted(rows["quarter"].unique()) if label <= until)
    if not labels:
        return []
    wanted = Selection.read(selection)
    window = replace(wanted, quarters=labels[-policy.challenge.window :]).text()
    tables = (
        facts.shown(facts.anchored(version, scope, wanted.past), version, scope, selection),
        challenge.teams(version, scope, window),
    )
    anchored, challenged = (table.assign(team=table["path"]) for table in tables)
    return find(
        rows, facts.teams_shown(version, scope, selection), anchored, challenged, quarters=labels, policy=policy
    )


def _on_side(rows: pd.DataFrame, side: str) -> pd.DataFrame:
    return rows if side == "all" else movement.on_side(rows, side)
