"""The sample company's figures computed from its rows by plain pandas, apart from the product's own metrics."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pipelines.demo.history import CycleHistory

NOT_COUNTED = ("draft", "cancelled")
COMPANY = "company"


def objectives(told: Iterable[CycleHistory]) -> pd.DataFrame:
    """Counted objectives with `score` (recorded, else from the last check-in) and `quarter`."""
    parts = [_cycle(history) for history in told]
    frame = pd.concat(parts, ignore_index=True)
    return frame[~frame["status"].isin(NOT_COUNTED)]


def eligible(frame: pd.DataFrame) -> pd.DataFrame:
    """Scored objectives that are not committed."""
    return frame[(frame["ambition"] != "committed") & frame["score"].notna()]


def anchored(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Whether links lead from the objective, upwards, to a goal of the company; for those that should align."""
    levels = dict(zip(frame["objective_id"], frame["level"], strict=True))
    parents = dict(zip(frame["objective_id"], frame["parent"], strict=True))

    def reaches(key: str) -> bool:
        if levels.get(key) == COMPANY:
            return True
        first = parents.get(key, "").split("; ")[0].split("-KR")[0]
        same_or_above = bool(first) and levels.get(first) != levels.get(key)
        return same_or_above and reaches(first)

    below = frame[frame["level"] != COMPANY]
    return below["objective_id"].map(reaches)


def _cycle(history: CycleHistory) -> pd.DataFrame:
    key_results = history.key_results.copy()
    last = history.check_ins.groupby("key_result_id")[["value", "progress"]].last()
    value = key_results["key_result_id"].map(last["value"])
    measured = (value - key_results["kr_start"]) / (key_results["kr_target"] - key_results["kr_start"])
    stated = key_results["key_result_id"].map(last["progress"])
    key_results["computed"] = measured.fillna(stated).clip(0, 1)
    key_results["counts"] = key_results["score"].fillna(key_results["computed"])
    scored = key_results[key_results["counts"].notna()]
    total = (scored["counts"] * scored["kr_weight"]).groupby(scored["objective_id"]).sum()
    score = (total / scored.groupby("objective_id")["kr_weight"].sum()).round(6)
    frame = history.objectives.assign(score=history.objectives["objective_id"].map(score), quarter=_quarter(history))
    return frame.assign(recorded=frame["objective_id"].map(key_results.groupby("objective_id")["score"].count()))


def _quarter(history: CycleHistory) -> str | float:
    if history.cycle.kind == "year":
        return np.nan
    first = history.cycle.starts_on
    return f"{first.year}-Q{(first.month + 2) // 3}"
