"""The columns of the tables on the page Challenge."""

from typing import Any

import streamlit as st

from dashboard.grids import PERCENT
from dashboard.visit import Visit


def goals(visit: Visit) -> dict[str, Any]:
    """Goals worth a question with their evidence in words; never a person."""
    say = visit.words.say
    return {
        "title": st.column_config.TextColumn(say("Objective"), width=240),
        "evidence": st.column_config.TextColumn(say("Why ask"), width=340),
        "score": st.column_config.NumberColumn(say("Score"), format=PERCENT),
        "cycle": st.column_config.TextColumn(say("Cycle")),
        "team": st.column_config.TextColumn(say("Team")),
        "ambition": st.column_config.TextColumn(say("Ambition")),
        "objective_id": st.column_config.TextColumn(say("Id")),
    }
