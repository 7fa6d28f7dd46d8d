"""The columns of the tables on the page Rules and changes."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts.style import HIGH, see_through
from dashboard.grids import links
from dashboard.visit import Visit
from pipelines.metrics.catalogue_rhythm import RULES

DEEPEST = 0.55


def teams(visit: Visit, frame: pd.DataFrame) -> dict[str, Any]:
    """Teams with the number of findings under each rule."""
    say = visit.words.say
    labels = {rule.name: rule.label for rule in RULES}
    return {
        "team": st.column_config.TextColumn(say("Team"), width=190),
        "goals": st.column_config.NumberColumn(say("Goals checked"), width=70),
        **{name: st.column_config.NumberColumn(say(labels[name]), width=95) for name in labels if name in frame},
    }


def heated(frame: pd.DataFrame) -> Any:
    """The numbers of findings, the deeper coloured the more there are for the goals checked."""
    rules = [rule.name for rule in RULES if rule.name in frame]
    shades = frame[rules].div(frame["goals"].where(frame["goals"] > 0), axis=0).clip(upper=1).fillna(0)
    colors = shades.map(
        lambda part: f"background-color: {see_through(HIGH, round(DEEPEST * part**0.5, 2))}" if part else ""
    )
    plain = pd.DataFrame("", frame.index, frame.columns)
    return frame.style.apply(lambda _: pd.concat([plain.drop(columns=rules), colors], axis=1)[list(frame)], axis=None)


def findings(visit: Visit) -> dict[str, Any]:
    """What each rule found, on what, and where the rule comes from."""
    say = visit.words.say
    return {
        "rule": st.column_config.TextColumn(say("Rule"), width=125),
        "goal": links.goal(say("Found on"), 240),
        "team": st.column_config.TextColumn(say("Team"), width=130),
        "cycle": st.column_config.TextColumn(say("Cycle"), width=80),
        "found": st.column_config.TextColumn(say("Found"), alignment="right"),
        "expected": st.column_config.TextColumn(say("Expected"), alignment="right"),
        "source": st.column_config.TextColumn(say("Source of the rule"), width=280),
    }


def changes(visit: Visit) -> dict[str, Any]:
    """Changes of goals with reason and approval; who approved is not shown."""
    say = visit.words.say
    return {
        "goal": links.goal(say("Objective"), 150),
        "key_result": st.column_config.TextColumn(say("Key result"), width=115),
        "team": st.column_config.TextColumn(say("Team"), width=100),
        "cycle": st.column_config.TextColumn(say("Cycle"), width=72),
        "change": st.column_config.TextColumn(say("What"), width=130),
        "changed_on": st.column_config.TextColumn(say("When"), width=115),
        "reason": st.column_config.TextColumn(say("Reason"), width=145),
        "approved": st.column_config.TextColumn(say("Approval"), width=72),
        "verdict": st.column_config.TextColumn(say("By the rule"), width=115),
    }


def tracks(visit: Visit) -> dict[str, Any]:
    """Key results on two tracks."""
    say = visit.words.say
    return {
        "goal": links.goal(say("Key result"), 260),
        "team": st.column_config.TextColumn(say("Team"), width=130),
        "cycle": st.column_config.TextColumn(say("Cycle"), width=80),
        "base": st.column_config.TextColumn(say("Base target"), alignment="right"),
        "base_score": st.column_config.TextColumn(say("On the base target"), alignment="right"),
        "stretch": st.column_config.TextColumn(say("Stretch target"), alignment="right"),
        "stretch_score": st.column_config.TextColumn(say("On the stretch target"), alignment="right"),
        "track": st.column_config.TextColumn(say("Track reached")),
    }
