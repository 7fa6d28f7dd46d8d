"""The columns of the tables on the page Alignment."""

from typing import Any

import streamlit as st

from dashboard.grids import links
from dashboard.visit import Visit


def untaken(visit: Visit) -> dict[str, Any]:
    """Goals and key results of the company that nobody took up."""
    say = visit.words.say
    return {
        "kind": st.column_config.TextColumn(say("What"), width=90),
        "shown": st.column_config.TextColumn(say("Title"), width=330),
        "of": st.column_config.TextColumn(say("Of the goal"), width=300),
        "cycle": st.column_config.TextColumn(say("Cycle"), width=110),
        "goal": links.goal(say("Goal's page"), 110),
    }


def broken(visit: Visit) -> dict[str, Any]:
    """Links that lead nowhere or in circles, with their cells."""
    say = visit.words.say
    return {
        "file": st.column_config.TextColumn(say("File"), width=150),
        "sheet": st.column_config.TextColumn(say("Sheet"), width=100),
        "cell": st.column_config.TextColumn(say("Cell"), width=60),
        "value": st.column_config.TextColumn(say("Found"), width=140),
        "message": st.column_config.TextColumn(say("What to do"), width=560),
    }
