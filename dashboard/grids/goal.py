"""The columns of the tables on a goal's page."""

from typing import Any

import streamlit as st

from dashboard.grids import PERCENT, links
from dashboard.visit import Visit

FROM_WIDTH = 240


def key_results(visit: Visit) -> dict[str, Any]:
    """Key results with where they began, should end and stand, and the file, sheet and row they come from."""
    say = visit.words.say
    return {
        "name": st.column_config.TextColumn("", width=50),
        "title": st.column_config.TextColumn(say("Key result"), width=230),
        "start": st.column_config.NumberColumn(say("Start")),
        "target": st.column_config.NumberColumn(say("Target")),
        "value": st.column_config.NumberColumn(say("Now")),
        "unit": st.column_config.TextColumn(say("Unit"), width=80),
        "raw": st.column_config.NumberColumn(say("By the data"), format=PERCENT),
        "final": st.column_config.NumberColumn(say("Recorded"), format=PERCENT),
        "inflation": st.column_config.NumberColumn(say("Recorded − data, points"), format="%+d"),
        "share": st.column_config.NumberColumn(say("Weight"), format=PERCENT),
        "confidence": st.column_config.NumberColumn(say("Confidence"), format=PERCENT),
        "origin": st.column_config.TextColumn(say("Row, sheet, file"), width=FROM_WIDTH),
    }


def check_ins(visit: Visit) -> dict[str, Any]:
    """Check-ins, the last first, with what was said and where it stands."""
    say = visit.words.say
    return {
        "checked_on": st.column_config.TextColumn(say("Day"), width=110),
        "name": st.column_config.TextColumn("", width=50),
        "value": st.column_config.NumberColumn(say("Value stated")),
        "progress": st.column_config.NumberColumn(say("Stated progress"), format=PERCENT),
        "raw": st.column_config.NumberColumn(say("Progress"), format=PERCENT),
        "expected": st.column_config.NumberColumn(say("Time passed"), format=PERCENT),
        "confidence": st.column_config.NumberColumn(say("Confidence"), format=PERCENT),
        "status": st.column_config.TextColumn(say("Status as reported"), width=120),
        "note": st.column_config.TextColumn(say("Note"), width=260),
        "origin": st.column_config.TextColumn(say("Row, sheet, file"), width=FROM_WIDTH),
    }


def changes(visit: Visit) -> dict[str, Any]:
    """What was changed, from what to what, when and why; whether an approval is stated, not by whom."""
    say = visit.words.say
    return {
        "changed_on": st.column_config.TextColumn(say("When"), width=150),
        "key_result": st.column_config.TextColumn(say("Key result"), width=150),
        "change": st.column_config.TextColumn(say("Changed"), width=170),
        "reason": st.column_config.TextColumn(say("Reason"), width=200),
        "approved": st.column_config.TextColumn(say("Approval"), width=90),
        "verdict": st.column_config.TextColumn(say("By the rule"), width=150),
        "origin": st.column_config.TextColumn(say("Row, sheet, file"), width=FROM_WIDTH),
    }


def linked(visit: Visit) -> dict[str, Any]:
    """Goals at the other end of a link, and how they stand."""
    say = visit.words.say
    return {
        "title": st.column_config.TextColumn(say("Objective"), width=320),
        "team": st.column_config.TextColumn(say("Team")),
        "cycle": st.column_config.TextColumn(say("Cycle"), width=90),
        "score": st.column_config.NumberColumn(say("Score"), format=PERCENT),
        "goal": links.goal(say("Goal's page")),
        "origin": st.column_config.TextColumn(say("Row, sheet, file"), width=FROM_WIDTH),
    }
