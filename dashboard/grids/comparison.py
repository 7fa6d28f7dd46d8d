"""The columns of the tables on the page Compare."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.grids import PERCENT
from dashboard.visit import Visit


def comparison(visit: Visit, frame: pd.DataFrame, quarters: list[str]) -> dict[str, Any]:
    """Teams with the average of each quarter, the change, and how many goals each rests on."""
    special = {
        "team": st.column_config.TextColumn(visit.words.say("Team"), width="medium"),
        "change": st.column_config.NumberColumn(visit.words.say("Change, points")),
    }
    shares = {quarter: st.column_config.NumberColumn(quarter, format=PERCENT) for quarter in quarters}
    plain = {str(name): st.column_config.NumberColumn(str(name), format="%d") for name in frame.columns}
    return {name: (plain | shares | special)[name] for name in plain}


def anchoring(visit: Visit) -> dict[str, Any]:
    """Branches with the shares of their goals that lead upwards and to their own leadership's."""
    say = visit.words.say
    return {
        "team": st.column_config.TextColumn(say("Branch"), width="medium"),
        "quarter": st.column_config.TextColumn(say("Quarter")),
        "company": st.column_config.ProgressColumn(
            say("To the company's goals"), format=PERCENT, min_value=0, max_value=100
        ),
        "branch": st.column_config.ProgressColumn(
            say("To the branch's own"), format=PERCENT, min_value=0, max_value=100
        ),
        "goals": st.column_config.NumberColumn(say("Goals")),
    }
