"""Frames about the pace of a running quarter: all that is selected, team by team, and goal by goal."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.selection import Selection
from dashboard.tables import facts, selected
from dashboard.tables.facts import FRAMES_KEPT
from pipelines.metrics.outlook import RANGE
from pipelines.metrics.pace import pace, pace_of_goals


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def whole(version: str, scope: str, selection: str, day: date) -> pd.DataFrame:
    """`pace` of all that is selected, by quarter; the outlook is that of the quarter's own goals, months' apart."""
    table = _pace(version, scope, selection, day, by=["quarter"])
    own = _pace(version, scope, selection, day, by=["cycle"]).set_index("cycle")[list(RANGE)]
    return table.assign(**{name: table["quarter"].map(own[name]) for name in RANGE})


def by_team(version: str, scope: str, selection: str, day: date) -> pd.DataFrame:
    """`pace` by team with all below, in the tree's order."""
    everyone = Selection.read(selection).over_all_teams().text()
    return selected.shown(_by_team(version, scope, everyone, day), version, scope, selection)


@st.cache_resource(max_entries=FRAMES_KEPT, show_spinner=False)
def _by_team(version: str, scope: str, selection: str, day: date) -> pd.DataFrame:
    return selected.placed(_pace(version, scope, selection, day, by=["team", "quarter"]), version, scope)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def goals(version: str, scope: str, selection: str, day: date) -> pd.DataFrame:
    """`pace_of_goals` of the selection's running quarter and of the longer cycles around it, teams by short name."""
    wanted = Selection.read(selection)
    everything = wanted.rows(facts.results(version, scope, wanted.past), facts.teams(version, scope))
    inside = everything["quarter"].isin(wanted.quarters) | everything["quarter"].isna()
    table = pace_of_goals(everything[inside], day=day)
    return table.assign(team=table["team"].map(facts.short_names(version, scope)).astype("str"))


def _pace(version: str, scope: str, selection: str, day: date, *, by: list[str]) -> pd.DataFrame:
    wanted = Selection.read(selection)
    rows = selected.goals(version, scope, selection)
    table = pace(rows, facts.past(version, scope, wanted.past, day), by=by, day=day)
    # Closed cycles tell how whole teams went on, not some of their goals.
    return table.assign(**dict.fromkeys(RANGE, float("nan"))) if wanted.ambitions or wanted.levels else table
