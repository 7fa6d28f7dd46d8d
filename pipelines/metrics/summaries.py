"""What is kept for the pages beside the results, so that they read neither the check-in log nor the links."""

from collections.abc import Callable

import pandas as pd

from pipelines.cycles import Cycle, parse
from pipelines.history import History
from pipelines.lookup import among
from pipelines.metrics import year
from pipelines.metrics.attention_weeks import attention_weeks
from pipelines.metrics.breaches import checked
from pipelines.metrics.calibration import forecasts, record_sides, tenths
from pipelines.metrics.confidence import falls
from pipelines.metrics.follow_up import follow_up
from pipelines.metrics.progress import in_order
from pipelines.metrics.rules import breaches_of
from pipelines.policy import Policy
from pipelines.schema import (
    ATTENTION_WEEK,
    CONFIDENCE_FALL,
    FINDING,
    GOAL_CHANGE,
    LINK,
    YEAR_PART,
    Column,
    conform,
    empty,
)

Log = Callable[[list[str]], pd.DataFrame]
"""The check-ins on the key results named."""


def of_the_log(
    results: pd.DataFrame, scored: pd.DataFrame, history: History, *, policy: Policy
) -> dict[str, pd.DataFrame]:
    """The tables follow_up, attention_week, confidence_fall, forecast and record_side.

    In: `objective_result`, `key_result_result` and the facts, of everything or of one cycle. Each row is of one cycle:
    computed cycle by cycle and put together they are the same, but for the order of the rows.
    """
    said = history.check_in
    by_quarter = [_of_quarter(results, history, quarter, policy) for quarter in _quarters(results, policy)]
    return {
        "follow_up": follow_up(results, history.key_result, said),
        "attention_week": _joined([weeks for weeks, _ in by_quarter], ATTENTION_WEEK.columns),
        "confidence_fall": _joined([fallen for _, fallen in by_quarter], CONFIDENCE_FALL.columns),
        "forecast": tenths(forecasts(results, scored, said, policy=policy).dropna(subset=["quarter"])),
        "record_side": record_sides(results, scored),
    }


def of_everything(
    results: pd.DataFrame, history: History, *, policy: Policy, log: Log | None = None
) -> dict[str, pd.DataFrame]:
    """The tables link, goal_change, finding and year_part, which look from cycle to cycle.

    In: `objective_result` and the facts, of everything loaded. Of the check-ins only those are read that state a start
    or a target, and those on the key results that `year_part` may hold, for which the log is asked if there is one.
    """
    about = checked(results, history, policy=policy, as_of=None, today=None)
    said = in_order(log(year.reaching_years(about))) if log else None
    parts = year.year_parts(about, said)
    return {
        "link": conform(about.links, LINK.columns),
        "goal_change": conform(about.moved, GOAL_CHANGE.columns),
        "finding": conform(breaches_of(about), FINDING.columns),
        "year_part": conform(pd.concat([year.year_wholes(about, parts, said), parts]), YEAR_PART.columns),
    }


def _quarters(results: pd.DataFrame, policy: Policy) -> list[Cycle]:
    labels = sorted(results["quarter"].dropna().unique())
    return [quarter for label in labels if (quarter := parse(label, first_month=policy.cycle.first_month))]


def _of_quarter(
    results: pd.DataFrame, history: History, quarter: Cycle, policy: Policy
) -> tuple[pd.DataFrame, pd.DataFrame]:
    goals = results[results["quarter"] == quarter.label]
    parts = history.key_result[among(history.key_result["objective_id"], goals["objective_id"])]
    said = history.check_in[among(history.check_in["key_result_id"], parts["key_result_id"])]
    weeks = attention_weeks(goals, parts, said, quarter=quarter, day=quarter.ends_on)
    return weeks, falls(goals, parts, said, quarter=quarter, day=quarter.ends_on, policy=policy)


def _joined(frames: list[pd.DataFrame], columns: tuple[Column, ...]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True) if frames else empty(columns)
