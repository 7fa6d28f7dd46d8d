"""Frames about alignment: who takes up the company's goals, coverage, the tree, two flows, and who serves whom."""

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.folding import folded
from dashboard.selection import Selection
from dashboard.tables import data, facts, selected, stored
from dashboard.tables.facts import DAYS_KEPT, FRAMES_KEPT, MOST_DRAWN, Places
from pipelines.metrics import alignment, flows, goal_tree, origins, serving, uptake

# The rules of links that lead nowhere or in circles (see `pipelines.resolve`).
BROKEN = ("link_circle", "link_to_itself", "parent_unknown", "parent_ambiguous")
STATED = "child_objective_id,parent_id,relation,batch_id,file,sheet,row"


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def goals(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`uptake` of the company's goals in the selection's quarters, by the goals selected."""
    wanted = Selection.read(selection)
    rows, reach = _reaching(version, scope, wanted.past)
    asked = rows["quarter"].isin(wanted.quarters).to_numpy()
    chosen = wanted.rows(reach[asked[reach["place"]]], facts.teams(version, scope))
    places = np.cumsum(asked) - 1
    return uptake.taken_up(rows[asked].reset_index(drop=True), chosen.assign(place=places[chosen["place"]]))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def reach(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`penetration` of the company's goals, but for those of longer cycles, by quarter."""
    taken = goals(version, scope, selection)
    return uptake.penetration(taken[~taken["longer"]], by=["quarter"])


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _reaching(version: str, scope: str, as_of: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    spans = [facts.quarter(version, label) for label in facts.choices(version, scope)["quarters"]]
    results, links = facts.results(version, scope, as_of), facts.links(version, scope, as_of)
    rows, reach = uptake.reaching(results, links, _of_company(version, scope), quarters=spans)
    about = results[["team_id", "executive", "ambition"]].take(
        facts.places_of(version, scope, as_of, reach["child_id"])
    )
    # Many goals of one team reach the same goal of the company: whoever chooses teams need not tell them apart.
    said = reach.drop(columns="child_id").assign(**{str(name): values.array for name, values in about.items()})
    return rows, said.drop_duplicates(ignore_index=True)


def by_quarter(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`alignment` of all that is selected by quarter, with its own initiatives."""
    return _by_quarter(_coverage, version, scope, selection)


def _by_quarter(compute: selected.Figures, version: str, scope: str, selection: str) -> pd.DataFrame:
    """Figures by quarter, over the chosen ones: each quarter's stand for themselves."""
    wanted = Selection.read(selection)
    table = selected.figures(compute, version, scope, wanted.over_all_quarters().text())
    return wanted.in_quarters(table).reset_index(drop=True)


def _coverage(version: str, scope: str, selection: str, by: tuple[str, ...]) -> pd.DataFrame:
    rows, teams, keys = _chosen(version, scope, selection), facts.teams(version, scope), [*by, "quarter"]
    own = origins.initiatives(rows, teams, by=keys).drop(columns=["objectives", "should_align"])
    return alignment.coverage(rows, teams, by=keys).merge(own, on=keys)


def by_team(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`alignment` by team with all below and by quarter, in the tree's order."""
    everyone = Selection.read(selection).over_all_teams().text()
    return selected.shown(_by_team(version, scope, everyone), version, scope, selection)


@st.cache_resource(max_entries=FRAMES_KEPT, show_spinner=False)
def _by_team(version: str, scope: str, selection: str) -> pd.DataFrame:
    rows = _chosen(version, scope, selection)
    table = alignment.coverage(rows, facts.teams(version, scope), by=["team", "quarter"])
    return selected.placed(table, version, scope)


def rungs(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`rungs` of all that is selected."""
    return _by_quarter(_rungs, version, scope, selection)


def _rungs(version: str, scope: str, selection: str, by: tuple[str, ...]) -> pd.DataFrame:
    return origins.rungs_of(_chosen(version, scope, selection), facts.teams(version, scope), by=by)


def adoption(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`adoption` of all that is selected: one row, or none."""
    return selected.figures(_adoption, version, scope, selection)


def _adoption(version: str, scope: str, selection: str, by: tuple[str, ...]) -> pd.DataFrame:
    return origins.adoption_of(_chosen(version, scope, selection), facts.teams(version, scope), by=by)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def units(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`flows` of all that is selected, headquarters first, units in the tree's order with their short names."""
    wanted, teams = Selection.read(selection), facts.teams(version, scope)
    rows = wanted.in_quarters(wanted.rows(selected.in_units(version, scope, wanted.past), teams))
    table = flows.flows_of(rows, teams)
    table = table.sort_values("unit", key=lambda paths: paths.map(_places(version, scope)), ignore_index=True)
    return table.assign(team=table["unit"].map(facts.short_names(version, scope)).astype("str"))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def served(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`serving` in the selection's quarters, where one end is selected; teams by short name.

    Rows in the tree's order; `place` is that of the served team.
    """
    wanted = Selection.read(selection)
    rows, children, parents = _beside(version, scope, wanted.past)
    asked = selected.of_any_cycle(version, scope, selection)
    table = serving.serving_of(rows[asked[children] | asked[parents]], quarters=wanted.quarters)
    short, places = facts.short_names(version, scope), _places(version, scope)
    table = table.sort_values(["serving", "served"], key=lambda paths: paths.map(places), ignore_index=True)
    names = {end: table[end].map(short).astype("str") for end in ("serving", "served")}
    return table.assign(**names, place=table["served"].map(places))


def busiest(table: pd.DataFrame, most: int = MOST_DRAWN) -> pd.DataFrame:
    """The rows of `served` between the teams with most links, so many at either end as can be seen together."""
    for end in ("serving", "served"):
        sums = table.groupby(end, sort=False)["links"].sum()
        table = table[table[end].isin(sums.nlargest(most).index)]
    return table


def linked(table: pd.DataFrame) -> set[str]:
    """The teams at either end of the rows of `served`."""
    return {*table["serving"], *table["served"]}


# Few are kept, because each may hold all goals of a quarter.
@st.cache_resource(max_entries=16, show_spinner=False)
def tree(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`goal_tree` of the selection's quarter, with the goals above those selected; teams by short name."""
    wanted = Selection.read(selection)
    (label,) = wanted.quarters
    table, places, above = _tree(version, scope, label, wanted.past)
    table = table[goal_tree.and_above(selected.of_any_cycle(version, scope, selection)[places], above)]
    names = facts.short_names(version, scope)
    return table.assign(team=table["team"].map(names).astype("str")).reset_index(drop=True)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def drawn_tree(version: str, scope: str, selection: str) -> pd.DataFrame:
    """The same as drawn: `folded` where there are too many goals."""
    return folded(tree(version, scope, selection))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _beside(version: str, scope: str, as_of: str) -> tuple[pd.DataFrame, Places, Places]:
    """`links_beside` of everything, and where in `facts.results` both ends of each stand."""
    results, links = facts.results(version, scope, as_of), facts.links(version, scope, as_of)
    rows = serving.links_beside(results, links, stored.table(version, scope, "alignment", STATED))
    children, parents = (facts.places_of(version, scope, as_of, rows[end]) for end in ("child_id", "parent_id"))
    return rows, children, parents


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _tree(version: str, scope: str, label: str, as_of: str) -> tuple[pd.DataFrame, Places, Places]:
    """`goal_tree` of everything in the quarter, where in `facts.results` each goal stands, and what it is under."""
    results, links = facts.results(version, scope, as_of), facts.links(version, scope, as_of)
    quarter, stated = facts.quarter(version, label), stored.table(version, scope, "alignment", STATED)
    table = goal_tree.goal_tree(results, links, stated, quarter=quarter, policy=facts.policy(version))
    places = facts.places_of(version, scope, as_of, table["objective_id"])
    return table, places, goal_tree.places_above(table)


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _added(version: str, scope: str, as_of: str) -> pd.DataFrame:
    stated = stored.table(version, scope, "objective", "objective_id,adoption")
    return origins.added_up(facts.flagged(version, scope, as_of), stated)


def broken(version: str) -> pd.DataFrame:
    """The problems of links that lead to something unknown, to themselves, or in circles; over everything loaded."""
    found = data.problems(version)
    return found[found["rule"].isin(BROKEN)].reset_index(drop=True)


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _of_company(version: str, scope: str) -> pd.DataFrame:
    """The key results of the company's goals."""
    known = facts.results(version, scope, "")
    goals = list(known.loc[known["level"] == "company", "objective_id"])
    return stored.rows_of(version, "key_result", objective_id=goals)


def _places(version: str, scope: str) -> dict[str, int]:
    """The place of each team, by its path, as the tree lists them."""
    return {path: place for place, path in enumerate(facts.choices(version, scope)["teams"])}


def _chosen(version: str, scope: str, selection: str) -> pd.DataFrame:
    """The selected goals with their flags, added up; links lead out of the selection, so all take part in those."""
    wanted = Selection.read(selection)
    return wanted.in_quarters(wanted.rows(_added(version, scope, wanted.past), facts.teams(version, scope)))
