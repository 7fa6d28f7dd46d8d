"""Frames about completion: by quarter, by team, what changed, what ended low, and what is worth a look."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.selection import Selection
from dashboard.tables import challenge, facts, selected
from dashboard.tables.facts import FRAMES_KEPT
from pipelines.metrics import movement, standing
from pipelines.metrics.completion import completion
from pipelines.metrics.findings import Finding
from pipelines.metrics.findings import findings as find


def by_quarter(version: str, scope: str, selection: str, side: str = "all") -> pd.DataFrame:
    """Completion by quarter of the committed goals, the others, or all; as `completion` gives it."""
    wanted = Selection.read(selection)
    table = _by_quarter(version, scope, wanted.over_all_quarters().text(), side)
    return wanted.in_quarters(table).reset_index(drop=True)


@st.cache_resource(max_entries=FRAMES_KEPT, show_spinner=False)
def _by_quarter(version: str, scope: str, selection: str, side: str) -> pd.DataFrame:
    rows = _on_side(selected.added(version, scope, selection), side)
    return completion(rows, facts.teams(version, scope), by=["quarter"], policy=facts.policy(version))


def counted(version: str, scope: str, selection: str) -> int:
    """How many selected objectives take part in figures."""
    return _number(version, scope, selection, counted=True)


def left_out(version: str, scope: str, selection: str) -> int:
    """How many selected objectives are drafts or cancelled and take part in no figure."""
    return _number(version, scope, selection, counted=False)


def _number(version: str, scope: str, selection: str, *, counted: bool) -> int:
    wanted = Selection.read(selection)
    numbers = _numbers(version, scope, wanted.over_all_quarters().text())
    return sum(number for (label, of), number in numbers.items() if of == counted and wanted.among([label]))


@st.cache_resource(max_entries=FRAMES_KEPT, show_spinner=False)
def _numbers(version: str, scope: str, selection: str) -> dict[tuple[str, bool], int]:
    """How many objectives count, and how many do not, by quarter."""
    sums = selected.added(version, scope, selection).groupby(["quarter", "counted"])["objectives"].sum().reset_index()
    keys = zip(sums["quarter"], sums["counted"], strict=True)
    return dict(zip(keys, sums["objectives"].tolist(), strict=True))


def by_team_and_quarter(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`standing.by_team_and_quarter` in the tree's order."""
    wanted = Selection.read(selection)
    table = _by_team_and_quarter(version, scope, wanted.over_all_teams().over_all_quarters().text())
    return selected.shown(wanted.in_quarters(table), version, scope, selection)


@st.cache_resource(max_entries=FRAMES_KEPT, show_spinner=False)
def _by_team_and_quarter(version: str, scope: str, selection: str) -> pd.DataFrame:
    rows = selected.added(version, scope, selection)
    table = standing.by_team_and_quarter(rows, facts.teams(version, scope), policy=facts.policy(version))
    return selected.placed(table, version, scope)


def by_team(version: str, scope: str, selection: str) -> pd.DataFrame:
    """Completion by team with all below and by quarter, in the tree's order."""
    wanted = Selection.read(selection)
    table = _by_team(version, scope, wanted.over_all_teams().over_all_quarters().text())
    return selected.shown(wanted.in_quarters(table), version, scope, selection)


@st.cache_resource(max_entries=FRAMES_KEPT, show_spinner=False)
def _by_team(version: str, scope: str, selection: str) -> pd.DataFrame:
    rows = selected.added(version, scope, selection)
    table = completion(rows, facts.teams(version, scope), by=["team", "quarter"], policy=facts.policy(version))
    return selected.placed(table, version, scope)


def own_and_below(version: str, scope: str, selection: str, team: str) -> pd.DataFrame:
    """The team's own level and everything below it, by quarter."""
    table = by_team(version, scope, selection)
    return table[table["path"] == team].reset_index(drop=True)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def changes(version: str, scope: str, selection: str, side: str = "all") -> pd.DataFrame:
    """`movement.changes` over the selection's quarters, of the committed goals, the others, or all."""
    wanted = Selection.read(selection)
    sums = _sums(version, scope, wanted.over_all_quarters().text(), side)
    return movement.changes_of(sums, quarters=wanted.among(list(sums.columns.unique("quarter"))))


@st.cache_resource(max_entries=FRAMES_KEPT, show_spinner=False)
def _sums(version: str, scope: str, selection: str, side: str) -> pd.DataFrame:
    return movement.sums_by_team(_on_side(selected.added(version, scope, selection), side))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def movers(version: str, scope: str, selection: str, before: str, now: str) -> pd.DataFrame:
    """`movement.movers` between two quarters, the largest change first."""
    everyone = Selection.read(selection).over_all_teams().over_all_quarters().text()
    kept = selected.shown(_movers(version, scope, everyone, before, now), version, scope, selection)
    return kept.sort_values("change", key=lambda change: -change.abs(), kind="stable", ignore_index=True)


@st.cache_resource(max_entries=FRAMES_KEPT, show_spinner=False)
def _movers(version: str, scope: str, selection: str, before: str, now: str) -> pd.DataFrame:
    rows = selected.added(version, scope, selection)
    table = movement.movers(rows, facts.teams(version, scope), before=before, now=now, policy=facts.policy(version))
    return selected.placed(table, version, scope)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def low_goals(version: str, scope: str, selection: str, label: str) -> pd.DataFrame:
    """`standing.low_goals` of one quarter, with the teams' short names."""
    rows = selected.goals(version, scope, selection)
    rows = rows[rows["quarter"] == label]
    weeks = facts.weeks(version, scope, label, Selection.read(selection).past)
    table = standing.low_goals(rows, weeks, policy=facts.policy(version))
    return table.assign(team=table["team"].map(facts.short_names(version, scope)).astype("str"))


def score_bins(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`standing.score_bins` in the tree's order."""
    everyone = Selection.read(selection).over_all_teams().text()
    return selected.shown(_score_bins(version, scope, everyone), version, scope, selection)


@st.cache_resource(max_entries=FRAMES_KEPT, show_spinner=False)
def _score_bins(version: str, scope: str, selection: str) -> pd.DataFrame:
    return selected.placed(standing.score_bins(selected.goals(version, scope, selection)), version, scope)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def findings(version: str, scope: str, selection: str, until: str) -> list[Finding]:
    """What is worth a look first, over the quarters up to and including the one given."""
    rows, policy = selected.added(version, scope, selection), facts.policy(version)
    labels = tuple(label for label in sorted(rows["quarter"].unique()) if label <= until)
    if not labels:
        return []
    wanted = Selection.read(selection)
    window = replace(wanted, quarters=labels[-policy.challenge.window :]).text()
    tables = (
        selected.anchored(version, scope, selection),
        challenge.teams(version, scope, window),
    )
    anchored, challenged = (table.assign(team=table["path"]) for table in tables)
    return find(
        rows, selected.teams_shown(version, scope, selection), anchored, challenged, quarters=labels, policy=policy
    )


def _on_side(rows: pd.DataFrame, side: str) -> pd.DataFrame:
    return rows if side == "all" else movement.on_side(rows, side)
