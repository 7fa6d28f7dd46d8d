"""Frames about how OKR itself runs: the calendar, check-ins, confidence, what it was worth, and who set goals."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.selection import Selection
from dashboard.tables import facts
from dashboard.tables.facts import DAYS_KEPT, FRAMES_KEPT
from pipelines.metrics import calibration as confidences
from pipelines.metrics.attention import stale_key_results
from pipelines.metrics.check_in_calendar import check_in_calendar
from pipelines.metrics.confidence import confidence_by_week, confidence_falls
from pipelines.metrics.execution_or_goal import execution_or_goal
from pipelines.metrics.fill_rate import fill_rate, fill_rate_of, owners_unknown
from pipelines.metrics.results import key_result_results
from pipelines.metrics.rhythm import rhythm


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def whole(version: str, scope: str, selection: str, day: str) -> pd.DataFrame:
    """`rhythm` of all that is selected, up to the day: one row, or none."""
    return rhythm(
        facts.chosen(version, scope, selection), facts.history(version, scope), **_asked(version, selection, day)
    )


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def by_team(version: str, scope: str, selection: str, day: str) -> pd.DataFrame:
    """`rhythm` by team with all below, in the tree's order."""
    rows, known = facts.chosen(version, scope, selection), facts.history(version, scope)
    return facts.shown(rhythm(rows, known, by=["team"], **_asked(version, selection, day)), version, scope, selection)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def calendar(version: str, scope: str, selection: str, day: str, label: str) -> pd.DataFrame:
    """`check_in_calendar` of one quarter, in the tree's order."""
    rows, known = facts.chosen(version, scope, selection), facts.history(version, scope)
    table = check_in_calendar(rows, known, quarter=facts.quarter(version, label), day=date.fromisoformat(day))
    return facts.shown(table, version, scope, selection)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def stale(version: str, scope: str, selection: str, day: str) -> pd.DataFrame:
    """`stale_key_results` of the selection, with the teams' short names."""
    rows, known = facts.chosen(version, scope, selection), facts.history(version, scope)
    return _short(stale_key_results(rows, known, **_asked(version, selection, day)), version, scope)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def confidence(version: str, scope: str, selection: str, day: str, label: str) -> pd.DataFrame:
    """`confidence_by_week` of one quarter."""
    rows, known = facts.chosen(version, scope, selection), facts.history(version, scope)
    return confidence_by_week(rows, known, quarter=facts.quarter(version, label), day=date.fromisoformat(day))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def falls(version: str, scope: str, selection: str, day: str, label: str) -> pd.DataFrame:
    """`confidence_falls` of one quarter, with the teams' short names."""
    rows, known = facts.chosen(version, scope, selection), facts.history(version, scope)
    asked: dict[str, Any] = {"quarter": facts.quarter(version, label), "day": date.fromisoformat(day)}
    return _short(confidence_falls(rows, known, **asked, policy=facts.policy(version)), version, scope)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def calibration(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`calibration` over the selection's quarters, which should have ended."""
    rows, known = facts.chosen(version, scope, selection), facts.history(version, scope)
    scored = _scored(version, scope, Selection.read(selection).past)
    stated = confidences.forecasts(rows, scored, known.check_in, policy=facts.policy(version))
    return confidences.calibration(stated)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def recorded(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`inflation_sides` by quarter, in the column `quarter`."""
    rows = facts.chosen(version, scope, selection)
    scored = _scored(version, scope, Selection.read(selection).past)
    sides = confidences.inflation_sides(rows.assign(cycle=rows["quarter"]), scored)
    return sides.rename(columns={"cycle": "quarter"})


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def execution(version: str, scope: str, selection: str, day: str, side: str) -> pd.DataFrame:
    """`execution_or_goal` of one side, the rows that have both figures, in the tree's order."""
    rows, known = facts.chosen(version, scope, selection), facts.history(version, scope)
    table = execution_or_goal(rows, known, **_asked(version, selection, day))
    table = table[(table["side"] == side) & table["quadrant"].notna()]
    return facts.shown(table, version, scope, selection)


# Who set nothing would be wrong over a choice of goals: the selection chooses teams here, and nothing else.
@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def filled(version: str, scope: str, selection: str, day: str, label: str) -> pd.DataFrame:
    """`fill_rate` of one quarter by team with all below, in the tree's order."""
    rows = facts.results(version, scope, Selection.read(selection).past)
    asked: dict[str, Any] = {"quarter": facts.quarter(version, label), "day": date.fromisoformat(day)}
    return facts.shown(fill_rate(rows, facts.history(version, scope), **asked), version, scope, selection)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def filled_whole(version: str, scope: str, selection: str, day: str, label: str) -> pd.DataFrame:
    """`fill_rate_of` the selection's teams, with owners_unknown; no row without a roster."""
    wanted, known = Selection.read(selection), facts.history(version, scope)
    rows, span = facts.results(version, scope, wanted.past), facts.quarter(version, label)
    shown = set(facts.teams_shown(version, scope, selection)["team_id"])
    teams = shown if wanted.teams or wanted.executives else None
    table = fill_rate_of(rows, known, quarter=span, day=date.fromisoformat(day), teams=teams)
    return table.assign(owners_unknown=owners_unknown(rows, known, quarter=span))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _scored(version: str, scope: str, as_of: str) -> pd.DataFrame:
    """`key_result_result` as of the day, or with everything known."""
    day = date.fromisoformat(as_of) if as_of else None
    return key_result_results(facts.history(version, scope), policy=facts.policy(version), as_of=day)


def _asked(version: str, selection: str, day: str) -> dict[str, Any]:
    return {"policy": facts.policy(version), "today": date.fromisoformat(day), "as_of": Selection.read(selection).day}


def _short(rows: pd.DataFrame, version: str, scope: str) -> pd.DataFrame:
    return rows.assign(team=rows["team"].map(facts.short_names(version, scope)).astype("str"))
