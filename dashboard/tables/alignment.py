"""Frames about alignment: who takes up the company's goals, coverage, the tree, two flows, and who serves whom."""

from collections.abc import Collection

import pandas as pd
import streamlit as st

from dashboard.selection import Selection
from dashboard.tables import data, facts, selected, stored
from dashboard.tables.facts import DAYS_KEPT, FRAMES_KEPT
from pipelines.metrics import alignment, flows, goal_tree, origins, serving, uptake

# The rules of links that lead nowhere or in circles (see `pipelines.resolve`).
BROKEN = ("link_circle", "link_to_itself", "parent_unknown", "parent_ambiguous")
STATED = "child_objective_id,parent_id,relation,batch_id,file,sheet,row"


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def goals(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`uptake` of the company's goals in the selection's quarters, by the goals selected."""
    wanted = Selection.read(selection)
    rows, reach = _reaching(version, scope, ",".join(wanted.quarters), wanted.past)
    return uptake.taken_up(rows, reach, of=_asked(version, scope, selection))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _reaching(version: str, scope: str, quarters: str, as_of: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    spans = [facts.quarter(version, label) for label in quarters.split(",")]
    results, links = facts.results(version, scope, as_of), facts.links(version, scope, as_of)
    return uptake.reaching(results, links, _of_company(version, scope), quarters=spans)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def by_quarter(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`alignment` of all that is selected by quarter, with its own initiatives."""
    rows, teams = _chosen(version, scope, selection), facts.teams(version, scope)
    own = origins.initiatives(rows, teams, by=["quarter"]).drop(columns=["objectives", "should_align"])
    return alignment.coverage(rows, teams, by=["quarter"]).merge(own, on="quarter")


def by_team(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`alignment` by team with all below and by quarter, in the tree's order."""
    everyone = Selection.read(selection).over_all_teams().text()
    return selected.shown(_by_team(version, scope, everyone), version, scope, selection)


@st.cache_resource(max_entries=FRAMES_KEPT, show_spinner=False)
def _by_team(version: str, scope: str, selection: str) -> pd.DataFrame:
    rows = _chosen(version, scope, selection)
    table = alignment.coverage(rows, facts.teams(version, scope), by=["team", "quarter"])
    return selected.placed(table, version, scope)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def rungs(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`rungs` of all that is selected."""
    return origins.rungs(_chosen(version, scope, selection))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def adoption(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`adoption` of all that is selected: one row, or none."""
    rows = _chosen(version, scope, selection)
    stated = stored.rows_of(version, "objective", ["objective_id", "adoption"], objective_id=list(rows["objective_id"]))
    return origins.adoption(rows, stated, facts.teams(version, scope))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def units(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`flows` of all that is selected, headquarters first, units in the tree's order with their short names."""
    of = set(_chosen(version, scope, selection)["objective_id"])
    table = flows.flows_of(
        _in_units(version, scope, Selection.read(selection).past), facts.teams(version, scope), of=of
    )
    table = table.sort_values("unit", key=lambda paths: paths.map(_places(version, scope)), ignore_index=True)
    return table.assign(team=table["unit"].map(facts.short_names(version, scope)).astype("str"))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def served(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`serving` in the selection's quarters, where one end is selected; teams by short name.

    Rows in the tree's order; `place` is that of the served team.
    """
    wanted = Selection.read(selection)
    results, of = _results(version, scope, selection), _asked(version, scope, selection)
    links = _links(version, scope, selection)
    stated = stored.table(version, scope, "alignment", STATED)
    table = serving.serving(results, links, stated, quarters=wanted.quarters, of=of)
    short, places = facts.short_names(version, scope), _places(version, scope)
    table = table.sort_values(["serving", "served"], key=lambda paths: paths.map(places), ignore_index=True)
    names = {end: table[end].map(short).astype("str") for end in ("serving", "served")}
    return table.assign(**names, place=table["served"].map(places))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def tree(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`goal_tree` of the selection's quarter, with the goals above those selected; teams by short name."""
    wanted = Selection.read(selection)
    (label,) = wanted.quarters
    table = goal_tree.with_above(_tree(version, scope, label, wanted.past), of=_asked(version, scope, selection))
    return table.assign(team=table["team"].map(facts.short_names(version, scope)).astype("str"))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _tree(version: str, scope: str, label: str, as_of: str) -> pd.DataFrame:
    results, links = facts.results(version, scope, as_of), facts.links(version, scope, as_of)
    quarter, stated = facts.quarter(version, label), stored.table(version, scope, "alignment", STATED)
    return goal_tree.goal_tree(results, links, stated, quarter=quarter, policy=facts.policy(version))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _in_units(version: str, scope: str, as_of: str) -> pd.DataFrame:
    flagged, links = facts.flagged(version, scope, as_of), facts.links(version, scope, as_of)
    return flows.in_units(flagged, links, facts.teams(version, scope))


def broken(version: str) -> pd.DataFrame:
    """The problems of links that lead to something unknown, to themselves, or in circles; over everything loaded."""
    found = data.problems(version)
    return found[found["rule"].isin(BROKEN)].reset_index(drop=True)


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _of_company(version: str, scope: str) -> pd.DataFrame:
    """The key results of the company's goals."""
    known = facts.results(version, scope)
    goals = list(known.loc[known["level"] == "company", "objective_id"])
    return stored.rows_of(version, "key_result", objective_id=goals)


def _places(version: str, scope: str) -> dict[str, int]:
    """The place of each team, by its path, as the tree lists them."""
    return {path: place for place, path in enumerate(facts.choices(version, scope)["teams"])}


def _links(version: str, scope: str, selection: str) -> pd.DataFrame:
    return facts.links(version, scope, Selection.read(selection).past)


def _results(version: str, scope: str, selection: str) -> pd.DataFrame:
    return facts.results(version, scope, Selection.read(selection).past)


def _chosen(version: str, scope: str, selection: str) -> pd.DataFrame:
    """The selected goals with their flags; links lead out of the selection, so all take part in those."""
    flagged = facts.flagged(version, scope, Selection.read(selection).past)
    return flagged.take(selected.places(version, scope, selection))


def _asked(version: str, scope: str, selection: str) -> Collection[str] | None:
    """The goals selected, of whatever cycle; none where the filters leave out nothing."""
    wanted = Selection.read(selection)
    if not (wanted.teams or wanted.executives or wanted.ambitions or wanted.levels):
        return None
    rows = wanted.rows(facts.results(version, scope, wanted.past), facts.teams(version, scope))
    return set(rows["objective_id"])
