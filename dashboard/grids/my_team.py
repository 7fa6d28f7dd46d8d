"""The columns of the tables on the page My team."""

from typing import Any

import streamlit as st

from dashboard.grids import PERCENT, links
from dashboard.visit import Visit


def goals(visit: Visit) -> dict[str, Any]:
    """The team's goals, where they stand and stood a week before."""
    say = visit.words.say
    return {
        "title": st.column_config.TextColumn(say("Objective"), width=340),
        "level": st.column_config.TextColumn(say("Level"), width=110),
        "ambition": st.column_config.TextColumn(say("Ambition"), width=110),
        "score": st.column_config.NumberColumn(say("Score"), format=PERCENT),
        "change": st.column_config.NumberColumn(say("Since last week, points")),
        "goal": links.goal(say("Goal's page")),
    }


def partners(visit: Visit) -> dict[str, Any]:
    """Other teams' goals that ours are linked to."""
    say = visit.words.say
    return {
        "direction": st.column_config.TextColumn("", width=100),
        "team": st.column_config.TextColumn(say("Team"), width=140),
        "title": st.column_config.TextColumn(say("Their goal"), width=250),
        "score": st.column_config.NumberColumn(say("Stands at"), format=PERCENT, width=80),
        "expected": st.column_config.NumberColumn(say("Time passed"), format=PERCENT, width=90),
        "own_title": st.column_config.TextColumn(say("Our goal"), width=220),
        "goal": links.goal(say("Goal's page")),
    }


def promises(visit: Visit) -> dict[str, Any]:
    """What was found and promised at the last review."""
    say = visit.words.say
    return {
        "title": st.column_config.TextColumn(say("Objective"), width=230),
        "score": st.column_config.NumberColumn(say("Score"), format=PERCENT, width=70),
        "review_note": st.column_config.TextColumn(say("What the review found"), width=260),
        "next_steps": st.column_config.TextColumn(say("Next steps"), width=260),
        "goal": links.goal(say("Goal's page")),
    }
