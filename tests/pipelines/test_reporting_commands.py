"""`okr problems`, `batches`, `show` and the help of each command."""

import csv
import io
from pathlib import Path

import pytest

from pipelines.cli import COMMANDS
from tests.pipelines.files import CHECK_INS, KEY_RESULTS, OBJECTIVES, company, loaded, okr, printed, write_csv


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(tmp_path: Path, command: str) -> None:
    from click.testing import CliRunner

    from pipelines.cli import main

    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert f"Example: okr {command}" in " ".join(result.output.split())


@pytest.mark.parametrize(
    "words", [["nonsense"], ["batches", "--nonsense"], ["undo", "first"], ["problems", "--format", "xml"]]
)
def test_a_wrong_call_exits_2(tmp_path: Path, words: list[str]) -> None:
    assert okr(tmp_path, *words).exit_code == 2


def test_nothing_loaded_is_said_and_not_traced_back(tmp_path: Path) -> None:
    assert printed(tmp_path, "batches") == []
    assert printed(tmp_path, "problems") == []
    result = okr(tmp_path, "show", "o1")
    assert result.exit_code == 2
    assert "okr ingest" in result.stderr


def test_show_tells_everything_about_an_objective_and_where_it_stands(tmp_path: Path) -> None:
    folder = company(tmp_path / "company")
    header = [*OBJECTIVES, "parent"]
    parents = {"o1": None, "o2": "k1", "o3": "o1"}
    rows = [[name, "2025-Q1", f"Team {name}", f"Goal {name}", 0.7, parent] for name, parent in parents.items()]
    write_csv(folder / "objectives.csv", header, *rows)
    loaded(tmp_path / "data", folder)
    shown = printed(tmp_path / "data", "show", "o1")
    assert (shown["score"], shown["recorded_score"], shown["computed"]) == (0.7, 0.7, 0.6)
    assert (shown["file"], shown["sheet"], shown["row"]) == ("company/objectives.csv", None, 2)
    (part,) = shown["key_results"]
    assert (part["key_result_id"], part["raw"], part["computed"], part["final"], part["inflation"]) == (
        "k1",
        0.6,
        0.6,
        None,
        None,
    )
    assert [(entry["checked_on"], entry["value"], entry["row"]) for entry in part["check_ins"]] == [
        ("2025-02-01", 3, 2),
        ("2025-03-01", 6, 3),
    ]
    assert sorted(child["objective_id"] for child in shown["children"]) == ["o2", "o3"]
    (parent,) = printed(tmp_path / "data", "show", "o2")["parents"]
    assert (parent["parent_kind"], parent["parent_id"], parent["title"]) == ("key_result", "k1", "Revenue")


def test_show_names_the_nearest_ids_for_an_unknown_one(tmp_path: Path) -> None:
    data = tmp_path / "data"
    loaded(
        data,
        write_csv(
            tmp_path / "objectives.csv", OBJECTIVES, ["1", "2025-Q1", "A", "Grow", 1], ["1", "2025-Q2", "A", "Grow", 1]
        ),
    )
    result = okr(data, "show", "1")
    assert result.exit_code == 2
    assert "2025-Q1:1 (Grow), 2025-Q2:1 (Grow)" in result.stderr
    assert printed(data, "show", "2025-Q1:1")["cycle"] == "2025-Q1"


def test_a_csv_of_problems_holds_no_formulas(tmp_path: Path) -> None:
    rows = [["k1", "o1", "Revenue", 0, 10], ["k2", "=cmd|' /C calc'!A0", "Cost", 0, 10], ["k3", "@o9", "Staff", 0, 10]]
    loaded(tmp_path / "data", write_csv(tmp_path / "key_results.csv", KEY_RESULTS, *rows))
    result = okr(tmp_path / "data", "problems", "--format", "csv")
    cells = [cell for row in csv.reader(io.StringIO(result.stdout)) for cell in row]
    assert "'=cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_problems_wait_in_both_languages_and_join_later(tmp_path: Path) -> None:
    data = tmp_path / "data"
    loaded(data, write_csv(tmp_path / "a" / "check_ins.csv", CHECK_INS, ["k1", "2025-02-01", 3]))
    (problem,) = printed(data, "problems")
    assert problem["kind"] == "waiting"
    assert "等待" in problem["message_zh"]
    assert "waits" in okr(data, "problems").stdout
    assert "等待" in okr(data, "problems", OKR_LANG="zh").stdout
    loaded(data, write_csv(tmp_path / "b" / "objectives.csv", OBJECTIVES, ["o1", "2025-Q1", "Sales", "Grow", None]),
           write_csv(tmp_path / "b" / "key_results.csv", KEY_RESULTS, ["k1", "o1", "Revenue", 0, 10]))  # fmt: skip
    assert printed(data, "problems") == []
    assert printed(data, "show", "o1")["score"] == pytest.approx(0.3)


def test_tables_line_up_although_chinese_is_wide(tmp_path: Path) -> None:
    for name in ("目标", "goals"):
        write_csv(tmp_path / name / "objectives.csv", OBJECTIVES, [f"{name}1", "2025-Q1", "销售", f"Grow {name}", 0.5])
    loaded(tmp_path / "data", tmp_path / "目标", tmp_path / "goals", "--no-build")
    from wcwidth import wcswidth

    lines = okr(tmp_path / "data", "batches").stdout.splitlines()
    assert len({wcswidth(line) for line in lines}) == 1
