"""The columns of the tables on the page Year."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.grids import links
from dashboard.visit import Visit

GIVEN = ("goal", "team", "level", "progress", "key_results")


def parts(visit: Visit) -> dict[str, Any]:
    """The parts of annual key results, planned against actual."""
    say = visit.words.say
    return {
        "cycle": st.column_config.TextColumn(say("Cycle"), width=80),
        "goal": links.goal(say("Key result"), 260),
        "team": st.column_config.TextColumn(say("Team"), width=130),
        "first": st.column_config.TextColumn(say("Planned at first"), alignment="right"),
        "planned": st.column_config.TextColumn(say("Planned"), alignment="right"),
        "actual": st.column_config.TextColumn(say("Actual"), alignment="right"),
        "reached": st.column_config.TextColumn(say("Reached"), alignment="right"),
        "unit": st.column_config.TextColumn(say("Unit")),
    }


def goals(visit: Visit, frame: pd.DataFrame) -> dict[str, Any]:
    """Annual goals, and by quarter the average completion of the goals below each (and their number)."""
    say = visit.words.say
    quarters = [str(name) for name in frame if name not in GIVEN]
    return {
        "goal": links.goal(say("Annual goal"), 265),
        "team": st.column_config.TextColumn(say("Team"), width=135),
        "level": st.column_config.TextColumn(say("Level"), width=85),
        "progress": st.column_config.TextColumn(say("Stands at"), alignment="right", width=80),
        "key_results": st.column_config.TextColumn(say("With data"), width=85),
        **{name: st.column_config.TextColumn(name, alignment="right", width=82) for name in quarters},
    }
