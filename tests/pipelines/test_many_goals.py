"""More goals than a byte can number, of which little or nothing is said."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from pipelines import warehouse
from pipelines.ingest import ingest
from pipelines.lookup import looked_up
from tests.pipelines.files import write_csv

MANY = range(200)
HEADER = ["cycle", "team", "objective", "key_result", "start", "target", "current"]
GOALS = [["2026-Q1", "Sales", f"Grow {number}", f"Sell {number}", 0, 10, number % 10] for number in MANY]


# What the sheets say makes 0.45 on average; a check-in says 0.5 in place of what its key result's row does.
@pytest.mark.parametrize(
    ("said", "mean"),
    [
        ([], 0.45),
        ([["Sell 2", "2026-Q1", "2026-02-01", 5]], 0.45 + 0.3 / 200),
        ([[f"Sell {number}", "2026-Q1", "2026-02-01", 5] for number in MANY], 0.5),
    ],
    ids=["no check-ins", "one check-in", "one on each"],
)
def test_goals_are_scored_however_little_is_said_of_them(tmp_path: Path, said: list[list[object]], mean: float) -> None:
    write_csv(tmp_path / "okr.csv", HEADER, *GOALS)
    write_csv(tmp_path / "check_ins.csv", ["key_result", "cycle", "checked_on", "value"], *said)
    files = [tmp_path / "okr.csv", *([tmp_path / "check_ins.csv"] if said else [])]
    ingest(files, tmp_path / "data", today=date(2026, 4, 1))
    version = warehouse.current(tmp_path / "data")
    assert version
    scores = warehouse.table(version, "objective_result")["score"]
    assert scores.notna().all()
    assert scores.mean() == pytest.approx(mean)
    assert len(warehouse.table(version, "follow_up")) == len(MANY)


def test_nothing_is_found_where_there_is_nothing_to_look_among() -> None:
    kind = pd.CategoricalDtype([f"o{number}" for number in MANY])
    nothing = pd.DataFrame({"id": pd.Series([], dtype=kind), "value": pd.Series([], dtype="float64")})
    keys = pd.Series(["o1", "o199"], dtype=kind)
    assert looked_up(keys, nothing.groupby("id")["value"].max()).isna().all()
