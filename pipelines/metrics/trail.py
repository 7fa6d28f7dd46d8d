"""The way a goal went: its progress at each check-in, beside the share of its cycle that had passed."""

from typing import Any

import pandas as pd

from pipelines.history import History
from pipelines.metrics.progress import in_order, progress

COLUMNS = ["key_result_id", "checked_on", "expected", "raw", "computed"]


def trail(history: History) -> pd.DataFrame:
    """The progress of each key result at each day with a check-in, and the time passed by then.

    In: the tables cycle, objective, key_result and check_in, of one goal or of many. Out: key_result_id, checked_on,
    expected (share of the cycle's days passed at the day's end, 0–1; missing for a cycle of unknown days), raw,
    computed (0–1); by key result in the source's order, then by day. As `progress` at that day, so that the last one
    is the key result's; days without anything measured by then are absent. Source: as pace.
    """
    said = in_order(history.check_in)
    days = said.drop_duplicates(["key_result_id", "checked_on"])[["key_result_id", "checked_on"]]
    asked = _asked(history).merge(days.assign(as_of=days["checked_on"]), on="key_result_id")
    asked = asked.assign(begun=asked["starts_on"] <= asked["as_of"], ended=asked["ends_on"] <= asked["as_of"])
    found = asked.join(progress(asked, said)[["raw", "computed"]]).assign(expected=_passed(asked))
    return found.dropna(subset=["computed"])[COLUMNS].reset_index(drop=True)


def _asked(history: History) -> pd.DataFrame:
    cycles = history.cycle.drop_duplicates("cycle")[["cycle", "starts_on", "ends_on"]]
    goals = history.objective[["objective_id", "cycle"]].merge(cycles, on="cycle", how="left")
    return history.key_result.merge(goals, on="objective_id")


def _passed(asked: pd.DataFrame) -> "pd.Series[Any]":
    """The share of the cycle's days that have passed at the end of the day, from 0 to 1."""
    days = (asked["ends_on"] - asked["starts_on"]).dt.days + 1
    return (((asked["as_of"] - asked["starts_on"]).dt.days + 1) / days).clip(0, 1)
