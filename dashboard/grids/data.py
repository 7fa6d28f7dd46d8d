"""The columns of the tables on the page Data."""

from typing import Any

import streamlit as st

from dashboard.wording import Wording


def mapping(words: Wording, fields: list[str]) -> dict[str, Any]:
    """A sheet's columns with the field each holds, to be chosen, and why it seems so."""
    say = words.say
    return {
        "letters": st.column_config.TextColumn(say("Column"), width=60),
        "header": st.column_config.TextColumn(say("Header"), width=110),
        "values": st.column_config.TextColumn(say("First values"), width=170),
        "field": st.column_config.SelectboxColumn(say("Holds"), options=fields, required=True, width=170),
        "evidence": st.column_config.TextColumn(say("Evidence"), width=235),
        "low": st.column_config.NumberColumn(say("Nothing is"), width=90, help=say("Of a scale of your own: 0%")),
        "high": st.column_config.NumberColumn(say("All of it is"), width=90, help=say("Of a scale of your own: 100%")),
    }


def problems(words: Wording) -> dict[str, Any]:
    """What is wrong, with the cell to look at and what to do."""
    say = words.say
    return {
        "kind": st.column_config.TextColumn(say("Kind"), width=90),
        "file": st.column_config.TextColumn(say("File"), width=150),
        "sheet": st.column_config.TextColumn(say("Sheet"), width=100),
        "cell": st.column_config.TextColumn(say("Cell"), width=60),
        "value": st.column_config.TextColumn(say("Found there"), width=110),
        "message": st.column_config.TextColumn(say("What to do"), width=470),
    }


def rules(words: Wording) -> dict[str, Any]:
    """How often each rule found something, with one of its messages."""
    say = words.say
    return {
        "count": st.column_config.NumberColumn(say("Number"), width=80),
        "kind": st.column_config.TextColumn(say("Kind"), width=90),
        "rule": st.column_config.TextColumn(say("Rule"), width=190),
        "message": st.column_config.TextColumn(say("For example"), width="large"),
    }


def loads(words: Wording) -> dict[str, Any]:
    """What is loaded, batch by batch, and where each sheet's rows went."""
    say = words.say
    return {
        "batch": st.column_config.NumberColumn(say("Batch"), width=60),
        "loaded_at": st.column_config.TextColumn(say("Loaded (UTC)"), width=120),
        "file": st.column_config.TextColumn(say("File"), width=190),
        "sheet": st.column_config.TextColumn(say("Sheet"), width=100),
        "rows_in": st.column_config.NumberColumn(say("Rows"), width=80, format="localized"),
        "kept": st.column_config.NumberColumn(say("Kept"), width=80, format="localized"),
        "set_aside": st.column_config.NumberColumn(say("Set aside"), width=80, format="localized"),
        "skipped": st.column_config.NumberColumn(say("Skipped"), width=70, format="localized"),
        "counts": st.column_config.TextColumn(say("Counts"), width=110),
        "layout": st.column_config.TextColumn(say("Read as"), width=110),
    }


def decisions(words: Wording) -> dict[str, Any]:
    """What was decided about each sheet."""
    say = words.say
    return {
        "file": st.column_config.TextColumn(say("File"), width="medium"),
        "sheet": st.column_config.TextColumn(say("Sheet"), width=130),
        "decision": st.column_config.TextColumn(say("Decision"), width=700),
    }
