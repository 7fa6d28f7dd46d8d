"""What pages on check-ins start from, a quarter at a time: as it is stored, or from the facts as of a past day."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.tables import facts, stored
from dashboard.tables.facts import DAYS_KEPT, Places
from pipelines.history import History
from pipelines.metrics import calibration as confidences
from pipelines.metrics import follow_up
from pipelines.metrics.attention import attention, entitled
from pipelines.metrics.attention_weeks import attention_weeks, settled, weeks_begun
from pipelines.metrics.confidence import falls as find_falls
from pipelines.metrics.confidence import latest_first
from pipelines.metrics.results import key_result_results
from pipelines.metrics.rhythm import with_rhythm

DATES = "objective_id,created_on,agreed_on,aligned_on,reviewed_on"


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def followed(version: str, scope: str, label: str, as_of: str, day: str) -> pd.DataFrame:
    """`attention` of the key results of one quarter, up to the day."""
    rows, today, policy = _goals(version, scope, label, as_of), date.fromisoformat(day), facts.policy(version)
    if as_of:
        known = _facts(version, scope, label)
        return attention(rows, known, policy=policy, today=today, as_of=date.fromisoformat(as_of))
    kept = stored.table(version, scope, "follow_up", quarter=label)
    later = stored.check_ins(version, label) if follow_up.told_later(kept, today) else pd.DataFrame()
    return follow_up.attention_of(rows, kept, later, policy=policy, today=today)


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def followed_places(version: str, scope: str, label: str, as_of: str, day: str) -> Places:
    """Where in `facts.results` the objective of each row of `followed` stands."""
    return facts.places_of(version, scope, as_of, followed(version, scope, label, as_of, day)["objective_id"])


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def rhythm(version: str, scope: str, label: str, as_of: str, day: str) -> pd.DataFrame:
    """The goals of one quarter `with_rhythm`, up to the day."""
    rows, said = _goals(version, scope, label, as_of), followed(version, scope, label, as_of, day)
    dates = stored.table(version, scope, "objective", DATES, label)
    until = date.fromisoformat(as_of) if as_of else None
    return with_rhythm(rows, dates, said, policy=facts.policy(version), as_of=until)


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def weeks(version: str, scope: str, label: str, as_of: str, day: str) -> pd.DataFrame:
    """`attention_weeks` of one quarter up to the day, with who is in charge of each team."""
    quarter, until = facts.quarter(version, label), date.fromisoformat(day)
    rows = stored.table(version, scope, "attention_week", quarter=label)
    rows = rows[rows["week"] <= len(weeks_begun(quarter, until))]
    if as_of or not settled(rows, until):
        known, goals = _facts(version, scope, label), _goals(version, scope, label, as_of)
        rows = attention_weeks(goals, known.key_result, known.check_in, quarter=quarter, day=until)
    return facts.with_executives(rows, version, scope)


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def falls(version: str, scope: str, label: str, as_of: str, day: str) -> pd.DataFrame:
    """The falls of confidence of one quarter up to the day, the latest first, then the largest."""
    until = date.fromisoformat(day)
    if as_of:
        known, goals = _facts(version, scope, label), _goals(version, scope, label, as_of)
        quarter, policy = facts.quarter(version, label), facts.policy(version)
        return find_falls(goals, known.key_result, known.check_in, quarter=quarter, day=until, policy=policy)
    rows = stored.table(version, scope, "confidence_fall", quarter=label)
    return latest_first(rows[rows["checked_on"] <= pd.Timestamp(until)])


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def forecasts(version: str, scope: str, as_of: str) -> pd.DataFrame:
    """The table `forecast`, with who is in charge of each team; computed again where a past day is given."""
    if not as_of:
        return facts.with_executives(stored.table(version, scope, "forecast"), version, scope)
    known, rows = facts.history(version, scope), facts.results(version, scope, as_of)
    said = confidences.forecasts(rows, _scored(version, scope, as_of), known.check_in, policy=facts.policy(version))
    return facts.with_executives(confidences.tenths(said), version, scope)


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def record_sides(version: str, scope: str, as_of: str) -> pd.DataFrame:
    """The table `record_side`, likewise."""
    if not as_of:
        return facts.with_executives(stored.table(version, scope, "record_side"), version, scope)
    sides = confidences.record_sides(facts.results(version, scope, as_of), _scored(version, scope, as_of))
    return facts.with_executives(sides, version, scope)


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def fall_places(version: str, scope: str, label: str, as_of: str, day: str) -> Places:
    """Where in `facts.results` the objective of each row of `falls` stands."""
    return facts.places_of(version, scope, as_of, falls(version, scope, label, as_of, day)["objective_id"])


def titled(rows: pd.DataFrame, version: str, scope: str, as_of: str) -> pd.DataFrame:
    """A few key results with the titles readers know them by, team and cycle."""
    names = list(rows["key_result_id"])
    titles = stored.rows_of(version, "key_result", ["key_result_id", "title"], key_result_id=names)
    return entitled(rows, facts.goals_of(version, scope, as_of, rows["objective_id"]), titles)


def _goals(version: str, scope: str, label: str, as_of: str) -> pd.DataFrame:
    rows = facts.results(version, scope, as_of)
    return rows[rows["quarter"] == label]


def _facts(version: str, scope: str, label: str) -> History:
    """The key results and check-ins of one quarter."""
    parts, said = stored.table(version, scope, "key_result", quarter=label), stored.check_ins(version, label)
    return History.of(team=facts.teams(version, scope), key_result=parts, check_in=said)


@st.cache_resource(max_entries=1, show_spinner=False)
def _scored(version: str, scope: str, as_of: str) -> pd.DataFrame:
    """`key_result_result` as of the day."""
    return key_result_results(
        facts.history(version, scope), policy=facts.policy(version), as_of=date.fromisoformat(as_of)
    )
