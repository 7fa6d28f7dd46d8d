"""Frames of goals worth a question: new ones, those that ended low, those left behind by their key results."""

from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.selection import Selection
from dashboard.tables import challenge, facts, selected, stored
from dashboard.tables.facts import DAYS_KEPT, FRAMES_KEPT, Places
from dashboard.tables.listed import Listed, listed
from pipelines.history import History
from pipelines.metrics import reconsidering
from pipelines.metrics.completion import added_apart
from pipelines.metrics.follow_up import told_later
from pipelines.metrics.new_goals import cycles_nearby, in_short, new_goal_evidence, open_in_first_days
from pipelines.metrics.results import key_result_results

ABOUT = ["objective_id", "team", "cycle", "title", "ambition", "status"]


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def new_goals(version: str, scope: str, selection: str, named_by: str, today: date) -> tuple[Listed, pd.DataFrame]:
    """The selected new goals with what suggests that they ask too little, and all new goals.

    One row per finding, goals with most first: objective_id, team (as in `challenge.goals`; `named_by` is the
    selection that decides it), cycle, title, ambition, status, code, found, against, found_on.
    """
    wanted, limits = Selection.read(selection), facts.policy(version)
    everything = facts.results(version, scope, wanted.past)
    chosen = wanted.rows(everything, facts.teams(version, scope))
    new = open_in_first_days(chosen, policy=limits, today=today)
    about = ["objective_id", "cycle", "starts_on"]
    if new.empty:
        return listed(new[["objective_id"]]), new[about]
    known = facts.history(version, scope) if wanted.past else _nearby(version, scope, new, today)
    found = new_goal_evidence(everything, known, policy=limits, today=today, as_of=wanted.day)
    table = found.drop_duplicates(["objective_id", "code"]).merge(new[ABOUT], on="objective_id")
    table = table.assign(number=table.groupby("objective_id")["code"].transform("size"))
    order = ["number", "cycle", "objective_id"]
    table = table.sort_values(order, ascending=[False, True, True], kind="stable", ignore_index=True)
    return listed(challenge.naming(table, version, scope, named_by)), new[about]


def _nearby(version: str, scope: str, new: pd.DataFrame, today: date) -> History:
    """What new goals are held against, with a log in short but for what `follow_up` does not tell of the day."""
    cycles, known = stored.table(version, scope, "cycle"), facts.results(version, scope, "")
    goals = list(known.loc[known["cycle"].isin(cycles_nearby(cycles, new)), "objective_id"])
    parts, kept = (stored.rows_of(version, name, objective_id=goals) for name in ("key_result", "follow_up"))
    kept = kept[~kept["key_result_id"].isin(told_later(kept, today))]
    others = list(parts.loc[~parts["key_result_id"].isin(kept["key_result_id"]), "key_result_id"])
    said = pd.concat([in_short(kept), stored.rows_of(version, "check_in", key_result_id=others)], ignore_index=True)
    return History.of(team=facts.teams(version, scope), cycle=cycles, key_result=parts, check_in=said)


def low_whole(version: str, scope: str, selection: str, *, by: str = "") -> pd.DataFrame:
    """How many of the selected goals ended low, or by quarter; as `low_whole` gives it."""
    return selected.figures(_low_whole, version, scope, selection, by)


def _low_whole(version: str, scope: str, selection: str, keys: tuple[str, ...], by: str) -> pd.DataFrame:
    wanted, known = Selection.read(selection), facts.teams(version, scope)
    rows = wanted.in_quarters(wanted.rows(_ended_low(version, scope, wanted.past), known))
    return reconsidering.low_of(rows, known, by=[*keys, by] if by else keys)


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _ended_low(version: str, scope: str, as_of: str) -> pd.DataFrame:
    rows = reconsidering.ended_low(facts.results(version, scope, as_of), policy=facts.policy(version))
    return added_apart(rows, reconsidering.LOW)


# Few are kept, because each may hold a good part of all goals.
@st.cache_resource(max_entries=16, show_spinner=False)
def low_goals(version: str, scope: str, selection: str) -> Listed:
    """The selected goals that ended low, as `low_goals` gives them, the team named as in `challenge.goals`."""
    rows = reconsidering.low_goals(selected.goals(version, scope, selection), policy=facts.policy(version))
    return listed(challenge.naming(rows, version, scope, selection))


@st.cache_resource(max_entries=16, show_spinner=False)
def done_without(version: str, scope: str, selection: str) -> Listed:
    """The selected goals whose key results are done while they are not, the team named as in `challenge.goals`."""
    table, places = _left_behind(version, scope, Selection.read(selection).past)
    kept = np.isin(places, selected.places(version, scope, selection))
    return listed(challenge.naming(table[kept].reset_index(drop=True), version, scope, selection))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _left_behind(version: str, scope: str, as_of: str) -> tuple[pd.DataFrame, Places]:
    """All of `done_without`, and where in `facts.results` each goal stands."""
    limits, rows = facts.policy(version), facts.results(version, scope, as_of)
    if as_of:
        day = date.fromisoformat(as_of)
        parts = key_result_results(facts.history(version, scope), policy=limits, as_of=day)
    else:
        parts = stored.table(version, scope, "key_result_result", "objective_id,counted,score")
    table = reconsidering.done_without(rows, parts, policy=limits)
    return table, facts.places_of(version, scope, as_of, table["objective_id"])
