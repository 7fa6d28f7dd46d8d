"""Calibration of confidence (信心校准): whether what was said in confidence came true, and by how much not."""

import numpy as np
import pandas as pd

from pipelines.metrics.grouping import counted, groups_of, share
from pipelines.metrics.scores import DECIMALS
from pipelines.policy import Policy

BINS = 10


def forecasts(results: pd.DataFrame, scored: pd.DataFrame, check_ins: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    """Each confidence stated within a cycle beside what became of its key result.

    In: `objective_result` and `key_result_result` of cycles that have ended, `check_in`. Out: key_result_id, team_id,
    cycle, checked_on, confidence (0–1), score (0–1), attained (the policy's share for the objective's ambition).
    Every statement is a forecast of its own; without a score, or outside the cycle, there is none. Source: S1.
    """
    about = counted(results)[["objective_id", "team_id", "cycle", "starts_on", "ends_on", "ambition"]]
    rows = scored[scored["counted"]].dropna(subset=["score"]).merge(about, on="objective_id")
    said = check_ins.dropna(subset=["confidence"])[["key_result_id", "checked_on", "confidence"]]
    said = said.merge(rows, on="key_result_id")
    said = said[said["checked_on"].between(said["starts_on"], said["ends_on"])]
    bars = np.where(said["ambition"] == "committed", policy.attained.committed, policy.attained.other)
    columns = ["key_result_id", "team_id", "cycle", "checked_on", "confidence", "score", "attained"]
    told = said.assign(attained=said["score"].round(DECIMALS) >= bars)[columns]
    return told.sort_values(["checked_on", "key_result_id"], kind="stable", ignore_index=True)


def calibration(stated: pd.DataFrame) -> pd.DataFrame:
    """The mean score by stated confidence.

    In: `forecasts`. Out: ten rows low, high (0–1, the last tenth closed), forecasts, mean_confidence, mean_score,
    attained_share; missing where nothing was stated in a tenth. Source: S1.
    """
    # Whole millionths, because 0.3 / 0.1 is not quite 3.
    places = (stated["confidence"] * 10**DECIMALS).round().astype("int64") // (10**DECIMALS // BINS)
    groups = groups_of(stated.assign(bin=places.clip(0, BINS - 1)), ["bin"])
    table = groups.agg(
        forecasts=("confidence", "size"),
        mean_confidence=("confidence", "mean"),
        mean_score=("score", "mean"),
        attained_share=("attained", "mean"),
    ).reindex(range(BINS))
    table["forecasts"] = table["forecasts"].fillna(0).astype("int64")
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
    rows = scored[scored["counted"]].dropna(subset=["final", "computed"])
    rows = rows.merge(counted(results)[["objective_id", "cycle"]], on="objective_id")
    sides = {
        "above": rows["inflation"].where(rows["inflation"] > 0),
        "below": rows["inflation"].where(rows["inflation"] < 0),
    }
    groups = groups_of(rows.assign(**sides), ["cycle"])
    table = groups[["above", "below"]].count().assign(compared=groups.size())
    for side in sides:
        table[f"{side}_share"] = share(table[side], table["compared"])
        table[f"mean_{side}"] = groups[side].mean()
    columns = ["cycle", "compared", "above", "above_share", "mean_above", "below", "below_share", "mean_below"]
    return table.reset_index().sort_values("cycle", ignore_index=True)[columns]
