"""The score distribution, worked by hand."""

import pandas as pd
import pytest

from pipelines.history import History
from pipelines.metrics.distribution import BANDS, band, bins, distribution
from pipelines.metrics.results import objective_results
from pipelines.policy import load
from tests.situations import SITUATIONS, history, objective

GUIDE = load()


def row(known: History) -> pd.Series:
    return distribution(objective_results(known, policy=GUIDE), known.team, policy=GUIDE).iloc[0]


def test_every_tenth_once() -> None:
    spread = row(SITUATIONS["ambition_unknown"]())
    assert spread[["objectives", "scored", "missing"]].tolist() == [11, 11, 0]
    assert spread[["mean", "median", "p10", "p25", "p75", "p90"]].tolist() == pytest.approx(
        [0.5, 0.5, 0.1, 0.25, 0.75, 0.9]
    )
    assert spread["std"] == pytest.approx(0.331662, abs=1e-6)
    assert spread[list(BANDS)].tolist() == [2, 2, 1, 2, 4]
    assert spread[["eligible", "sweet_spot", "too_high", "too_low"]].tolist() == [11, 2, 2, 4]
    rates = spread[["sweet_spot_rate", "too_high_rate", "too_low_rate"]].tolist()
    assert rates == pytest.approx([2 / 11, 2 / 11, 4 / 11])


def test_bounds_belong_to_the_band_above() -> None:
    scores = pd.Series([0.9, 0.899999, 0.7, 0.6, 0.4, 0.399999, 0.0, 1.0, None, 0.1 * 7], dtype="float64")
    assert band(scores, policy=GUIDE).fillna("–").tolist() == [
        "excellent", "good", "good", "medium", "fair", "poor", "poor", "excellent", "–", "good",
    ]  # fmt: skip


def test_committed_goals_are_never_eligible() -> None:
    spread = row(SITUATIONS["all_committed"]())
    assert spread[["eligible", "too_high", "excellent"]].tolist() == [0, 0, 8]
    assert pd.isna(spread["too_high_rate"])


def test_a_mixed_mean() -> None:
    kept = [objective(f"c{n}", score=1.0, ambition="committed") for n in range(4)]
    spread = row(history(kept + [objective(f"a{n}", score=0.65) for n in range(6)]))
    assert spread["mean"] == pytest.approx(0.79)
    assert spread[["eligible", "too_high", "sweet_spot"]].tolist() == [6, 0, 6]


def test_one_score_has_no_standard_deviation() -> None:
    assert pd.isna(row(history([objective("a", score=0.5), objective("b")]))["std"])


def test_bins_count_each_score_once_and_the_last_is_closed() -> None:
    goals = [
        objective(f"o{n}", score=score) for n, score in enumerate([0, 0.1, 0.3, 0.299999, 0.6, 0.7, 0.99, 1.0, None])
    ]
    assert bins(objective_results(history(goals), policy=GUIDE))["objectives"].tolist() == [
        1,
        1,
        1,
        1,
        0,
        0,
        1,
        1,
        0,
        2,
    ]
