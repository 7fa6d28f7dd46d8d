"""The command `okr metrics`, over a real warehouse: forms, selections, refusals."""

import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from pipelines.cli import main
from pipelines.metrics.catalogue import METRICS

pytestmark = pytest.mark.xdist_group("metrics")

OBJECTIVES = """objective_id,cycle,team,title,ambition,score
a,2025-Q1,Sales,=Sell more,aspirational,0.9
b,2025-Q1,East,Grow,committed,1.0
c,2025-Q2,East,Grow again,,0.5
d,2025-Q2,,Nobody's goal,,
"""
KEY_RESULTS = "key_result_id,objective_id,title,start,target\nka,a,Contracts,0,10\n"
CHECK_INS = "key_result,date,value\nka,2025-02-01,4\n"
TEAMS = "team,parent_team\nSales,\nEast,Sales\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    sheets = {"objectives": OBJECTIVES, "key_results": KEY_RESULTS, "check_ins": CHECK_INS, "teams": TEAMS}
    for name, text in sheets.items():
        (folder / "in").mkdir(exist_ok=True)
        (folder / "in" / f"{name}.csv").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["ingest", str(folder / "in"), "--data", str(folder / "warehouse")])
    assert result.exit_code == 0, result.output
    return folder / "warehouse"


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["metrics", *words, "--data", str(data)])


def records(data: Path, *words: str) -> list[dict[str, Any]]:
    result = run(data, *words, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_flat_records_with_null_for_missing_and_whole_numbers(data: Path) -> None:
    rows = records(data, "completion", "--by", "team,cycle")
    assert [(row["team"], row["cycle"], row["objectives"]) for row in rows] == [
        ("East", "2025-Q1", 1),
        ("East", "2025-Q2", 1),
        ("Sales", "2025-Q1", 2),
        ("Sales", "2025-Q2", 1),
        (None, "2025-Q2", 1),
    ]
    assert rows[-1]["completion_rate"] is None
    assert rows[2]["completion_rate"] == 0.95
    assert isinstance(rows[2]["objectives"], int)


def test_nothing_matches_is_an_empty_list(data: Path, tmp_path: Path) -> None:
    for words in (("--cycle", "1999-Q1"), ("--team", "Nobody"), ("--by", "quarter", "--cycle", "2025")):
        assert records(data, "completion", *words) == []
    assert records(tmp_path / "nothing loaded", "completion") == []


def test_a_team_is_named_by_name_path_or_id_and_takes_all_below(data: Path) -> None:
    assert [row["team"] for row in records(data, "completion", "--by", "team", "--team", "Sales")] == ["East", "Sales"]
    assert records(data, "completion", "--team", "Sales", "--cycle", "2025-Q2")[0]["objectives"] == 1


def test_recomputed_where_asked_otherwise(data: Path) -> None:
    assert records(data, "completion", "--cycle", "2025-Q1", "--score-source", "computed")[0]["completion_rate"] == 0.4
    as_of = records(data, "completion", "--by", "cycle", "--as-of", "2025-03-30")
    assert [(row["scored"], row["completion_rate"]) for row in as_of] == [(1, 0.4), (0, None)]
    assert records(data, "completion", "--cycle", "2025-Q2", "--policy", "google")[0]["attained"] == 0


def test_the_data_folders_own_policy_is_in_force(data: Path) -> None:
    own = data / "policy.toml"
    own.write_text("[threshold]\ntoo_high = 0.95\n", encoding="utf-8")
    try:
        assert records(data, "distribution", "--cycle", "2025-Q1")[0]["too_high"] == 0
    finally:
        own.unlink()
    assert records(data, "distribution", "--cycle", "2025-Q1")[0]["too_high"] == 1


def test_challenge_by_team_and_by_objective(data: Path) -> None:
    assert [(row["team"], row["n"], row["q_value"], row["flagged"]) for row in records(data, "challenge")] == [
        ("East", 1, None, False), ("Sales", 1, None, False),
    ]  # fmt: skip
    (listed,) = records(data, "challenge", "--by", "objective")
    assert listed["evidence"] == ["score_too_high", "scored_above_data"]
    assert (listed["objective_id"], listed["title"], listed["score"]) == ("a", "=Sell more", 0.9)


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("by", ["team", "objective"])
def test_every_row_of_a_challenge_export_carries_the_guard(data: Path, form: str, by: str) -> None:
    result = run(data, "challenge", "--by", by, "--format", form)
    read = pd.read_csv if form == "csv" else pd.read_parquet
    table = read(io.BytesIO(result.stdout_bytes))
    assert len(table) >= 1
    assert table["note"].str.contains("not a rating, ranking or reward").all()


def test_the_guard_stands_under_the_table_in_the_readers_language(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKR_LANG", "zh_CN")
    assert "不用于排名、奖惩" in run(data, "challenge").stdout


def test_csv_runs_no_formula(data: Path) -> None:
    assert "'=Sell more" in run(data, "challenge", "--by", "objective", "--format", "csv").stdout


def test_compare_two_cycles_at_a_day(data: Path) -> None:
    rows = records(data, "compare", "--cycle", "2025-Q1", "--cycle", "2025-Q2", "--at-day", "40")
    assert [row["team"] for row in rows] == ["East", "Sales", "(all)", "(like for like)"]
    assert rows[2]["a_completion_rate"] == 0.4
    assert rows[2]["change"] is None
    assert [
        row["team"] for row in records(data, "compare", "--cycle", "2025-Q1", "--cycle", "2025-Q2", "--team", "East")
    ] == ["East"]


def test_pace_as_of_a_day_and_today(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, row = records(
        data, "pace", "--by", "team,cycle", "--team", "Sales", "--cycle", "2025-Q1", "--as-of", "2025-02-14"
    )
    assert list(row) == [
        "team", "cycle", "objectives", "scored", "expected", "computed", "gap", "outlook", "low", "high",
    ]  # fmt: skip
    assert (row["objectives"], row["scored"], row["expected"], row["computed"], row["gap"]) == (2, 1, 0.5, 0.4, -0.1)
    assert (row["outlook"], row["low"], row["high"]) == (None, None, None)
    monkeypatch.setenv("OKR_TODAY", "2025-05-15")
    assert [row["expected"] for row in records(data, "pace", "--by", "cycle")] == pytest.approx([1, 45 / 91])
    assert run(data, "pace", "--format", "csv").stdout.startswith('"objectives","scored","expected"')


def test_the_list_names_every_figure(data: Path) -> None:
    listed = json.loads(CliRunner().invoke(main, ["metrics", "--list", "--format", "json"]).stdout)
    assert {row["metric"] for row in listed} == set(METRICS)
    assert "平均完成度" in CliRunner(env={"OKR_LANG": "zh_CN"}).invoke(main, ["metrics", "--list"]).stdout


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nonsense",),
        ("completion", "--by", "owner"),
        ("completion", "--by", "team,team"),
        ("completion", "--at-day", "3"),
        ("challenge", "--by", "cycle"),
        ("compare",),
        ("compare", "--cycle", "2025-Q1"),
        ("compare", "--by", "team", "--cycle", "2025-Q1", "--cycle", "2025-Q2"),
        ("compare", "--cycle", "2025-Q1", "--cycle", "2025-Q2", "--at-day", "0"),
        ("compare", "--cycle", "2025-Q1", "--cycle", "2025-Q2", "--at-day", "9", "--as-of", "2025-02-01"),
        ("completion", "--policy", "mine"),
        ("completion", "--as-of", "tomorrow"),
    ],
)
def test_a_wrong_call_exits_2_and_says_why(data: Path, words: tuple[str, ...]) -> None:
    result = run(data, *words)
    assert result.exit_code == 2
    assert "Error" in result.stderr
