"""Frames about the year: annual goals, the parts they are cut into, and the goals below them."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.selection import Selection
from dashboard.tables import facts, selected, stored
from dashboard.tables.facts import DAYS_KEPT, FRAMES_KEPT
from pipelines.metrics import year as years
from pipelines.metrics.breaches import Checked, checked
from pipelines.metrics.grouping import counted
from pipelines.metrics.year_below import goals_below_of


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def ground(version: str, scope: str, as_of: str, today: str) -> Checked:
    """All counted goals with their key results and check-ins as of a past day; never changed."""
    day = date.fromisoformat(as_of)
    results, known = facts.results(version, scope, as_of), facts.history(version, scope)
    return checked(results, known, policy=facts.policy(version), as_of=day, today=date.fromisoformat(today))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _parts(version: str, scope: str, as_of: str, today: str) -> pd.DataFrame:
    """`year_parts` of everything loaded, and their wholes as step 0."""
    if not as_of:
        rows = stored.table(version, scope, "year_part")
        return rows.assign(ended=rows["ends_on"] <= pd.Timestamp(today))
    about = ground(version, scope, as_of, today)
    found = years.year_parts(about)
    return pd.concat([years.year_wholes(about, found), found])


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _chains(version: str, scope: str, as_of: str, today: str) -> pd.DataFrame:
    """`year_goals` of everything loaded."""
    return years.goals_of(_parts(version, scope, as_of, today))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _below(version: str, scope: str, as_of: str) -> pd.DataFrame:
    """`goals_below` of everything loaded."""
    return goals_below_of(facts.results(version, scope, as_of), facts.links(version, scope, as_of))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def goals(version: str, scope: str, selection: str, label: str) -> pd.DataFrame:
    """The selected annual goals of the year, in the tree's order, the company's first.

    Out: objective_id, title, team, level, score, key_results, key_results_scored.
    """
    wanted = Selection.read(selection)
    rows = wanted.rows(counted(facts.results(version, scope, wanted.past)), facts.teams(version, scope))
    rows = rows[rows["cycle"] == label]
    placed = selected.shown(selected.placed(rows, version, scope), version, scope, selection)
    return pd.concat([placed, rows[rows["team"].isna()]], ignore_index=True)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def quarters(version: str, scope: str, selection: str, label: str) -> list[str]:
    """The quarters of the year that hold goals, whichever are chosen: the year is shown whole."""
    rows = facts.results(version, scope, Selection.read(selection).past)
    return sorted(rows.loc[rows["year"] == label, "quarter"].dropna().unique())


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def below(version: str, scope: str, selection: str, label: str) -> pd.DataFrame:
    """`goals_below` of the selected annual goals; what serves them counts whether it is selected or not."""
    table = _below(version, scope, Selection.read(selection).past)
    return table[table["objective_id"].isin(goals(version, scope, selection, label)["objective_id"])]


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def chains(version: str, scope: str, selection: str, label: str, today: str) -> pd.DataFrame:
    """`year_goals` of the selected annual goals, in their order."""
    own = goals(version, scope, selection, label)
    table = _chains(version, scope, Selection.read(selection).past, today)
    order = {name: place for place, name in enumerate(own["objective_id"])}
    table = table[table["objective_id"].isin(order)]
    table = table.sort_values("objective_id", key=lambda names: names.map(order), kind="stable", ignore_index=True)
    return table.assign(team=table["team"].map(facts.short_names(version, scope)).astype("str"))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def parts(version: str, scope: str, selection: str, label: str, today: str) -> pd.DataFrame:
    """`year_parts` of those."""
    wholes = chains(version, scope, selection, label, today)["key_result_id"]
    table = _parts(version, scope, Selection.read(selection).past, today)
    table = table[table["whole_id"].isin(wholes) & (table["step"] > 0)]
    return table.assign(team=table["team"].map(facts.short_names(version, scope)).astype("str"))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def periods(version: str, scope: str, selection: str, label: str, today: str) -> pd.DataFrame:
    """`year_periods` of those."""
    return years.year_periods(parts(version, scope, selection, label, today))
