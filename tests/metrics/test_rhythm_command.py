"""`okr metrics rhythm` and `okr metrics rules` over a real warehouse: shape, day, forms, language."""

import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from pipelines.cli import main

pytestmark = pytest.mark.xdist_group("rhythm")

OBJECTIVES = """objective_id,cycle,team,owner,title,created_on,reviewed_on,origin
a,2025-Q1,Sales,Ann,Sell more,2025-01-03,2025-04-02,top_down
b,2025-Q1,East,Bo,Open the new market in the east,2025-01-20,,bottom_up
c,2025-Q2,East,Bo,Keep the new market in the east,,,
"""
KEY_RESULTS = """key_result_id,objective_id,title,start,target
ka,a,Contracts,0,10
kb,b,Partners,0,
kc,c,Partners kept,0,5
"""
CHECK_INS = "key_result,date,value,confidence\nka,2025-01-02,1,0.8\nka,2025-01-09,2,0.3\nkc,2025-04-02,1,\n"
TEAMS = "team,parent_team\nSales,\nEast,Sales\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    (folder / "in").mkdir()
    sheets = {"objectives": OBJECTIVES, "key_results": KEY_RESULTS, "check_ins": CHECK_INS, "teams": TEAMS}
    for name, text in sheets.items():
        (folder / "in" / f"{name}.csv").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["ingest", str(folder / "in"), "--data", str(folder / "warehouse")])
    assert result.exit_code == 0, result.output
    return folder / "warehouse"


def run(data: Path, *words: str, **env: str) -> Result:
    words = ("metrics", *words, "--data", str(data))
    result = CliRunner(env={"OKR_TODAY": "2025-04-16", **env}).invoke(main, words)
    assert result.exit_code == 0, result.output
    return result


def records(data: Path, *words: str) -> list[dict[str, Any]]:
    return json.loads(run(data, *words, "--format", "json").stdout)


def test_one_record_of_rhythm_with_null_for_what_is_not_known(data: Path) -> None:
    (row,) = records(data, "rhythm", "--cycle", "2025-Q1")
    assert row == {
        "objectives": 2, "created_known": 2, "set_on_time": 0.5, "aligned_known": 0, "aligned_on_time": None,
        "reviewed_known": 1, "reviewed_on_time": 1.0, "key_results": 2, "check_in_compliance": pytest.approx(1 / 13),
        "stale": 0, "mean_confidence": 0.3, "net_confidence": -1.0,
    }  # fmt: skip
    assert next(iter(row)) == "objectives"


def test_today_is_the_day_where_none_is_asked_and_is_printed(data: Path) -> None:
    assert [row["stale"] for row in records(data, "rhythm", "--by", "cycle")] == [0, 1]
    earlier = records(data, "rhythm", "--by", "cycle,team", "--team", "East", "--as-of", "2025-01-22")
    assert [(row["cycle"], row["stale"], row["check_in_compliance"]) for row in earlier] == [
        ("2025-Q1", 1, 0.0), ("2025-Q2", 0, None),
    ]  # fmt: skip
    assert run(data, "rhythm").stdout.endswith("counted up to 2025-04-16.\n")
    assert "up to 2025-01-22" in run(data, "rhythm", "--as-of", "2025-01-22", "--format", "csv").stderr


def test_findings_carry_rule_subject_found_expected_and_source(data: Path) -> None:
    assert records(data, "rules", "--cycle", "2025-Q1") == [
        {"rule": "measurable", "subject": "b", "found": 0.0, "expected": "1",
         "source": "our choice: without a start and a target, or a milestone, no progress can be computed"},
        {"rule": "title_length", "subject": "a", "found": 9.0, "expected": "> 12",
         "source": "our choice, after S0: no one-noun titles"},
        {"rule": "bottom_up_share", "subject": "Sales", "found": 0.5, "expected": "≥ 0.6",
         "source": "S1: at least 60 % of objectives come bottom-up"},
    ]  # fmt: skip
    assert [row["subject"] for row in records(data, "rules", "--team", "East", "--cycle", "2025-Q1")] == ["b"]
    assert records(data, "rules", "--cycle", "1999-Q1") == []


def test_another_policy_finds_by_its_own_sources(data: Path) -> None:
    listed = records(data, "rules", "--by", "team", "--team", "East", "--policy", "google")
    few = [row for row in listed if row["rule"] == "key_results_per_objective"]
    assert [(row["team"], row["subject"], row["expected"], row["source"]) for row in few] == [
        ("East", "b", "≥ 3", "S4: 3–5 key results"), ("East", "c", "≥ 3", "S4: 3–5 key results"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["rhythm", "rules"])
def test_every_form_tells_the_same(data: Path, name: str) -> None:
    told = records(data, name, "--by", "cycle")
    comma = pd.read_csv(io.BytesIO(run(data, name, "--by", "cycle", "--format", "csv").stdout_bytes))
    parquet = pd.read_parquet(io.BytesIO(run(data, name, "--by", "cycle", "--format", "parquet").stdout_bytes))
    for table in (comma, parquet):
        assert table.columns.tolist() == list(told[0])
        assert len(table) == len(told)


def test_the_table_speaks_the_readers_language(data: Path) -> None:
    shown = run(data, "rules", OKR_LANG="zh_CN").stdout
    assert "S1：至少 60 % 的目标自下而上提出" in shown
    assert "实际" in shown
    assert "统计至 2025-04-16" in run(data, "rhythm", OKR_LANG="zh_CN").stdout
