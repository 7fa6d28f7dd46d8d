"""Confidence (信心指数) week by week, and where it fell, with the reason given."""

from datetime import date

import pandas as pd

from pipelines.cycles import Cycle
from pipelines.history import History
from pipelines.metrics.attention import WEEK, entitled, followed
from pipelines.metrics.attention_weeks import attention_weeks, confidence_of
from pipelines.metrics.progress import in_order
from pipelines.metrics.scores import DECIMALS
from pipelines.policy import Policy
from pipelines.schema import CONFIDENCE_FALL, conform

FALLS = [
    "key_result_id", "objective_id", "key_result", "objective", "team", "checked_on", "week", "before", "now", "reason",
]  # fmt: skip


def confidence_by_week(results: pd.DataFrame, history: History, *, quarter: Cycle, day: date) -> pd.DataFrame:
    """Mean and net of each key result's last stated confidence as of the end of each week begun by the day.

    In: `objective_result`, of which the quarter's rows count; the tables key_result and check_in. Out: week (from 1),
    as_of (the week's last day, or the day), key_results, stated (those with a confidence by then), mean_confidence
    (0–1), net_confidence (share ≥ 0.7 − share < 0.4); missing while none is stated. Source: S1.
    """
    weeks = attention_weeks(results, history.key_result, history.check_in, quarter=quarter, day=day)
    return confidence_of(weeks, quarter=quarter, day=day)


def confidence_falls(
    results: pd.DataFrame, history: History, *, quarter: Cycle, day: date, policy: Policy
) -> pd.DataFrame:
    """Where a key result's stated confidence fell against the one stated before, and what was noted beside it.

    In: as `confidence_by_week`. Out: key_result_id, objective_id, key_result, objective (titles), team (path),
    checked_on, week (of the quarter), before, now (0–1), reason (missing where nothing was noted); the latest first,
    then the largest. A fall of at least `rhythm.confidence_fall`, within the goal's cycle and up to the day; of
    several statements on a day the last counts. No author. Source: S1.
    """
    fallen = falls(results, history.key_result, history.check_in, quarter=quarter, day=day, policy=policy)
    return entitled(fallen, results, history.key_result)[FALLS]


def falls(
    results: pd.DataFrame,
    key_results: pd.DataFrame,
    check_ins: pd.DataFrame,
    *,
    quarter: Cycle,
    day: date,
    policy: Policy,
) -> pd.DataFrame:
    """The table `confidence_fall` of one quarter, up to the day: the rows of `confidence_falls` without titles.

    In: `objective_result`, of which the quarter's rows count; `key_result`, or anything with its id, objective and
    status; `check_in`. Each key result speaks for itself: computed cycle by cycle and put together it is the same, but
    for the order of the rows.
    """
    rows = followed(results[results["quarter"] == quarter.label], key_results).drop(columns="status")
    said = check_ins[check_ins["confidence"].notna() & (check_ins["checked_on"] <= pd.Timestamp(day))]
    said = said[["key_result_id", "checked_on", "confidence", "note", "batch_id", "file", "sheet", "row"]]
    said = in_order(said.merge(rows, on="key_result_id"))
    said = said.drop_duplicates(["key_result_id", "checked_on"], keep="last")
    said = said.assign(before=said.groupby("key_result_id")["confidence"].shift(), now=said["confidence"])
    size = (said["before"] - said["now"]).round(DECIMALS)
    inside = said["checked_on"].between(said["starts_on"], said["ends_on"])
    fallen = said[inside & (size >= policy.rhythm.confidence_fall)]
    week = (fallen["checked_on"] - pd.Timestamp(quarter.starts_on)).dt.days // WEEK + 1
    told = fallen.assign(quarter=quarter.label, week=week, reason=fallen["note"])
    return latest_first(conform(told, CONFIDENCE_FALL.columns))


def latest_first(fallen: pd.DataFrame) -> pd.DataFrame:
    """Falls, the latest first, then the largest."""
    order = ["checked_on", "size", "key_result_id"]
    sized = fallen.assign(size=(fallen["before"] - fallen["now"]).round(DECIMALS))
    return sized.sort_values(order, ascending=[False, False, True], ignore_index=True).drop(columns="size")
