"""The calendar of a cycle (季度节奏): which objectives were set, aligned and reviewed on time."""

from datetime import date
from typing import Any

import pandas as pd

from pipelines.lookup import looked_up
from pipelines.policy import Policy

DATES = ("created_on", "agreed_on", "aligned_on", "reviewed_on")


def with_calendar(
    results: pd.DataFrame, objectives: pd.DataFrame, *, policy: Policy, as_of: date | None = None
) -> pd.DataFrame:
    """The objectives with the flags created_known, set_on_time, aligned_known, … reviewed_on_time.

    In: `objective_result`, `objective`. A date is known if it is stated, not after the day, and the cycle's days are
    known; unknown dates are neither on time nor late. The cycle's first day is day 1. Set: created up to day 7.
    Aligned: the earlier of agreed and aligned, up to day 15. Reviewed: up to 7 days before or after the last day. The
    numbers are the policy's. Source: S0.
    """
    told = known_dates(results, objectives, as_of=as_of)
    limits = policy.rhythm
    created, aligned = (_day(told[name], results["starts_on"]) + 1 for name in ("created_on", "aligned_on"))
    reviewed = _day(told["reviewed_on"], results["ends_on"]).abs()
    return results.assign(
        created_known=created.notna(),
        set_on_time=created <= limits.set_by_day,
        aligned_known=aligned.notna(),
        aligned_on_time=aligned <= limits.aligned_by_day,
        reviewed_known=reviewed.notna(),
        reviewed_on_time=reviewed <= limits.reviewed_within_days,
    )


def known_dates(results: pd.DataFrame, objectives: pd.DataFrame, *, as_of: date | None = None) -> pd.DataFrame:
    """What is known of each objective's days: created_on, agreed_on, reviewed_on, and as aligned_on the earlier of two.

    In: `objective_result`, `objective`. Out: on the index of the former. Days after `as_of` are missing.
    """
    stated = objectives.set_index("objective_id")
    dates = pd.DataFrame({name: looked_up(results["objective_id"], stated[name]) for name in DATES})
    if as_of:
        dates = dates.where(dates <= pd.Timestamp(as_of))
    agreed, aligned = dates["agreed_on"], dates["aligned_on"]
    return dates.assign(aligned_on=agreed.where(~(aligned < agreed), aligned).fillna(aligned))


def _day(days: "pd.Series[Any]", origin: "pd.Series[Any]") -> "pd.Series[float]":
    """How many days after the origin; missing where either is."""
    return (days - origin).dt.days.astype("float64")
