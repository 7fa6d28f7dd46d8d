"""Confidence (信心指数) week by week, and where it fell, with the reason given."""

from datetime import date

import pandas as pd

from pipelines.cycles import Cycle
from pipelines.history import History
from pipelines.metrics.attention import WEEK, entitled, followed, last_stated
from pipelines.metrics.check_in_calendar import weeks_begun
from pipelines.metrics.progress import in_order
from pipelines.metrics.rhythm import net_confidence
from pipelines.metrics.scores import DECIMALS
from pipelines.policy import Policy

FALLS = [
    "key_result_id", "objective_id", "key_result", "objective", "team", "checked_on", "week", "before", "now", "reason",
]  # fmt: skip


def confidence_by_week(results: pd.DataFrame, history: History, *, quarter: Cycle, day: date) -> pd.DataFrame:
    """Mean and net of each key result's last stated confidence as of the end of each week begun by the day.

    In: `objective_result`, of which the quarter's rows count; the tables key_result and check_in. Out: week (from 1),
    as_of (the week's last day, or the day), key_results, stated (those with a confidence by then), mean_confidence
    (0–1), net_confidence (share ≥ 0.7 − share < 0.4); missing while none is stated. Source: S1.
    """
    rows = followed(results[results["quarter"] == quarter.label], history.key_result)
    said = _stated(rows, history.check_in, day)
    records = []
    for week, _, last in weeks_begun(quarter, day):
        until = pd.Timestamp(min(last, day))
        known = last_stated(said[said["checked_on"] <= until], "confidence")
        records.append((week, until, len(rows), len(known), known.mean(), net_confidence(known)))
    columns = ["week", "as_of", "key_results", "stated", "mean_confidence", "net_confidence"]
    return pd.DataFrame(records, columns=columns).astype({"mean_confidence": "float64", "net_confidence": "float64"})


def confidence_falls(
    results: pd.DataFrame, history: History, *, quarter: Cycle, day: date, policy: Policy
) -> pd.DataFrame:
    """Where a key result's stated confidence fell against the one stated before, and what was noted beside it.

    In: as `confidence_by_week`. Out: key_result_id, objective_id, key_result, objective (titles), team (path),
    checked_on, week (of the quarter), before, now (0–1), reason (missing where nothing was noted); the latest first,
    then the largest. A fall of at least `rhythm.confidence_fall`, within the goal's cycle and up to the day; of
    several statements on a day the last counts. No author. Source: S1.
    """
    rows = followed(results[results["quarter"] == quarter.label], history.key_result)
    said = in_order(_stated(rows, history.check_in, day)).drop_duplicates(["key_result_id", "checked_on"], keep="last")
    said = said.assign(before=said.groupby("key_result_id")["confidence"].shift(), now=said["confidence"])
    size = (said["before"] - said["now"]).round(DECIMALS)
    inside = said["checked_on"].between(said["starts_on"], said["ends_on"])
    fallen = said.assign(size=size)[inside & (size >= policy.rhythm.confidence_fall)]
    week = (fallen["checked_on"] - pd.Timestamp(quarter.starts_on)).dt.days // WEEK + 1
    told = entitled(fallen.assign(week=week, reason=fallen["note"]), results, history.key_result)
    order = ["checked_on", "size", "key_result_id"]
    return told.sort_values(order, ascending=[False, False, True], ignore_index=True)[FALLS]


def _stated(rows: pd.DataFrame, check_ins: pd.DataFrame, day: date) -> pd.DataFrame:
    """The check-ins up to the day that state a confidence, with their objective and its cycle's days."""
    said = check_ins[check_ins["confidence"].notna() & (check_ins["checked_on"] <= pd.Timestamp(day))]
    return said.drop(columns="status").merge(rows, on="key_result_id")
