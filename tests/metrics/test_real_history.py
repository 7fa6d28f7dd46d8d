"""A real organisation's history, worked out independently beside it, at function level."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipelines.history import History
from pipelines.metrics.completion import completion
from pipelines.metrics.distribution import distribution
from pipelines.metrics.results import objective_results
from pipelines.policy import load
from tests.situations import cycles

REAL = Path(__file__).parents[2] / ".." / "shared" / "real" / "protocol_labs"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real history is not at hand")


@pytest.fixture(scope="module")
def history() -> History:
    objectives, key_results, check_ins = (
        pd.read_csv(REAL / f"{name}.csv") for name in ("objectives", "key_results", "check_ins")
    )
    names = objectives["team"].unique()
    return History.of(
        team=pd.DataFrame({"team_id": names, "name": names, "path": names}),
        cycle=cycles(*objectives["period"].unique()),
        objective=objectives.rename(columns={"period": "cycle", "team": "team_id", "objective": "title"}),
        key_result=key_results.rename(columns={"kr_id": "key_result_id", "text": "title"}),
        check_in=check_ins.rename(columns={"kr_id": "key_result_id", "date": "checked_on", "score": "progress"})
        .assign(checked_on=lambda rows: pd.to_datetime(rows["checked_on"]), row=lambda rows: rows.index + 2)
        .dropna(subset=["checked_on", "progress"]),
    )


@pytest.mark.parametrize("source", ["final", "latest"])
def test_real_completion_is_the_one_worked_out_independently(history: History, source: Any) -> None:
    expected = json.loads((REAL / "expected_completion.json").read_text())
    policy = load().with_score_source(source)
    results = objective_results(history, policy=policy)
    keys = ("team", "cycle")
    table = completion(results, history.team, by=keys, policy=policy)
    spread = distribution(results, history.team, by=keys, policy=policy)
    found = table.merge(spread, on=["team", "cycle", "objectives", "scored"])
    assert list(zip(found["team"], found["cycle"], found["objectives"], strict=True)) == [
        (row["team"], row["cycle"], row["objectives"]) for row in expected
    ]
    for name in ("scored", "completion_rate", "too_high", "sweet_spot", "too_low"):
        wanted = [float("nan") if row[source][name] is None else row[source][name] for row in expected]
        assert found[name].tolist() == pytest.approx(wanted, abs=1e-6, nan_ok=True), name
