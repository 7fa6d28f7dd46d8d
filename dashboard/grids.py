"""The columns of each table on the pages."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.panels import SAME
from dashboard.visit import Visit
from dashboard.wording import NOTHING, Wording, signed

NEARER, FURTHER = "color: #2f9e83", "color: #d98b2b"
PERCENT = "%d%%"


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


def printed(rows: pd.DataFrame) -> Any:
    """The rows as shown: changes with their sign, what movements mean in the colour of nearer or further."""
    style = rows.style.format({"change": signed} if "change" in rows else {}, na_rep=NOTHING)
    return style.apply(_tones, axis=1) if "toward" in rows else style


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
        "value": st.column_config.TextColumn(say("Found"), width=110),
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
        "rows_in": st.column_config.NumberColumn(say("Rows"), width=60),
        "kept": st.column_config.NumberColumn(say("Kept"), width=60),
        "set_aside": st.column_config.NumberColumn(say("Set aside"), width=80),
        "skipped": st.column_config.NumberColumn(say("Skipped"), width=70),
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


def _tones(row: "pd.Series[Any]") -> list[str]:
    color = NEARER if row["toward"] < -SAME else FURTHER if row["toward"] > SAME else ""
    return [color if name == "direction" else "" for name in row.index]
