"""Frames about the year: annual goals, the parts they are cut into, and the goals below them."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.selection import Selection
from dashboard.tables import facts
from dashboard.tables.facts import DAYS_KEPT, FRAMES_KEPT
from pipelines.metrics import year as years
from pipelines.metrics.breaches import Checked, checked
from pipelines.metrics.grouping import counted
from pipelines.metrics.year_below import goals_below


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def ground(version: str, scope: str, as_of: str, today: str) -> Checked:
    """All counted goals with their key results and check-ins, as of the past day or today; never changed."""
    day = date.fromisoformat(as_of) if as_of else None
    results, known = facts.results(version, scope, as_of), facts.history(version, scope)
    return checked(results, known, policy=facts.policy(version), as_of=day, today=date.fromisoformat(today))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _parts(version: str, scope: str, as_of: str, today: str) -> pd.DataFrame:
    """`year_parts` of everything loaded."""
    return years.year_parts(ground(version, scope, as_of, today))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def goals(version: str, scope: str, selection: str, label: str) -> pd.DataFrame:
    """The selected annual goals of the year, in the tree's order, the company's first.

    Out: objective_id, title, team, level, score, key_results, key_results_scored.
    """
    wanted = Selection.read(selection)
    rows = wanted.rows(counted(facts.results(version, scope, wanted.past)), facts.teams(version, scope))
    rows = rows[rows["cycle"] == label]
    placed = facts.shown(rows, version, scope, selection)
    return pd.concat([placed, rows[rows["team"].isna()]], ignore_index=True)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def quarters(version: str, scope: str, selection: str, label: str) -> list[str]:
    """The quarters of the year that hold goals, whichever are chosen: the year is shown whole."""
    rows = facts.results(version, scope, Selection.read(selection).past)
    return sorted(rows.loc[rows["year"] == label, "quarter"].dropna().unique())


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def below(version: str, scope: str, selection: str, label: str) -> pd.DataFrame:
    """`goals_below` of the selected annual goals; what serves them counts whether it is selected or not."""
    wanted = Selection.read(selection)
    table = goals_below(facts.results(version, scope, wanted.past), facts.history(version, scope))
    return table[table["objective_id"].isin(goals(version, scope, selection, label)["objective_id"])]


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def chains(version: str, scope: str, selection: str, label: str, today: str) -> pd.DataFrame:
    """`year_goals` of the selected annual goals, in their order."""
    own = goals(version, scope, selection, label)
    past = Selection.read(selection).past
    table = years.year_goals(ground(version, scope, past, today), _parts(version, scope, past, today))
    order = {name: place for place, name in enumerate(own["objective_id"])}
    table = table[table["objective_id"].isin(order)]
    table = table.sort_values("objective_id", key=lambda names: names.map(order), kind="stable", ignore_index=True)
    return table.assign(team=table["team"].map(facts.short_names(version, scope)).astype("str"))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def parts(version: str, scope: str, selection: str, label: str, today: str) -> pd.DataFrame:
    """`year_parts` of those."""
    wholes = chains(version, scope, selection, label, today)["key_result_id"]
    table = _parts(version, scope, Selection.read(selection).past, today)
    table = table[table["whole_id"].isin(wholes)]
    return table.assign(team=table["team"].map(facts.short_names(version, scope)).astype("str"))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def periods(version: str, scope: str, selection: str, label: str, today: str) -> pd.DataFrame:
    """`year_periods` of those."""
    return years.year_periods(parts(version, scope, selection, label, today))
