"""What is known about one goal, and which goals there are to choose from."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.selection import Selection
from dashboard.tables import facts
from dashboard.tables.facts import FRAMES_KEPT
from dashboard.tables.rules import all_changes
from pipelines.dossier import dossier
from pipelines.versions import Version

MOST_OFFERED = 300
"""More goals to choose from make a list that nobody reads and that takes long to send."""
SEARCHED = ("title", "team", "cycle", "objective_id")


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def goal(version: str, scope: str, objective_id: str, as_of: str) -> dict[str, Any]:  # noqa: ARG001 - the scope belongs to the key
    """`dossier` of the goal; raises InputError for one that is not there."""
    day = date.fromisoformat(as_of) if as_of else None
    return dossier(Version(Path(version).stem, Path(version)), objective_id, as_of=day)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def evidence(version: str, scope: str, objective_id: str, as_of: str) -> pd.DataFrame:
    """What makes the goal worth a question, one row per code."""
    found = facts.evidence(version, scope, as_of)
    return found[found["objective_id"] == objective_id].drop_duplicates("code")


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def changes(version: str, scope: str, objective_id: str, as_of: str, today: str) -> pd.DataFrame:
    """How the goal and its key results were changed, by day: the rows of `metrics.changes`, which name no person."""
    found = all_changes(version, scope, as_of, today)
    return found[found["objective_id"] == objective_id]


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def titles(version: str, scope: str, selection: str, words: str) -> tuple[dict[str, str], int]:
    """The selection's goals and those of longer cycles by id: title, team and cycle, by team; and how many there are.

    Only those whose title, team, cycle or id holds each of the words, and of these the first `MOST_OFFERED`.
    """
    wanted = Selection.read(selection)
    rows = wanted.rows(facts.results(version, scope, ""), facts.teams(version, scope))
    rows = rows[rows["quarter"].isin(wanted.quarters) | rows["quarter"].isna()]
    for word in words.split():
        held = [rows[name].str.contains(word, case=False, regex=False, na=False) for name in SEARCHED]
        rows = rows[np.logical_or.reduce(held)]
    return _told(_in_order(rows, version, scope).head(MOST_OFFERED), version, scope), len(rows)


def title(version: str, scope: str, objective_id: str | None) -> dict[str, str]:
    """The same of one goal; empty for one that is not there."""
    everything = facts.results(version, scope, "")
    return _told(everything[everything["objective_id"] == objective_id], version, scope)


def _in_order(rows: pd.DataFrame, version: str, scope: str) -> pd.DataFrame:
    """By team, then title."""
    places = {path: place for place, path in enumerate(facts.short_names(version, scope))}
    return rows.assign(place=rows["team"].map(places)).sort_values(["place", "title"], kind="stable")


def _told(rows: pd.DataFrame, version: str, scope: str) -> dict[str, str]:
    names = facts.short_names(version, scope)
    told = zip(rows["objective_id"], rows["title"], rows["team"].map(names), rows["cycle"], strict=True)
    return {key: " · ".join(str(part) for part in parts if pd.notna(part)) for key, *parts in told}
