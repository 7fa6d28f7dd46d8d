"""The check-in calendar (跟踪日历): in which weeks of a quarter key results were checked in on, by team."""

from datetime import date

import pandas as pd

from pipelines.cycles import Cycle
from pipelines.history import History
from pipelines.metrics.attention_weeks import attention_weeks, calendar_of


def check_in_calendar(results: pd.DataFrame, history: History, *, quarter: Cycle, day: date) -> pd.DataFrame:
    """The share of key results with a check-in in each week of the quarter begun by the day, per team with all below.

    In: `objective_result`, of which the quarter's rows count; the tables team, key_result, check_in. Out: team (path,
    missing for objectives without a team), week (from 1), key_results (whose cycle has begun and holds at least half of
    that week's days), checked (those with a check-in in it, within their cycle and up to the day), share. Weeks are
    sevens from the quarter's first day, the last short one included. No rows where nothing has begun. Source: S0.
    """
    return calendar_of(attention_weeks(results, history.key_result, history.check_in, quarter=quarter, day=day),
                       history.team)  # fmt: skip
