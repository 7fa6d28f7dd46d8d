"""What the command line says of goals worth a question, and of the policy in force."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines import policy, warehouse
from pipelines.cli import main
from pipelines.metrics.catalogue_challenge import GUARD
from pipelines.results import results_of
from tests.situations import low_and_done


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    history = low_and_done()
    warehouse.publish(tmp_path, {**history.frames(), **results_of(history, policy.load())})
    return tmp_path


@pytest.mark.parametrize("name", ["challenge", "low_goals", "done_without"])
def test_each_row_of_an_export_carries_the_guard_and_json_is_told_beside_it(data_dir: Path, name: str) -> None:
    written = CliRunner().invoke(main, ["metrics", name, "--format", "csv", "--data", str(data_dir)]).stdout
    assert written.count(GUARD) == len(written.splitlines()) - 1 > 0
    told = CliRunner().invoke(main, ["metrics", name, "--json", "--data", str(data_dir)])
    assert GUARD not in told.stdout
    assert GUARD in told.stderr
    assert len(json.loads(told.stdout)) == written.count(GUARD)


def test_low_goals_by_the_command_line(data_dir: Path) -> None:
    told = CliRunner().invoke(main, ["metrics", "low_goals", "--team", "Finance", "--json", "--data", str(data_dir)])
    (row,) = json.loads(told.stdout)
    assert row["objective_id"] == "promised"
    assert row["question"] == "change"


def test_build_says_which_policy_holds_and_what_differs_from_its_preset(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text('policy = "google"\n[challenge]\nceiling = 0.3\n', encoding="utf-8")
    (tmp_path / "o.csv").write_text("Objective,Key result,Cycle\nGrow,Sell more,2025-Q1\n", encoding="utf-8")
    CliRunner().invoke(main, ["ingest", str(tmp_path / "o.csv"), "--data", str(tmp_path)])
    told = CliRunner().invoke(main, ["build", "--data", str(tmp_path)]).stdout
    assert "Policy: google." in told
    assert "challenge.ceiling = 0.3 (preset: 0.2)" in told
