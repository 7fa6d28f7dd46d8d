"""The parts that a selection takes of what is read: goals, sums of goals, and the teams it shows."""

from collections.abc import Callable
from dataclasses import replace
from types import FunctionType
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.selection import Selection
from dashboard.tables import facts
from dashboard.tables.facts import DAYS_KEPT, FRAMES_KEPT, Places
from pipelines.metrics.anchoring import anchoring_of
from pipelines.metrics.completion import added_up
from pipelines.metrics.flows import COUNTS, flows_of
from pipelines.metrics.flows import in_units as goals_in_units
from pipelines.metrics.grouping import groups_of

Flags = np.ndarray[Any, np.dtype[np.bool_]]
Figures = Callable[..., pd.DataFrame]
"""From version, scope, selection, the keys to group by before its own (`team`, or none), and more."""
BY_NAME: dict[type | str, Callable[[Any], Any]] = {FunctionType: lambda compute: (compute.__module__, compute.__name__)}
"""How functions are told apart in keys: Streamlit would read their code, and that of all they call."""
TEAMS_KEPT = 32
NONE = np.array([], dtype=np.intp)


def figures(compute: Figures, version: str, scope: str, selection: str, *more: str) -> pd.DataFrame:
    """What `compute` gives for the selection; shared, and never changed.

    A team stands for itself and all below it, chosen or as one row of many: the figures of a single team are taken from
    those of every team, which take hardly longer together and serve whoever chooses another team next.
    """
    wanted = Selection.read(selection)
    if len(wanted.teams) != 1 or wanted.executives:
        return _computed(compute, version, scope, selection, (), *more)
    table, places = _of_every_team(compute, version, scope, replace(wanted, teams=()).text(), *more)
    return table.take(places.get(wanted.teams[0], NONE)).reset_index(drop=True)


@st.cache_resource(max_entries=FRAMES_KEPT, show_spinner=False, hash_funcs=BY_NAME)
def _computed(compute: Figures, *asked: Any) -> pd.DataFrame:
    return compute(*asked)


# Few are kept, because each holds a row or more for every team.
@st.cache_resource(max_entries=TEAMS_KEPT, show_spinner=False, hash_funcs=BY_NAME)
def _of_every_team(
    compute: Figures, version: str, scope: str, selection: str, *more: str
) -> tuple[pd.DataFrame, dict[str, Places]]:
    """The figures by team, without its column, and where those of each stand."""
    table = compute(version, scope, selection, ("team",), *more)
    places = table.groupby("team", sort=False).indices
    return table.drop(columns="team"), {str(team): np.asarray(rows, dtype=np.intp) for team, rows in places.items()}


# One run asks for the same rows a dozen times; few selections are kept, because each may hold most of the table.
@st.cache_resource(max_entries=8, show_spinner=False)
def goals(version: str, scope: str, selection: str) -> pd.DataFrame:
    """The objectives of the selection, as of its day: `Selection.rows` within its quarters."""
    past = Selection.read(selection).past
    return facts.results(version, scope, past).take(places(version, scope, selection))


@st.cache_resource(max_entries=64, show_spinner=False)
def places(version: str, scope: str, selection: str) -> Places:
    """Where in `facts.results`, and all that has its rows, the objectives of the selection stand."""
    wanted = Selection.read(selection)
    lying = wanted.keeps_quarters(_coded(version, scope, wanted.past)).to_numpy()
    return np.flatnonzero(lying & asked(version, scope, wanted.over_all_quarters().text()))


@st.cache_resource(max_entries=64, show_spinner=False)
def asked(version: str, scope: str, selection: str) -> Flags:
    """Which of the rows of `facts.results` are objectives of the selection, of whatever cycle."""
    wanted = Selection.read(selection)
    return wanted.keeps(_coded(version, scope, wanted.past), facts.teams(version, scope)).to_numpy()


def of_any_cycle(version: str, scope: str, selection: str) -> Flags:
    """`asked` whichever quarters are chosen."""
    return asked(version, scope, Selection.read(selection).over_all_quarters().text())


# Whole numbers in place of texts are looked through ten times faster, and these texts repeat.
@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _coded(version: str, scope: str, as_of: str) -> pd.DataFrame:
    rows = facts.results(version, scope, as_of)
    return rows[["quarter", "team_id", "executive", "ambition", "level"]].astype("category")


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _added(version: str, scope: str, as_of: str) -> pd.DataFrame:
    return added_up(facts.results(version, scope, as_of), policy=facts.policy(version))


@st.cache_resource(max_entries=64, show_spinner=False)
def added(version: str, scope: str, selection: str) -> pd.DataFrame:
    """The objectives of the selection, as of its day, `added_up`: enough for figures of completion."""
    wanted = Selection.read(selection)
    return wanted.in_quarters(wanted.rows(_added(version, scope, wanted.past), facts.teams(version, scope)))


def placed(rows: pd.DataFrame, version: str, scope: str) -> pd.DataFrame:
    """The rows of teams in the tree's order; `path` keeps the full name beside `team`."""
    order = {path: place for place, path in enumerate(facts.choices(version, scope)["teams"])}
    kept = rows[rows["team"].isin(order)]
    kept = kept.sort_values("team", key=lambda team: team.map(order), kind="stable", ignore_index=True)
    return kept.assign(path=kept["team"], team=kept["team"].map(facts.short_names(version, scope)))


def shown(rows: pd.DataFrame, version: str, scope: str, selection: str) -> pd.DataFrame:
    """The rows of teams that the selection shows, of rows that are `placed`."""
    wanted = Selection.read(selection)
    if wanted.teams or wanted.executives:
        rows = rows[rows["path"].isin(_paths(version, scope, wanted.teams, wanted.executives))]
    return rows.reset_index(drop=True)


@st.cache_resource(max_entries=64, show_spinner=False)
def _paths(version: str, scope: str, teams: tuple[str, ...], executives: tuple[str, ...]) -> set[str]:
    return Selection(teams=teams, executives=executives).shows(facts.tree(version, scope))


@st.cache_resource(max_entries=64, show_spinner=False)
def _teams_shown(version: str, scope: str, teams: tuple[str, ...], executives: tuple[str, ...]) -> pd.DataFrame:
    rows = facts.teams(version, scope)
    return rows[rows["path"].isin(_paths(version, scope, teams, executives))]


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _anchored(version: str, scope: str, as_of: str) -> pd.DataFrame:
    table = flows_of(in_units(version, scope, as_of), facts.teams(version, scope))
    return placed(anchoring_of(table), version, scope)


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def in_units(version: str, scope: str, as_of: str) -> pd.DataFrame:
    """All goals `in_units` that should align, added up by all that a selection asks for."""
    keys, flags = ["team_id", "executive", "level", "ambition"], ["counted", "should_align", "anchored"]
    asked = facts.flagged(version, scope, as_of)[["objective_id", "quarter", *keys, *flags]]
    rows = goals_in_units(asked, facts.links(version, scope, as_of), facts.teams(version, scope))
    return groups_of(rows[rows["should_align"]], ["quarter", "side", "unit_id", *keys])[COUNTS].sum().reset_index()


def anchored(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`anchoring` of the selected branches in all quarters, over everything loaded, in the tree's order."""
    return shown(_anchored(version, scope, Selection.read(selection).past), version, scope, selection)


def uppermost(rows: pd.DataFrame, version: str, scope: str, *, most: int) -> pd.DataFrame:
    """The rows, by `path`, of at most so many teams: of as many levels of the tree from the top as are so few."""
    teams = pd.Series(rows["path"].unique())
    if len(teams) <= most:
        return rows
    depth = teams.map(facts.depths(version, scope))
    fits = depth.value_counts().sort_index().cumsum() <= most
    upper = teams[depth <= fits.index[max(int(fits.sum()), 1) - 1]]
    return rows[rows["path"].isin(upper.head(most))].reset_index(drop=True)


def teams_shown(version: str, scope: str, selection: str) -> pd.DataFrame:
    """The table `team`, but for the teams that the selection does not show."""
    wanted = Selection.read(selection)
    return _teams_shown(version, scope, wanted.teams, wanted.executives)


def top_team(version: str, scope: str, selection: str) -> str | None:
    """The path of the one team above all that is selected: the chosen one, or the tree's only root."""
    picked = Selection.read(selection).teams
    rows = facts.teams(version, scope)
    roots = list(rows.loc[rows["parent_team_id"].isna(), "path"])
    tops = list(picked) or roots
    return tops[0] if len(tops) == 1 else None
