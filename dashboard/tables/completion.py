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
from pipelines.metrics.grouping import summed


def by_quarter(version: str, scope: str, selection: str, side: str = "all") -> pd.DataFrame:
    """Completion by quarter of the committed goals, the others, or all; as `completion` gives it."""
    wanted = Selection.read(selection)
    table = selected.figures(_rates, version, scope, wanted.over_all_quarters().text(), side)
    return wanted.in_quarters(table).reset_index(drop=True)


def _rates(version: str, scope: str, selection: str, by: tuple[str, ...], side: str) -> pd.DataFrame:
    rows, teams = _on_side(selected.added(version, scope, selection), side), facts.teams(version, scope)
    return completion(rows, teams, by=[*by, "quarter"], policy=facts.policy(version), sides=False)


def counted(version: str, scope: str, selection: str) -> int:
    """How many selected objectives take part in figures."""
    return _number(_rates, version, scope, selection, "all")


def left_out(version: str, scope: str, selection: str) -> int:
    """How many selected objectives are drafts or cancelled and take part in no figure."""
    return _number(_left_out, version, scope, selection)


def _number(compute: selected.Figures, version: str, scope: str, selection: str, *more: str) -> int:
    wanted = Selection.read(selection)
    table = selected.figures(compute, version, scope, wanted.over_all_quarters().text(), *more)
    numbers = zip(table["quarter"], table["objectives"], strict=True)
    return sum(int(number) for quarter, number in numbers if wanted.among([quarter]))


def _left_out(version: str, scope: str, selection: str, by: tuple[str, ...]) -> pd.DataFrame:
    rows = selected.added(version, scope, selection)
    rows = rows.assign(counted=~rows["counted"])
    return summed(rows, facts.teams(version, scope), by=[*by, "quarter"], sums=[])


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
def changes(version: str, scope: str, selection: str, side: str) -> pd.DataFrame:
    """`movement.changes` over the selection's quarters, of the committed goals, the others, or all."""
    wanted = Selection.read(selection)
    sums = _sums(version, scope, replace(wanted, quarters=(), teams=(), executives=()).text(), side)
    if wanted.teams or wanted.executives:
        sums = sums[sums.index.isin(selected.teams_shown(version, scope, selection)["team_id"])]
    return movement.changes_of(sums, quarters=wanted.among(movement.known_quarters(sums)))


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
