"""Frames about challenge: the whole first, then teams with their intervals, then goals with their evidence."""

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.selection import Selection
from dashboard.tables import facts, selected
from dashboard.tables.facts import DAYS_KEPT, FRAMES_KEPT, Places
from dashboard.tables.listed import Listed, listed
from pipelines.metrics import movement
from pipelines.metrics.catalogue_challenge import EVIDENCE
from pipelines.metrics.challenge_teams import (
    MARKS,
    QUARTERS_TO_NAME,
    challenge_teams,
    marked,
    quarters_above,
    taking_part,
    whole_of,
)
from pipelines.metrics.completion import added_apart
from pipelines.metrics.distribution import bins


def whole(version: str, scope: str, selection: str, *, by: str = "") -> pd.DataFrame:
    """The share near 优 of all that is selected, or by quarter; as `challenge_whole` gives it."""
    return selected.figures(_whole, version, scope, selection, by)


def _whole(version: str, scope: str, selection: str, keys: tuple[str, ...], by: str) -> pd.DataFrame:
    wanted, known = Selection.read(selection), facts.teams(version, scope)
    rows = wanted.in_quarters(wanted.rows(_marked(version, scope, wanted.past), known))
    return whole_of(rows, known, by=[*keys, by] if by else keys, policy=facts.policy(version))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _marked(version: str, scope: str, as_of: str) -> pd.DataFrame:
    return added_apart(marked(facts.results(version, scope, as_of), policy=facts.policy(version)), MARKS)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def score_bins(version: str, scope: str, selection: str) -> pd.DataFrame:
    """How many of the selected goals that take part lie in each tenth: bin (0–9), eligible, committed."""
    rows = taking_part(selected.goals(version, scope, selection), policy=facts.policy(version))
    sides = {
        name: bins(movement.on_side(rows, side)) for name, side in (("eligible", "other"), ("committed", "committed"))
    }
    counts = {name: table["objectives"] for name, table in sides.items()}
    return pd.DataFrame({"bin": range(len(sides["eligible"])), **counts})


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def teams(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`challenge_teams` with `named` and quarters_above, flagged teams first, then named ones.

    The model sees every team; the selection's teams and executives only choose the rows shown.
    """
    wanted = Selection.read(selection)
    everyone = replace(wanted, teams=(), executives=())
    table = _model(version, scope, everyone.text())
    table = selected.shown(table, version, scope, selection)
    table = table.assign(named=table["quarters_above"].fillna(0) >= QUARTERS_TO_NAME)
    return table.sort_values(["flagged", "named", "low"], ascending=False, kind="stable", ignore_index=True)


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def _model(version: str, scope: str, selection: str) -> pd.DataFrame:
    """`challenge_teams` with quarters_above; costs more than all else on its page and serves every choice of teams."""
    rows, limits = selected.goals(version, scope, selection), facts.policy(version)
    table = challenge_teams(rows, policy=limits).merge(quarters_above(rows, policy=limits), on="team", how="left")
    return selected.placed(table, version, scope)


# Few are kept, because each may hold most of the evidence.
@st.cache_resource(max_entries=16, show_spinner=False)
def goals(version: str, scope: str, selection: str) -> Listed:
    """The selected goals with evidence, one row per finding, goals with most evidence first.

    Out: objective_id, team (short; missing unless the page may name it), cycle, title, ambition, score, code, found,
    against, found_on. No owner: no figure is listed per person.
    """
    table, places = _found(version, scope, Selection.read(selection).past)
    kept = np.isin(places, selected.places(version, scope, selection))
    return listed(naming(table[kept].reset_index(drop=True), version, scope, selection))


@st.cache_data(max_entries=FRAMES_KEPT, show_spinner=False)
def goals_by_group(version: str, scope: str, selection: str) -> dict[str, int]:
    """How many of the selected `goals` each group of evidence holds; one may be in several."""
    found = goals(version, scope, selection).rows
    groups = found["code"].map({code: evidence.group for code, evidence in EVIDENCE.items()})
    return {str(group): int(number) for group, number in found["objective_id"].groupby(groups).nunique().items()}


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _found(version: str, scope: str, as_of: str) -> tuple[pd.DataFrame, Places]:
    """All evidence as it is listed, and where in `facts.results` the goal of each piece stands."""
    rows = facts.results(version, scope, as_of)[["objective_id", "team", "cycle", "title", "ambition", "score"]]
    found = facts.evidence(version, scope, as_of)
    table = found.drop_duplicates(["objective_id", "code"]).merge(rows, on="objective_id")
    table = table.assign(number=table.groupby("objective_id")["code"].transform("size"))
    order = ["number", "score", "cycle", "objective_id"]
    table = table.sort_values(order, ascending=[False, False, True, True], kind="stable", ignore_index=True)
    return table, facts.places_of(version, scope, as_of, table["objective_id"])


def naming(rows: pd.DataFrame, version: str, scope: str, selection: str) -> pd.DataFrame:
    """Rows of single goals with the short name of their team, missing unless the page may name it."""
    named = teams(version, scope, selection).query("named")
    short = dict(zip(named["path"], named["team"], strict=True))
    return rows.assign(team=rows["team"].map(short).astype("str"))
