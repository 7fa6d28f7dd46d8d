"""The columns of the tables on the page Challenge."""

from typing import Any

import streamlit as st

from dashboard.grids import PERCENT
from dashboard.grids.links import goal
from dashboard.summaries.questions import GROUPS
from dashboard.visit import Visit

WIDTHS = {"easy": 310, "changed": 165, "differs": 165}
"""Most evidence is of the first group, and reads in full on the three lines of a row."""


def goals(visit: Visit) -> dict[str, Any]:
    """Goals worth a question with their evidence in words, group by group; never a person."""
    say = visit.words.say
    groups = {name: st.column_config.TextColumn(say(group), width=WIDTHS[name]) for name, group in GROUPS.items()}
    return {"title": goal(say("Objective"), 205), **groups, **_score(visit), **_about(visit)}


def new(visit: Visit) -> dict[str, Any]:
    """New goals with what suggests that they ask too little."""
    say = visit.words.say
    told = {
        "evidence": st.column_config.TextColumn(say("Why ask"), width=380),
        "status": st.column_config.TextColumn(say("Status")),
    }
    return {"title": goal(say("Objective"), 300), **told, **_about(visit)}


def low(visit: Visit) -> dict[str, Any]:
    """Goals that ended low with the question to ask."""
    say = visit.words.say
    asked = {"question": st.column_config.TextColumn(say("Question"), width=140)}
    return {"title": goal(say("Objective"), 330), **asked, **_score(visit), **_about(visit)}


def done(visit: Visit) -> dict[str, Any]:
    """Goals left behind by their key results."""
    say = visit.words.say
    asked = {"key_results": st.column_config.NumberColumn(say("Key results done"))}
    return {"title": goal(say("Objective"), 330), **asked, **_score(visit), **_about(visit)}


def _score(visit: Visit) -> dict[str, Any]:
    return {"score": st.column_config.NumberColumn(visit.words.say("Score"), format=PERCENT, width=70)}


def _about(visit: Visit) -> dict[str, Any]:
    say = visit.words.say
    return {
        "cycle": st.column_config.TextColumn(say("Cycle")),
        "team": st.column_config.TextColumn(say("Team"), width=150),
        "ambition": st.column_config.TextColumn(say("Ambition")),
        "objective_id": st.column_config.TextColumn(say("Id")),
    }
