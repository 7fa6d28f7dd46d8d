"""Base and stretch targets: both scores by hand, and again in plain SQL."""

from datetime import date
from typing import Any

import duckdb
import pandas as pd
import pytest

from pipelines.metrics.tracks import tracks
from tests.situations import check_in, history, key_result, objective


def of(*values: float | None, said: Any = None, as_of: date | None = None, **result: Any) -> dict[str, Any]:
    base, stretch = {"base_target": 8.0, **result}.pop("base_target"), result.pop("stretch_target", 12.0)
    result.pop("base_target", None)
    measured = key_result("k", "a", base_target=base, stretch_target=stretch, **result)
    log = [check_in("k", f"2025-01-{10 + day}", value) for day, value in enumerate(values)] + (said or [])
    (row,) = tracks(history([objective("a")], [measured], log), as_of=as_of).to_dict("records")
    return row


@pytest.mark.parametrize(
    ("value", "result", "base", "stretch", "track"),
    [
        (4, {}, 0.5, 1 / 3, "none"),
        (8, {}, 1.0, 2 / 3, "base"),
        (9, {}, 1.0, 0.75, "base"),
        (12, {}, 1.0, 1.0, "stretch"),
        (15, {}, 1.0, 1.0, "stretch"),
        (-1, {}, 0.0, 0.0, "none"),
        (90, {"start": 100.0, "base_target": 92.0, "stretch_target": 80.0}, 1.0, 0.5, "base"),  # falling
        (12, {"base_target": None}, None, 1.0, "stretch"),
        (9, {"stretch_target": None}, 1.0, None, "base"),
        (9, {"base_target": 0.0}, None, 0.75, "none"),  # the base is the start: no way to go
    ],
)
def test_both_scores_and_the_track(
    value: float, result: dict[str, Any], base: float | None, stretch: float | None, track: str
) -> None:
    row = of(value, **result)
    scores = [None if pd.isna(row[name]) else row[name] for name in ("base_score", "stretch_score")]
    assert scores == [None if score is None else pytest.approx(score) for score in (base, stretch)]
    assert row["track"] == track


def test_raw_is_not_clamped_and_silence_is_missing() -> None:
    assert of(18)["base_raw"] == pytest.approx(2.25)
    assert pd.isna(of()["track"])
    assert pd.isna(of(said=[check_in("k", "2025-02-01", progress=0.9)])["track"])


def test_the_sheets_value_counts_without_a_day_alone() -> None:
    assert of(current=9.0)["track"] == "base"
    assert pd.isna(of(current=9.0, as_of=date(2025, 3, 1))["track"])
    assert of(4, 9, as_of=date(2025, 1, 10))["track"] == "none"


def test_drafts_and_key_results_without_tracks_take_no_part() -> None:
    goals = [objective("a"), objective("d", status="draft")]
    results = [key_result("plain", "a"), key_result("c", "a", base_target=5.0, status="cancelled"),
               key_result("d1", "d", base_target=5.0)]  # fmt: skip
    assert tracks(history(goals, results)).empty


def test_plain_sql_agrees() -> None:
    results = [key_result(f"k{n}", "a", start=float(n % 3), base_target=8.0, stretch_target=12.0) for n in range(9)]
    said = [check_in(f"k{n}", f"2025-0{month}-10", float(n * month)) for n in range(9) for month in (1, 2)]
    known = history([objective("a")], results, said)
    key_result_, check_in_ = known.key_result, known.check_in  # noqa: F841 - read by the query
    again = duckdb.sql(
        "select key_result_id, greatest(0, least(1, (v - start) / (base_target - start))) as base_score, "
        "greatest(0, least(1, (v - start) / (stretch_target - start))) as stretch_score, "
        "case when v >= stretch_target then 'stretch' when v >= base_target then 'base' else 'none' end as track "
        "from key_result_ join (select key_result_id, arg_max(value, checked_on) as v from check_in_ group by 1) "
        "using (key_result_id) order by 1"
    ).df()
    names = ["key_result_id", "base_score", "stretch_score", "track"]
    pd.testing.assert_frame_equal(tracks(known)[names], again[names], check_dtype=False)
