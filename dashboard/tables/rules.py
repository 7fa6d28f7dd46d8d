"""Frames about rules and changes: what was found, where, and how goals were changed."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.selection import Selection
from dashboard.tables import facts, selected, stored
from dashboard.tables.facts import DAYS_KEPT, FRAMES_KEPT, MOST_LISTED
from dashboard.tables.year import ground
from pipelines.lookup import looked_up
from pipelines.metrics.changes import with_since_agreed
from pipelines.metrics.grouping import counted, summed, with_teams_above
from pipelines.metrics.rules import CHECKS, breaches_of, held_by
from pipelines.metrics.tracks import on_two, tracks_of
from pipelines.metrics.tracks import tracks as tracks_of_history


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _found(version: str, scope: str, as_of: str, today: str) -> pd.DataFrame:
    """`breaches` of everything loaded, each with the executive of its team."""
    if as_of:
        found = breaches_of(ground(version, scope, as_of, today))
    else:
        found = held_by(stored.table(version, scope, "finding"), date.fromisoformat(today))
    return facts.with_executives(found, version, scope)


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def all_changes(version: str, scope: str, as_of: str, today: str) -> pd.DataFrame:
    """`changes` of everything loaded, each with the executive of its team."""
    if as_of:
        found = ground(version, scope, as_of, today).moved
    else:
        found = with_since_agreed(stored.table(version, scope, "goal_change"))
    return facts.with_executives(found, version, scope)


def _within(rows: pd.DataFrame, selection: str, year: str) -> pd.DataFrame:
    """The rows of the chosen quarters, and of longer cycles of the year."""
    quarters = Selection.read(selection).quarters
    return rows[rows["quarter"].isin(quarters) | (rows["quarter"].isna() & (rows["year"] == year))]


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def findings(version: str, scope: str, selection: str, year: str, today: str) -> pd.DataFrame:
    """What the rules found on the selected goals, by rule and in the tree's order.

    A finding on a whole team is left out where levels or ambitions are chosen, which a team has not.
    """
    wanted = Selection.read(selection)
    rows = _within(_found(version, scope, wanted.past, today), selection, year)
    if wanted.levels or wanted.ambitions:
        rows = rows[~rows["whole_team"]]
    rows = wanted.rows(rows, facts.teams(version, scope))
    ranks = {rule: rank for rank, rule in enumerate(CHECKS)}
    rows = rows.assign(rank=rows["rule"].map(ranks))
    placed = selected.shown(selected.placed(rows, version, scope), version, scope, selection)
    kept = pd.concat([placed, rows[rows["team"].isna()]], ignore_index=True)
    return kept.sort_values("rank", kind="stable", ignore_index=True)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def listed(version: str, scope: str, selection: str, year: str, today: str) -> pd.DataFrame:
    """The first of the `findings`, with title and objective_id of each subject; neither of a whole team."""
    rows = findings(version, scope, selection, year, today).head(MOST_LISTED)
    names = list(rows.loc[~rows["whole_team"], "subject"])
    goals = stored.rows_of(version, "objective", ["objective_id", "title"], objective_id=names)
    columns = ["key_result_id", "objective_id", "title"]
    parts = stored.rows_of(version, "key_result", columns, key_result_id=names).set_index("key_result_id")
    titles = pd.concat([goals.set_index("objective_id")["title"], parts["title"]])
    goal = looked_up(rows["subject"], parts["objective_id"]).fillna(rows["subject"])
    named = {"title": looked_up(rows["subject"], titles), "objective_id": goal}
    return rows.assign(**{name: values.where(~rows["whole_team"]) for name, values in named.items()})


def by_team(version: str, scope: str, selection: str, year: str, today: str) -> pd.DataFrame:
    """One row per team, each with all below it: path, team, goals, and under each rule the number of findings."""
    everyone = Selection.read(selection).over_all_teams().text()
    return selected.shown(_by_team(version, scope, everyone, year, today), version, scope, selection)


@st.cache_resource(max_entries=FRAMES_KEPT, show_spinner=False)
def _by_team(version: str, scope: str, selection: str, year: str, today: str) -> pd.DataFrame:
    goals, teams = checked_goals(version, scope, selection, year), facts.teams(version, scope)
    size = summed(goals, teams, by=["team"], sums=[]).set_index("team")["objectives"].rename("goals")
    found = findings(version, scope, selection, year, today)
    own = found.groupby(["team_id", "rule", "whole_team"], dropna=False).size().rename("findings").reset_index()
    wide = with_teams_above(own, teams)
    # A share of a whole team already speaks of all below it.
    wide = wide[wide["is_own"] | ~((wide["rule"] == "bottom_up_share") & wide["whole_team"])]
    counts = wide.pivot_table(index="team", columns="rule", values="findings", aggfunc="sum")
    table = size[size.index.notna()].to_frame().join(counts).fillna(0).astype(int)
    table = table.reindex(columns=["goals", *CHECKS], fill_value=0).rename_axis("team").reset_index()
    return selected.placed(table, version, scope)


# Few are kept, because each may hold most of the table.
@st.cache_resource(max_entries=8, show_spinner=False)
def checked_goals(version: str, scope: str, selection: str, year: str) -> pd.DataFrame:
    """The selected goals the rules are checked on."""
    everything = facts.results(version, scope, Selection.read(selection).past)
    return counted(_within(everything[selected.of_any_cycle(version, scope, selection)], selection, year))


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
    names = facts.short_names(version, scope)
    goals = checked_goals(version, scope, selection, year)[["objective_id", "team", "cycle", "starts_on", "ends_on"]]
    table = _tracks(version, scope, Selection.read(selection).past).merge(goals, on="objective_id")
    table = table.assign(team=table["team"].map(names).astype("str"))
    return table.sort_values(["ends_on", "key_result_id"], ascending=[False, True], kind="stable", ignore_index=True)


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _tracks(version: str, scope: str, as_of: str) -> pd.DataFrame:
    """`tracks` of everything loaded."""
    if as_of:
        return tracks_of_history(facts.history(version, scope), as_of=date.fromisoformat(as_of))
    targets = stored.rows_of(version, "key_result", ["key_result_id", "status", "base_target", "stretch_target"])
    names = list(on_two(targets)["key_result_id"])
    rows = stored.rows_of(version, "key_result", key_result_id=names)
    kept = stored.rows_of(version, "follow_up", key_result_id=names).set_index("key_result_id")
    rows = rows[rows["key_result_id"].isin(kept.index)].reset_index(drop=True)
    start, value = (looked_up(rows["key_result_id"], kept[name]) for name in ("start", "value"))
    return tracks_of(rows, start=start, value=value.fillna(rows["current"]))
