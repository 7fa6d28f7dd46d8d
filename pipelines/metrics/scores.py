"""Scores of key results and objectives: recorded, computed, and which of them counts."""

from typing import Any

import numpy as np
import pandas as pd

from pipelines.policy import Policy

DECIMALS = 6
LEFT_OUT = ("draft", "cancelled")
REPORTED_INFLATION = 0.01

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.int64]]


def recorded(rows: pd.DataFrame) -> "pd.Series[float]":
    """The recorded score, or the self score where only that is recorded, clamped to 0–1; known once ended.

    In: rows of `objective` or `key_result` with `ended`, whether the cycle has ended by the date asked for.
    """
    return rows["score"].fillna(rows["score_self"]).clip(0, 1).where(rows["ended"])


def counts(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each row takes part in figures: it is neither draft nor cancelled."""
    return ~rows["status"].isin(LEFT_OUT)


def chosen(final: "pd.Series[float]", computed: "pd.Series[float]", *, policy: Policy) -> "pd.Series[float]":
    """The score that counts under `score.source`: `latest` is final where there is one, else computed."""
    return {"final": final, "computed": computed, "latest": final.fillna(computed)}[policy.score.source]


def inflation(final: "pd.Series[float]", computed: "pd.Series[float]") -> "pd.Series[float]":
    """How far final lies above computed, where the two differ by at least 0.01 either way; missing elsewhere."""
    difference = (final - computed).round(DECIMALS)
    return difference.where(difference.abs() >= REPORTED_INFLATION)


def even_weights(key_results: pd.DataFrame, size: int) -> Numbers:
    """The weight of each key result within its objective, missing ones sharing equally what is left to 100 %.

    In: key results with `slot` (their objective's place, 0 to size − 1), `weight` (0–1) and `counted`.
    Out: one weight per row, 0 for those that do not count; they need not sum to 1. None stated: equal (S1).
    """
    slot, counted = key_results["slot"].to_numpy(), key_results["counted"].to_numpy()
    weight = key_results["weight"].to_numpy()
    unstated = np.isnan(weight) & counted
    stated = _sums(slot, np.where(counted, np.nan_to_num(weight), 0), size)
    sharing = _sums(slot, unstated, size)
    # Rounded, because 1 − (0.3 + 0.4 + 0.3) is not quite 0 and would leave a sliver to share.
    left = np.round(np.clip(1 - stated, 0, None), 9) / np.where(sharing > 0, sharing, 1)
    return np.where(unstated, left[slot], np.where(counted, np.nan_to_num(weight), 0))


def weighted(key_results: pd.DataFrame, values: Numbers, size: int, *, zero_missing: bool) -> tuple[Numbers, Numbers]:
    """The weighted mean of key results' scores per objective, and the share of the weight that has one.

    In: key results with `slot` and `even` (from `even_weights`), and one score per row. Out: mean and coverage by
    slot; missing where the weights at hand sum to zero. `zero_missing` counts a missing score as 0.
    """
    slot, even = key_results["slot"].to_numpy(), key_results["even"].to_numpy()
    known = np.where(np.isnan(values), 0, even)
    total, measured = _sums(slot, even, size), _sums(slot, known, size)
    base = total if zero_missing else measured
    points = _sums(slot, known * np.nan_to_num(values), size)
    return _divided(points, base), _divided(measured, total)


def _sums(slot: Places, values: Any, size: int) -> Numbers:
    return np.asarray(np.bincount(slot, values, size), dtype=np.float64)


def _divided(above: Numbers, under: Numbers) -> Numbers:
    quotient = np.full(len(under), np.nan)
    np.divide(above, under, out=quotient, where=under > 0)
    return quotient
