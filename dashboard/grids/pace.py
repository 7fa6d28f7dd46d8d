"""The columns of the tables on the page Pace."""

from typing import Any

import streamlit as st

from dashboard.grids import PERCENT, links
from dashboard.visit import Visit


def goals(visit: Visit) -> dict[str, Any]:
    """Goals beside the time passed."""
    say = visit.words.say
    return {
        "title": st.column_config.TextColumn(say("Objective"), width=290),
        "team": st.column_config.TextColumn(say("Team"), width=140),
        "cycle": st.column_config.TextColumn(say("Cycle"), width=75),
        "ambition": st.column_config.TextColumn(say("Ambition"), width=95),
        "computed": st.column_config.NumberColumn(say("Progress"), format=PERCENT, width=75),
        "expected": st.column_config.NumberColumn(say("Time passed"), format=PERCENT, width=90),
        "change": st.column_config.NumberColumn(say("Points ahead"), width=95),
        "goal": links.goal(say("Goal's page"), 110),
    }
