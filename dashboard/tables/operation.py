"""Frames about how OKR itself runs: the calendar, check-ins, confidence, what it was worth, and who set goals."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.selection import Selection
from dashboard.tables import attention, facts, selected, stored
from dashboard.tables.facts import DAYS_KEPT, FRAMES_KEPT, MOST_LISTED
from pipelines.history import History
from pipelines.metrics import calibration as confidences
from pipelines.metrics.attention import longest_silent
from pipelines.metrics.attention_weeks import calendar_of, confidence_of
from pipelines.metrics.execution_or_goal import execution_of
from pipelines.metrics.fill_rate import fill_rate, fill_rate_of, owners_unknown
from pipelines.metrics.rhythm import rhythm_of


@dataclass(frozen=True)
class Falls:
    """How often confidence fell, beside how many of these stands a reason, and the first ones to be listed."""

    count: int
    told: int
    first: pd.DataFrame


@dataclass(frozen=True)
class Silent:
    """How many key results are silent, and the first ones to be listed."""

    count: int
    first: pd.DataFrame


def whole(version: str, scope: str, selection: str, day: str) -> pd.DataFrame:
    """`rhythm` of all that is selected of one quarter, up to the day: one row, or none."""
    return selected.figures(_whole, version, scope, selection, day)


def _whole(version: str, scope: str, selection: str, by: tuple[str, ...], day: str) -> pd.DataFrame:
    return rhythm_of(_rhythm(version, scope, selection, day), facts.teams(version, scope), by=by)


def by_team(version: str, scope: str, selection: str, day: str) -> pd.DataFrame:
    """`rhythm` by team with all below, in the tree's order."""
    everyone = Selection.read(selection).over_all_teams().text()
    return selected.shown(_by_team(version, scope, everyone, day), version, scope, selection)


@st.cache_resource(max_entries=FRAMES_KEPT, show_spinner=False)
def _by_team(version: str, scope: str, selection: str, day: str) -> pd.DataFrame:
    rows = _rhythm(version, scope, selection, day)
    return selected.placed(rhythm_of(rows, facts.teams(version, scope), by=["team"]), version, scope)


def calendar(version: str, scope: str, selection: str, day: str, label: str) -> pd.DataFrame:
    """`check_in_calendar` of one quarter, in the tree's order."""
    everyone = Selection.read(selection).over_all_teams().text()
    return selected.shown(_calendar(version, scope, everyone, day, label), version, scope, selection)


@st.cache_resource(max_entries=FRAMES_KEPT, show_spinner=False)
def _calendar(version: str, scope: str, selection: str, day: str, label: str) -> pd.DataFrame:
    rows = _weeks(version, scope, selection, day, label)
    return selected.placed(calendar_of(rows, facts.teams(version, scope)), version, scope)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def stale(version: str, scope: str, selection: str, day: str) -> Silent:
    """The first of `stale_key_results` of the selection's quarter, with the teams' short names."""
    wanted = Selection.read(selection)
    (label,) = wanted.quarters
    asked = (version, scope, label, wanted.past, day)
    kept = selected.of_any_cycle(version, scope, selection)[attention.followed_places(*asked)]
    rows = longest_silent(attention.followed(*asked)[kept])
    return Silent(len(rows), _told(rows.head(MOST_LISTED), version, scope, wanted.past))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def confidence(version: str, scope: str, selection: str, day: str, label: str) -> pd.DataFrame:
    """`confidence_by_week` of one quarter."""
    weeks = _weeks(version, scope, selection, day, label)
    return confidence_of(weeks, quarter=facts.quarter(version, label), day=date.fromisoformat(day))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def falls(version: str, scope: str, selection: str, day: str, label: str) -> Falls:
    """The first of `confidence_falls` of one quarter, with the teams' short names."""
    past = Selection.read(selection).past
    asked = (version, scope, label, past, day)
    kept = selected.of_any_cycle(version, scope, selection)[attention.fall_places(*asked)]
    rows = attention.falls(*asked)[kept]
    return Falls(len(rows), int(rows["reason"].notna().sum()), _told(rows.head(MOST_LISTED), version, scope, past))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def calibration(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`calibration` over the selection's quarters, which should have ended."""
    return confidences.calibration_of(_added(attention.forecasts, version, scope, selection))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def recorded(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`inflation_sides` by quarter, in the column `quarter`."""
    return confidences.sides_of(_added(attention.record_sides, version, scope, selection), by="quarter")


def execution(version: str, scope: str, selection: str, day: str, side: str) -> pd.DataFrame:
    """`execution_or_goal` of one side, the rows that have both figures, in the tree's order."""
    everyone = Selection.read(selection).over_all_teams().text()
    return selected.shown(_execution(version, scope, everyone, day, side), version, scope, selection)


@st.cache_resource(max_entries=FRAMES_KEPT, show_spinner=False)
def _execution(version: str, scope: str, selection: str, day: str, side: str) -> pd.DataFrame:
    rows = _rhythm(version, scope, selection, day)
    until = Selection.read(selection).day or date.fromisoformat(day)
    table = execution_of(rows, facts.teams(version, scope), policy=facts.policy(version), day=until, asked=[side])
    return selected.placed(table[table["quadrant"].notna()], version, scope)


# Who set nothing would be wrong over a choice of goals: the selection chooses teams here, and nothing else.
def filled(version: str, scope: str, selection: str, day: str, label: str) -> pd.DataFrame:
    """`fill_rate` of one quarter by team with all below, in the tree's order."""
    table = _filled(version, scope, Selection.read(selection).past, day, label)
    return selected.shown(table, version, scope, selection)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def filled_whole(version: str, scope: str, selection: str, day: str, label: str) -> pd.DataFrame:
    """`fill_rate_of` the selection's teams, with owners_unknown; no row without a roster."""
    wanted, known = Selection.read(selection), _roster(version, scope, label)
    rows, span = facts.results(version, scope, wanted.past), facts.quarter(version, label)
    if known.person.empty:
        return pd.DataFrame()
    shown = set(selected.teams_shown(version, scope, selection)["team_id"])
    teams = shown if wanted.teams or wanted.executives else None
    table = fill_rate_of(rows, known, quarter=span, day=date.fromisoformat(day), teams=teams)
    return table.assign(owners_unknown=owners_unknown(rows, known, quarter=span))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _filled(version: str, scope: str, as_of: str, day: str, label: str) -> pd.DataFrame:
    rows, known = facts.results(version, scope, as_of), _roster(version, scope, label)
    table = fill_rate(rows, known, quarter=facts.quarter(version, label), day=date.fromisoformat(day))
    return selected.placed(table, version, scope)


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _roster(version: str, scope: str, label: str) -> History:
    """The teams, the roster, and who owns the goals of the quarter."""
    owners = stored.table(version, scope, "objective", "objective_id,owner", label)
    return History.of(team=facts.teams(version, scope), person=stored.table(version, scope, "person"), objective=owners)


def _rhythm(version: str, scope: str, selection: str, day: str) -> pd.DataFrame:
    """The selected goals of the selection's one quarter `with_rhythm`."""
    wanted = Selection.read(selection)
    (label,) = wanted.quarters
    return wanted.rows(attention.rhythm(version, scope, label, wanted.past, day), facts.teams(version, scope))


def _weeks(version: str, scope: str, selection: str, day: str, label: str) -> pd.DataFrame:
    wanted = Selection.read(selection)
    return wanted.rows(attention.weeks(version, scope, label, wanted.past, day), facts.teams(version, scope))


def _added(table: Any, version: str, scope: str, selection: str) -> pd.DataFrame:
    """The groups of the selection of what is added up."""
    wanted = Selection.read(selection)
    rows = wanted.rows(table(version, scope, wanted.past), facts.teams(version, scope))
    return wanted.in_quarters(rows)


def _told(rows: pd.DataFrame, version: str, scope: str, past: str) -> pd.DataFrame:
    """The rows with what readers know the key results by, the teams by their short names."""
    named = attention.titled(rows, version, scope, past)
    return named.assign(team=named["team"].map(facts.short_names(version, scope)).astype("str"))
