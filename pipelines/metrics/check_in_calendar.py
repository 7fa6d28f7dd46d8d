"""The check-in calendar (跟踪日历): in which weeks of a quarter key results were checked in on, by team."""

from datetime import date

import pandas as pd

from pipelines.cycles import Cycle
from pipelines.history import History
from pipelines.metrics.attention import WEEK, followed
from pipelines.metrics.grouping import share, with_teams_above


def check_in_calendar(results: pd.DataFrame, history: History, *, quarter: Cycle, day: date) -> pd.DataFrame:
    """The share of key results with a check-in in each week of the quarter begun by the day, per team with all below.

    In: `objective_result`, of which the quarter's rows count; the tables team, key_result, check_in. Out: team (path,
    missing for objectives without a team), week (from 1), key_results (whose cycle has begun and holds at least half of
    that week's days), checked (those with a check-in in it, within their cycle and up to the day), share. Weeks are
    sevens from the quarter's first day, the last short one included. No rows where nothing has begun. Source: S0.
    """
    rows = followed(results[results["quarter"] == quarter.label], history.key_result)
    due = _due(rows, quarter, day)
    said = _checked(rows, history.check_in, quarter, day)
    cells = due.merge(said, on=["key_result_id", "week"], how="left")
    cells = cells.assign(checked=cells["checked"].notna())
    sums = cells.groupby(["team_id", "week"], dropna=False).agg(
        key_results=("checked", "size"), checked=("checked", "sum")
    )
    wide = with_teams_above(sums.reset_index(), history.team)
    table = wide.groupby(["team", "team_id", "week"], dropna=False)[["key_results", "checked"]].sum().reset_index()
    table = table.assign(share=share(table["checked"], table["key_results"]))
    return table.drop(columns="team_id").astype({"week": "int64", "key_results": "int64", "checked": "int64"})


def weeks_begun(quarter: Cycle, day: date) -> list[tuple[int, date, date]]:
    """The quarter's weeks begun by the day, each with its number, first and last day."""
    starts = [quarter.day(WEEK * place + 1) for place in range(quarter.weeks)]
    return [(number, start, quarter.week_end(number)) for number, start in enumerate(starts, 1) if start <= day]


def _due(rows: pd.DataFrame, quarter: Cycle, day: date) -> pd.DataFrame:
    """Each key result once for every week begun that its cycle holds half of: a week never counts for two months."""
    begun = rows[rows["starts_on"] <= pd.Timestamp(day)]
    due = [begun[_days_held(begun, first, last) * 2 >= (last - first).days + 1].assign(week=number)
           for number, first, last in weeks_begun(quarter, day)]  # fmt: skip
    return pd.concat(due or [begun.assign(week=0).iloc[:0]], ignore_index=True)[["key_result_id", "team_id", "week"]]


def _days_held(rows: pd.DataFrame, first: date, last: date) -> "pd.Series[int]":
    """How many of the days from first to last lie in each row's cycle; below 1 for none."""
    since = rows["starts_on"].where(rows["starts_on"] > pd.Timestamp(first), pd.Timestamp(first))
    until = rows["ends_on"].where(rows["ends_on"] < pd.Timestamp(last), pd.Timestamp(last))
    days: pd.Series[int] = (until - since).dt.days + 1
    return days


def _checked(rows: pd.DataFrame, check_ins: pd.DataFrame, quarter: Cycle, day: date) -> pd.DataFrame:
    spans = rows[["key_result_id", "starts_on", "ends_on"]]
    said = check_ins[["key_result_id", "checked_on"]].merge(spans, on="key_result_id")
    inside = said["checked_on"].between(said["starts_on"], said["ends_on"])
    said = said[inside & (said["checked_on"] <= pd.Timestamp(day))]
    week = (said["checked_on"] - pd.Timestamp(quarter.starts_on)).dt.days // WEEK + 1
    return said[["key_result_id"]].assign(week=week, checked=True).drop_duplicates(["key_result_id", "week"])
