"""Frames about rules and changes: what was found, where, and how goals were changed."""

import pandas as pd
import streamlit as st

from dashboard.selection import Selection
from dashboard.tables import facts
from dashboard.tables.facts import DAYS_KEPT, FRAMES_KEPT
from dashboard.tables.year import ground
from pipelines.metrics.changes import changes as changes_of
from pipelines.metrics.grouping import counted, with_teams_above
from pipelines.metrics.lookup import looked_up
from pipelines.metrics.rules import CHECKS, breaches
from pipelines.metrics.tracks import tracks as tracks_of
from pipelines.metrics.tree import executives


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _found(version: str, scope: str, as_of: str, today: str) -> pd.DataFrame:
    """`breaches` of everything loaded, each with the executive of its team."""
    about = ground(version, scope, as_of, today)
    found = breaches(facts.results(version, scope, as_of), about.history, policy=about.policy, today=about.day,
                     as_of=about.as_of)  # fmt: skip
    return found.assign(executive=looked_up(found["team_id"], executives(about.history.team)).astype("str"))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def all_changes(version: str, scope: str, as_of: str, today: str) -> pd.DataFrame:
    """`changes` of everything loaded, each with the executive of its team."""
    about = ground(version, scope, as_of, today)
    found = changes_of(about)
    return found.assign(executive=looked_up(found["team_id"], executives(about.history.team)).astype("str"))


def _within(rows: pd.DataFrame, selection: str, year: str) -> pd.DataFrame:
    """The rows of the chosen quarters, and of longer cycles of the year."""
    quarters = Selection.read(selection).quarters
    return rows[rows["quarter"].isin(quarters) | (rows["quarter"].isna() & (rows["year"] == year))]


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def findings(version: str, scope: str, selection: str, year: str, today: str) -> pd.DataFrame:
    """What the rules found on the selected goals, with the title of each subject, by rule and in the tree's order.

    A finding on a whole team is left out where levels or ambitions are chosen, which a team has not.
    """
    wanted = Selection.read(selection)
    rows = _within(_found(version, scope, wanted.past, today), selection, year)
    if wanted.levels or wanted.ambitions:
        rows = rows[~rows["whole_team"]]
    rows = wanted.rows(rows, facts.teams(version, scope))
    known = facts.history(version, scope)
    titles = pd.concat([
        known.objective.set_index("objective_id")["title"], known.key_result.set_index("key_result_id")["title"]
    ])  # fmt: skip
    owners = known.key_result.drop_duplicates("key_result_id").set_index("key_result_id")["objective_id"]
    named = looked_up(rows["subject"], titles).where(~rows["whole_team"])
    goal = looked_up(rows["subject"], owners).fillna(rows["subject"]).where(~rows["whole_team"])
    ranks = {rule: rank for rank, rule in enumerate(CHECKS)}
    rows = rows.assign(title=named, objective_id=goal, rank=rows["rule"].map(ranks))
    kept = pd.concat([facts.shown(rows, version, scope, selection), rows[rows["team"].isna()]], ignore_index=True)
    return kept.sort_values("rank", kind="stable", ignore_index=True)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def by_team(version: str, scope: str, selection: str, year: str, today: str) -> pd.DataFrame:
    """One row per team, each with all below it: path, team, goals, and under each rule the number of findings."""
    wanted, teams = Selection.read(selection), facts.teams(version, scope)
    goals = checked_goals(version, scope, selection, year)
    size = with_teams_above(goals, teams).groupby("team").size().rename("goals")
    found = findings(version, scope, selection, year, today)
    wide = with_teams_above(found, teams)
    # A share of a whole team already speaks of all below it.
    wide = wide[wide["is_own"] | ~((wide["rule"] == "bottom_up_share") & wide["whole_team"])]
    counts = pd.crosstab(wide["team"], wide["rule"])
    table = size.to_frame().join(counts).fillna(0).astype(int)
    table = table.reindex(columns=["goals", *CHECKS], fill_value=0).rename_axis("team").reset_index()
    return facts.shown(table, version, scope, wanted.text())


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def checked_goals(version: str, scope: str, selection: str, year: str) -> pd.DataFrame:
    """The selected goals the rules are checked on."""
    wanted = Selection.read(selection)
    rows = wanted.rows(counted(facts.results(version, scope, wanted.past)), facts.teams(version, scope))
    return _within(rows, selection, year)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def changes(version: str, scope: str, selection: str, year: str, today: str) -> pd.DataFrame:
    """The changes of the selected goals, the latest first."""
    wanted = Selection.read(selection)
    rows = _within(all_changes(version, scope, wanted.past, today), selection, year)
    rows = wanted.rows(rows, facts.teams(version, scope))
    names = facts.short_names(version, scope)
    rows = rows.assign(team=rows["team"].map(names).astype("str"))
    return rows.sort_values("changed_on", ascending=False, kind="stable", ignore_index=True)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def tracks(version: str, scope: str, selection: str, year: str) -> pd.DataFrame:
    """`tracks` of the selected goals, with team, cycle and the days of the cycle."""
    wanted, names = Selection.read(selection), facts.short_names(version, scope)
    goals = checked_goals(version, scope, selection, year)[["objective_id", "team", "cycle", "starts_on", "ends_on"]]
    table = tracks_of(facts.history(version, scope), as_of=wanted.day).merge(goals, on="objective_id")
    table = table.assign(team=table["team"].map(names).astype("str"))
    return table.sort_values(["ends_on", "key_result_id"], ascending=[False, True], kind="stable", ignore_index=True)
