"""The columns of the tables on the page Completion."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.grids import PERCENT
from dashboard.visit import Visit


def teams(visit: Visit, frame: pd.DataFrame, quarter: str) -> dict[str, Any]:
    """Teams with their average, its change if the frame has one, and the line of all quarters."""
    say = visit.words.say
    columns = {
        "team": st.column_config.TextColumn(say("Team"), width="medium"),
        "rate": st.column_config.NumberColumn(quarter, format=PERCENT),
        "change": st.column_config.NumberColumn(say("Change, points")),
        "trend": st.column_config.LineChartColumn(say("All quarters"), y_min=0, y_max=1),
        "objectives": st.column_config.NumberColumn(say("Objectives")),
        "missing": st.column_config.NumberColumn(say("Without a score")),
    }
    return {name: columns[name] for name in frame.columns}


def movers(visit: Visit, before: str, now: str) -> dict[str, Any]:
    """Movements with what they mean in words."""
    say = visit.words.say
    return {
        "team": st.column_config.TextColumn(say("Team"), width="medium"),
        "goals": st.column_config.TextColumn(say("Goals")),
        "before": st.column_config.NumberColumn(before, format=PERCENT),
        "now": st.column_config.NumberColumn(now, format=PERCENT),
        "change": st.column_config.NumberColumn(say("Change, points")),
        "direction": st.column_config.TextColumn(say("To where they should be")),
        "scored": st.column_config.NumberColumn(say("Scored")),
    }


def low_goals(visit: Visit) -> dict[str, Any]:
    """Low goals with their score week by week."""
    say = visit.words.say
    return {
        "title": st.column_config.TextColumn(say("Objective"), width="large"),
        "team": st.column_config.TextColumn(say("Team")),
        "ambition": st.column_config.TextColumn(say("Ambition")),
        "score": st.column_config.TextColumn(say("Score"), alignment="right"),
        "weeks": st.column_config.LineChartColumn(say("Week by week"), y_min=0, y_max=1),
        "moved": st.column_config.TextColumn(say("Moved forward in")),
    }
