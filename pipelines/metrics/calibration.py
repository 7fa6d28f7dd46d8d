"""Calibration of confidence (信心校准): whether what was said in confidence came true, and by how much not."""

import numpy as np
import pandas as pd

from pipelines.metrics.grouping import counted, groups_of, share
from pipelines.metrics.scores import DECIMALS
from pipelines.policy import Policy
from pipelines.schema import FORECAST, RECORD_SIDE, conform

BINS = 10
GROUP = ["quarter", "cycle", "team_id", "level", "ambition"]
SIDES = ("above", "below")


def forecasts(results: pd.DataFrame, scored: pd.DataFrame, check_ins: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    """Each confidence stated within a cycle beside what became of its key result.

    In: `objective_result` and `key_result_result` of cycles that have ended, `check_in`. Out: key_result_id, team_id,
    cycle, checked_on, confidence (0–1), score (0–1), attained (the policy's share for the objective's ambition), and
    quarter, level and ambition of the objective.
    Every statement is a forecast of its own; without a score, or outside the cycle, there is none. Source: S1.
    """
    about = counted(results)[["objective_id", *GROUP, "starts_on", "ends_on"]]
    rows = scored[scored["counted"]].dropna(subset=["score"]).merge(about, on="objective_id")
    said = check_ins.dropna(subset=["confidence"])[["key_result_id", "checked_on", "confidence"]]
    said = said.merge(rows, on="key_result_id")
    said = said[said["checked_on"].between(said["starts_on"], said["ends_on"])]
    bars = np.where(said["ambition"] == "committed", policy.attained.committed, policy.attained.other)
    columns = ["key_result_id", "team_id", "cycle", "checked_on", "confidence", "score", "attained", "quarter", "level",
               "ambition"]  # fmt: skip
    told = said.assign(attained=said["score"].round(DECIMALS) >= bars)[columns]
    return told.sort_values(["checked_on", "key_result_id"], kind="stable", ignore_index=True)


def calibration(stated: pd.DataFrame) -> pd.DataFrame:
    """The mean score by stated confidence.

    In: `forecasts`. Out: ten rows low, high (0–1, the last tenth closed), forecasts, mean_confidence, mean_score,
    attained_share; missing where nothing was stated in a tenth. Source: S1.
    """
    return calibration_of(tenths(stated))


def tenths(stated: pd.DataFrame) -> pd.DataFrame:
    """The table `forecast`: `forecasts` added up by group and tenth of confidence, the last tenth closed.

    Groups lie within a cycle: computed cycle by cycle and put together it is the same.
    """
    # Whole millionths, because 0.3 / 0.1 is not quite 3.
    places = (stated["confidence"] * 10**DECIMALS).round().astype("int64") // (10**DECIMALS // BINS)
    rows = stated.assign(tenth=places.clip(0, BINS - 1), forecasts=1)
    sums = groups_of(rows, [*GROUP, "tenth"])[["forecasts", "confidence", "score", "attained"]].sum()
    return conform(sums.reset_index(), FORECAST.columns)


def calibration_of(added: pd.DataFrame) -> pd.DataFrame:
    """`calibration` from rows of `tenths`, those to be counted."""
    sums = added.groupby("tenth")[["forecasts", "confidence", "score", "attained"]].sum().reindex(range(BINS))
    number = sums["forecasts"].fillna(0).astype("int64")
    means = {"mean_confidence": "confidence", "mean_score": "score", "attained_share": "attained"}
    table = pd.DataFrame({name: share(sums[part].astype("float64"), number) for name, part in means.items()})
    table.insert(0, "forecasts", number)
    edges = np.arange(BINS + 1) / BINS
    return pd.concat([pd.DataFrame({"low": edges[:-1], "high": edges[1:]}), table.reset_index(drop=True)], axis=1)


def brier_score(stated: pd.DataFrame) -> float:
    """The mean squared distance of confidence from attained (1 or 0): 0 is foresight, 0.25 a constant one half.

    In: `forecasts`. Missing where nothing was stated. Reference: Brier 1950.
    """
    return float(((stated["confidence"] - stated["attained"].astype("float64")) ** 2).mean())


def inflation_sides(results: pd.DataFrame, scored: pd.DataFrame) -> pd.DataFrame:
    """How often, and how far, recorded scores lie above and below what the data give, per cycle.

    In: `objective_result`, `key_result_result`. Out: cycle, compared (counted key results with both), above and below
    (those that differ by at least 0.01), above_share and below_share (of compared), mean_above and mean_below (of
    `inflation`, below negative); missing where there is none. Either way is told alike. Source: S1.
    """
    return sides_of(record_sides(results, scored), by="cycle")


def record_sides(results: pd.DataFrame, scored: pd.DataFrame) -> pd.DataFrame:
    """The table `record_side`: how recorded scores lie beside the data, added up by group.

    In: as `inflation_sides`. Groups lie within a cycle: computed cycle by cycle and put together it is the same.
    """
    rows = scored[scored["counted"]].dropna(subset=["final", "computed"])
    rows = rows.merge(counted(results)[["objective_id", *GROUP]], on="objective_id")
    above, below = rows["inflation"] > 0, rows["inflation"] < 0
    points = {"above_points": rows["inflation"].where(above, 0.0), "below_points": rows["inflation"].where(below, 0.0)}
    rows = rows.assign(compared=1, above=above, below=below, **points)
    sums = groups_of(rows, GROUP)[["compared", *SIDES, *points]].sum()
    return conform(sums.reset_index(), RECORD_SIDE.columns)


def sides_of(added: pd.DataFrame, *, by: str) -> pd.DataFrame:
    """`inflation_sides` by cycle, or by quarter, from rows of `record_sides`, those to be counted."""
    figures = ["compared", *SIDES, *(f"{side}_points" for side in SIDES)]
    table = groups_of(added, [by])[figures].sum().astype(dict.fromkeys(figures[:3], "int64"))
    for side in SIDES:
        table[f"{side}_share"] = share(table[side], table["compared"])
        table[f"mean_{side}"] = share(table[f"{side}_points"], table[side])
    columns = [by, "compared", "above", "above_share", "mean_above", "below", "below_share", "mean_below"]
    return table.reset_index().sort_values(by, ignore_index=True)[columns]
