"""How the scores are spread: bands, quantiles, and the shares that are best, too high and too low."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.metrics.grouping import counted, grouped, groups_of, share
from pipelines.metrics.scores import DECIMALS
from pipelines.policy import Policy

BANDS = ("excellent", "good", "medium", "fair", "poor")
QUANTILES = {"p10": 0.10, "p25": 0.25, "p75": 0.75, "p90": 0.90}
BINS = 10


def distribution(results: pd.DataFrame, teams: pd.DataFrame, *, by: Sequence[str] = (), policy: Policy) -> pd.DataFrame:
    """The score distribution, per group.

    In: `objective_result`, `team`. Out: the keys, then objectives, scored, missing, mean, median, std (sample,
    missing for n < 2), p10 to p90 (linear), counts per band, eligible (scored and not committed), sweet_spot and
    too_high with their shares of the eligible, too_low with its share of the scored. Missing scores only count in
    `missing`; a share of nothing is missing. Source: S1.
    """
    return grouped(with_marks(results, policy=policy), teams, by=by, totals=_totals)


def band(scores: "pd.Series[float]", *, policy: Policy) -> "pd.Series[str]":
    """The band of each score, lower bounds included; missing for a missing score (S1)."""
    bounds = [-np.inf, policy.bands.fair, policy.bands.medium, policy.bands.good, policy.bands.excellent, np.inf]
    return pd.cut(scores.round(DECIMALS), bounds, right=False, labels=BANDS[::-1]).astype("str")


def with_marks(results: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    """The objectives with `eligible`, `sweet_spot`, `too_high`, `too_low` and one flag per band.

    Committed objectives are held against 1.0 and are therefore never eligible; unknown ones are.
    """
    score = results["score"].round(DECIMALS)
    eligible = score.notna() & (results["ambition"] != "committed")
    marks = {
        "eligible": eligible,
        "sweet_spot": eligible & score.between(policy.sweet_spot.low, policy.sweet_spot.high),
        "too_high": eligible & (score >= policy.threshold.too_high),
        "too_low": score < policy.threshold.too_low,
    }
    bands = band(score, policy=policy)
    return results.assign(**marks, **{name: bands == name for name in BANDS})


def bins(results: pd.DataFrame) -> pd.DataFrame:
    """How many counted objectives score within each tenth, the last bin closed.

    In: `objective_result`. Out: ten rows low, high (0–1), objectives; missing scores are in none.
    """
    scores = counted(results)["score"].dropna()
    # Whole millionths, because 0.3 / 0.1 is not quite 3.
    places = (scores * 10**DECIMALS).round().astype("int64") // (10**DECIMALS // BINS)
    number = np.bincount(places.clip(upper=BINS - 1), minlength=BINS)
    edges = np.arange(BINS + 1) / BINS
    return pd.DataFrame({"low": edges[:-1], "high": edges[1:], "objectives": number})


def _totals(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    groups = groups_of(rows, keys)
    score = groups["score"]
    table = groups.agg(objectives=("counted", "size"), scored=("score", "count"))
    table["missing"] = table["objectives"] - table["scored"]
    table = table.assign(mean=score.mean(), median=score.median(), std=score.std())
    table = table.assign(**{name: score.quantile(part) for name, part in QUANTILES.items()})
    table = table.join(groups[[*BANDS, "eligible", "sweet_spot", "too_high", "too_low"]].sum())
    for name, base in (("sweet_spot", "eligible"), ("too_high", "eligible"), ("too_low", "scored")):
        table.insert(table.columns.tolist().index(name) + 1, f"{name}_rate", share(table[name], table[base]))
    return table
