"""Frames about one team: its goals now, its partners' goals, and what was promised last time."""

from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.selection import Selection
from dashboard.tables import facts, selected, stored
from dashboard.tables.facts import FRAMES_KEPT
from pipelines.lookup import looked_up
from pipelines.metrics.partners import partners_of
from pipelines.metrics.weeks import at_week_of


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def goals(version: str, scope: str, selection: str, team: str, week: int) -> pd.DataFrame:
    """The team's own counted goals of the selection's quarter, with `before`: their score a week before."""
    rows, wanted = _own(version, scope, selection, team), Selection.read(selection)
    (label,) = wanted.quarters
    scores, span = facts.week_scores(version, scope, label, wanted.past), facts.quarter(version, label)
    then = at_week_of(rows, scores, quarter=span, week=max(week - 1, 1)).set_index("objective_id")
    before = looked_up(rows["objective_id"], then["score"])
    return rows.assign(before=before if week > 1 else float("nan"))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def partners(version: str, scope: str, selection: str, team: str, day: date) -> pd.DataFrame:
    """`partners` of the team's own goals, the other teams by short name."""
    past = Selection.read(selection).past
    own = _own(version, scope, selection, team)["objective_id"]
    ours = np.zeros(len(facts.results(version, scope, past)), dtype=bool)
    ours[facts.places_of(version, scope, past, own)] = True
    links, children, parents = facts.links_placed(version, scope, past)
    links = links[ours[children] | ours[parents]]
    goals = facts.goals_of(version, scope, past, pd.concat([links["child_id"], links["parent_id"]]))
    known = partners_of(goals, links, own=set(own), day=day)
    return known.assign(team=known["team"].map(facts.short_names(version, scope)).astype("str"))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def promises(version: str, scope: str, selection: str, team: str, day: date) -> pd.DataFrame:
    """What the reviews of the team's own goals of the selection's quarter found, and the next steps they named.

    Out: objective_id, title, score, reviewed_on, review_note, next_steps; goals whose review up to the day says
    neither are left out. A review without a day is known once its goal's cycle has ended.
    """
    rows = _own(version, scope, selection, team)[["objective_id", "title", "score", "ends_on"]]
    said = ["objective_id", "reviewed_on", "review_note", "next_steps"]
    stated = stored.rows_of(version, "objective", said, objective_id=list(rows["objective_id"]))
    told = rows.merge(stated, on="objective_id").dropna(subset=["review_note", "next_steps"], how="all")
    known = told["reviewed_on"].fillna(told["ends_on"]) <= pd.Timestamp(day)
    return told[known].drop(columns="ends_on").reset_index(drop=True)


def _own(version: str, scope: str, selection: str, team: str) -> pd.DataFrame:
    """The selection's counted goals that are the team's own, individual ones included."""
    rows = selected.goals(version, scope, selection)
    return rows[rows["counted"] & (rows["team"] == team)]
