"""What is said of each key result, and how regularly: check-in compliance, staleness, confidence (信心指数)."""

from datetime import date
from typing import Any

import pandas as pd

from pipelines.history import History
from pipelines.lookup import looked_up
from pipelines.metrics.grouping import counted
from pipelines.metrics.progress import DONE, in_order
from pipelines.metrics.scores import counts
from pipelines.policy import Policy

WEEK = 7


def attention(
    results: pd.DataFrame, history: History, *, policy: Policy, today: date, as_of: date | None = None
) -> pd.DataFrame:
    """Every counted key result of a counted objective, with how it was followed up.

    In: `objective_result`; the tables key_result and check_in. Out: key_result_id, objective_id, team_id, weeks
    (begun by the day), weeks_checked (those with a check-in), compliance (their share; missing where no week has
    begun), silent_days (since the last check-in, or since the eve of the cycle where there is none since), stale,
    confidence (0–1, the last one stated; missing where none is). The day is `as_of`, or else `today`; confidence
    is everything known where there is no `as_of`. Source: S0, S1.
    """
    day = pd.Timestamp(as_of or today)
    rows = followed(results, history.key_result)
    said = history.check_in[history.check_in["key_result_id"].isin(rows["key_result_id"])]
    rows = with_said(rows, said[said["checked_on"] <= day])
    if as_of is None:
        rows = rows.assign(confidence=looked_up(rows["key_result_id"], last_stated(said, "confidence")))
    return judged(rows, policy=policy, day=day, dated=as_of is not None)


def with_said(rows: pd.DataFrame, check_ins: pd.DataFrame) -> pd.DataFrame:
    """Key results with what check-ins say of each: checked_on, weeks_checked, confidence, said_done.

    In: `followed`; `check_in`. The day of the last check-in, the number of weeks of its cycle with one, the last stated
    confidence, and whether the last stated status says that it is done.
    """
    words = looked_up(rows["key_result_id"], last_stated(check_ins, "status")).str.strip().str.casefold()
    return rows.assign(
        checked_on=looked_up(rows["key_result_id"], check_ins.groupby("key_result_id")["checked_on"].max()),
        weeks_checked=_weeks_checked(rows, check_ins),
        confidence=looked_up(rows["key_result_id"], last_stated(check_ins, "confidence")),
        said_done=words.isin(DONE),
    )


def judged(rows: pd.DataFrame, *, policy: Policy, day: pd.Timestamp, dated: bool) -> pd.DataFrame:
    """The key results of `with_said` with weeks, compliance, silent_days and stale on the day (see `attention`)."""
    until = rows["ends_on"].mask(rows["ends_on"] > day, day)
    weeks = ((until - rows["starts_on"]).dt.days // WEEK + 1).clip(lower=0)
    rows = rows.assign(weeks=weeks, weeks_checked=rows["weeks_checked"].where(weeks.notna()))
    rows = rows.assign(compliance=(rows["weeks_checked"] / weeks).where(weeks > 0), silent_days=_silent_days(rows, day))
    return rows.assign(stale=_stale(rows, day, policy=policy, dated=dated))


def stale_key_results(
    results: pd.DataFrame, history: History, *, policy: Policy, today: date, as_of: date | None = None
) -> pd.DataFrame:
    """The stale key results themselves, the longest silent first.

    In: as `attention`. Out: key_result_id, objective_id, key_result, objective (titles), team (path), cycle,
    silent_days. As many rows as `rhythm` counts; no owner. Source: our choice (S0 asks for a fixed cadence).
    """
    rows = longest_silent(attention(results, history, policy=policy, today=today, as_of=as_of))
    columns = ["key_result_id", "objective_id", "key_result", "objective", "team", "cycle", "silent_days"]
    return entitled(rows, results, history.key_result)[columns]


def longest_silent(rows: pd.DataFrame) -> pd.DataFrame:
    """The stale ones of `attention`, the longest silent first."""
    stale = rows[rows["stale"]].astype({"silent_days": "int64"})
    return stale.sort_values(["silent_days", "key_result_id"], ascending=[False, True], ignore_index=True)


def followed(results: pd.DataFrame, key_results: pd.DataFrame) -> pd.DataFrame:
    """The counted key results of counted objectives: key_result_id, objective_id, status, team_id, the cycle's days."""
    spans = counted(results)[["objective_id", "team_id", "starts_on", "ends_on"]]
    stated = key_results[counts(key_results)]
    return stated[["key_result_id", "objective_id", "status"]].merge(spans, on="objective_id")


def entitled(rows: pd.DataFrame, results: pd.DataFrame, key_results: pd.DataFrame) -> pd.DataFrame:
    """The rows of key results with what a reader knows them by: key_result and objective (titles), team, cycle."""
    goals = results.drop_duplicates("objective_id").set_index("objective_id")[["title", "team", "cycle"]]
    titles = key_results.set_index("key_result_id")["title"]
    about = goals.reindex(rows["objective_id"]).set_axis(rows.index).rename(columns={"title": "objective"})
    return rows.assign(key_result=looked_up(rows["key_result_id"], titles), **about)


def _weeks_checked(rows: pd.DataFrame, check_ins: pd.DataFrame) -> "pd.Series[float]":
    """In how many weeks of its cycle, sevens from its first day, each key result was checked in on."""
    spans = rows[["key_result_id", "starts_on", "ends_on"]]
    said = check_ins[["key_result_id", "checked_on"]].merge(spans, on="key_result_id")
    said = said[said["checked_on"].between(said["starts_on"], said["ends_on"])]
    number = (said["checked_on"] - said["starts_on"]).dt.days // WEEK
    checked = said.assign(week=number).drop_duplicates(["key_result_id", "week"])["key_result_id"].value_counts()
    return looked_up(rows["key_result_id"], checked).astype("float64").fillna(0)


def _silent_days(rows: pd.DataFrame, day: pd.Timestamp) -> "pd.Series[float]":
    """Silence begins with the cycle at the earliest."""
    eve = rows["starts_on"] - pd.Timedelta(days=1)
    last = rows["checked_on"]
    days: pd.Series[float] = (day - last.where(last > eve, eve)).dt.days.astype("float64")
    return days


def _stale(rows: pd.DataFrame, day: pd.Timestamp, *, policy: Policy, dated: bool) -> "pd.Series[bool]":
    """Silent for the policy's days in an open cycle, and not done."""
    silent = rows["silent_days"] >= policy.rhythm.stale_after_days
    is_open = (rows["starts_on"] <= day) & (rows["ends_on"] >= day)
    # The sheet's status has no date: as of a day it is known once the cycle has ended.
    done = (rows["status"] == "done") & (rows["ends_on"].le(day) | (not dated))
    stale: pd.Series[bool] = is_open & silent & ~done & ~rows["said_done"]
    return stale


def last_stated(said: pd.DataFrame, name: str) -> "pd.Series[Any]":
    """The last stated value of the column among these check-ins, by key result; a later row wins on the same day."""
    stated = in_order(said[said[name].notna()])
    return stated.drop_duplicates("key_result_id", keep="last").set_index("key_result_id")[name]
