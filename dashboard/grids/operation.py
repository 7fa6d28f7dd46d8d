"""The columns of the tables on the page Operation."""

from typing import Any

import streamlit as st

from dashboard.grids import PERCENT, links
from dashboard.visit import Visit


def stale(visit: Visit) -> dict[str, Any]:
    """Silent key results with their goal, team and days of silence; never a person."""
    say = visit.words.say
    return {
        "silent_days": st.column_config.NumberColumn(say("Days silent"), width=90),
        "key_result": st.column_config.TextColumn(say("Key result"), width=260),
        "goal": links.goal(say("Objective"), width=260),
        "team": st.column_config.TextColumn(say("Team")),
        "cycle": st.column_config.TextColumn(say("Cycle")),
    }


def falls(visit: Visit) -> dict[str, Any]:
    """Falls of confidence with the reason beside each; never who said it."""
    say = visit.words.say
    return {
        "week": st.column_config.NumberColumn(say("Week"), width=50),
        "fall": st.column_config.TextColumn(say("Confidence"), width=100),
        "reason": st.column_config.TextColumn(say("Reason"), width=220),
        "key_result": st.column_config.TextColumn(say("Key result"), width=200),
        "goal": links.goal(say("Objective"), width=200),
        "team": st.column_config.TextColumn(say("Team")),
    }


def filled(visit: Visit) -> dict[str, Any]:
    """Teams with the share and number of their people who set goals."""
    say = visit.words.say
    return {
        "team": st.column_config.TextColumn(say("Team"), width="medium"),
        "rate": st.column_config.NumberColumn(say("Fill rate"), format=PERCENT),
        "without": st.column_config.NumberColumn(say("Set nothing")),
        "people": st.column_config.NumberColumn(say("People in scope")),
        "teams_with": st.column_config.TextColumn(say("Teams with goals"), alignment="right"),
    }
