"""What `okr problems --format csv` prints can be corrected and loaded again."""

import csv
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from pipelines import warehouse
from tests.pipelines.files import OBJECTIVES, loaded, okr, printed, write_csv
from tests.sharing import made_once

GOALS = [["o1", "2025-Q1", "Sales", "Grow", 0.5], ["o2", "2025-Q1", "Sales", None, 0.7]]


def corrected(data: Path, sheet: Path, **values: str) -> Path:
    """The printed problems with these values beside their cells."""
    rows = list(csv.DictReader(okr(data, "problems", "--format", "csv").stdout.splitlines()))
    for row in rows:
        row["corrected"] = values.get(row["cell"], "")
    return write_csv(sheet, list(rows[0]), *(list(row.values()) for row in rows))


@pytest.fixture(scope="module")
def nameless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = tmp_path_factory.mktemp("nameless")
    goals = write_csv(files / "goals" / "objectives.csv", OBJECTIVES, *GOALS)
    return made_once(tmp_path_factory, "nameless", lambda folder: loaded(folder, goals))


@pytest.fixture
def data(nameless: Path, tmp_path: Path) -> Path:
    """A copy of the data folder with two goals, of which one has no title."""
    return shutil.copytree(nameless, tmp_path / "data")


def titles(data: Path) -> list[str]:
    return list(warehouse.table(warehouse.current(data), "objective")["title"])


def test_the_corrected_row_counts_and_its_problem_is_gone(tmp_path: Path, data: Path) -> None:
    report = loaded(data, corrected(data, tmp_path / "problems.csv", D3="Hire"))
    assert (report["exit"], report["batch"]) == (0, 2)
    assert [(entry["kept"], entry["set_aside"]) for entry in report["files"]] == [(2, 0)]
    assert titles(data) == ["Grow", "Hire"]
    assert printed(data, "problems") == []
    okr(data, "undo")
    assert titles(data) == ["Grow"]


def test_a_merged_workbook_is_corrected_in_its_cell(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "2025-Q1"
    for row in (["Objective", "Key result", "Target"], ["Grow", "Deals", 10], [None, "Calls", "many"]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "goals.xlsx")
    loaded(tmp_path / "data", tmp_path / "goals.xlsx")
    sheet = corrected(tmp_path / "data", tmp_path / "problems.csv", C3="20")
    assert loaded(tmp_path / "data", sheet)["exit"] == 0
    found = warehouse.table(warehouse.current(tmp_path / "data"), "key_result")
    assert list(found["target"]) == [10, 20]
    assert found["objective_id"].nunique() == 1
    assert printed(tmp_path / "data", "problems") == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "no line has a value in the column"), ("zh_CN", "“corrected”列没有任何值")]
)
def test_without_corrections_nothing_is_loaded(tmp_path: Path, data: Path, language: str, words: str) -> None:
    result = okr(data, "ingest", corrected(data, tmp_path / "problems.csv"), OKR_LANG=language)
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_file_that_is_loaded_no_more_is_named(tmp_path: Path, data: Path) -> None:
    sheet = corrected(data, tmp_path / "problems.csv", D3="Hire")
    okr(data, "undo")
    result = okr(data, "ingest", sheet)
    assert result.exit_code == 2
    assert "objectives.csv” is not kept" in result.stderr


def test_a_file_loaded_twice_is_not_guessed_at(tmp_path: Path, data: Path) -> None:
    sold = ["o3", "2025-Q1", "Sales", "Sell", 0.1]
    loaded(data, write_csv(tmp_path / "goals" / "objectives.csv", OBJECTIVES, *GOALS, sold))
    result = okr(data, "ingest", corrected(data, tmp_path / "problems.csv", D3="Hire"))
    assert result.exit_code == 2
    assert "loaded more than once" in result.stderr


def test_a_mapping_is_asked_for_again(tmp_path: Path) -> None:
    data, mapping = tmp_path / "data", tmp_path / "mine.toml"
    mapping.write_text(
        'like = "flat"\n[columns]\n"大目标" = "objective.title"\n"小目标" = "key_result.title"\n'
        '"数" = "key_result.target"\n[constants]\ncycle = "2025-Q1"\n'
    )
    goals = write_csv(tmp_path / "goals.csv", ["大目标", "小目标", "数"], ["增长", "收入", "很多"])
    loaded(data, goals, "--mapping", mapping)
    sheet = corrected(data, tmp_path / "problems.csv", C2="20")
    result = okr(data, "ingest", sheet)
    assert result.exit_code == 2
    assert "--mapping" in result.stderr
    assert loaded(data, sheet, "--mapping", mapping)["exit"] == 0
    assert list(warehouse.table(warehouse.current(data), "key_result")["target"]) == [20]


def test_a_corrected_sheet_is_corrected_again(tmp_path: Path, data: Path) -> None:
    loaded(data, corrected(data, tmp_path / "problems.csv", D3="#N/A"))
    loaded(data, corrected(data, tmp_path / "problems.csv", D3="Hire"))
    assert titles(data) == ["Grow", "Hire"]


def test_a_dry_run_shows_the_correction_and_writes_nothing(tmp_path: Path, data: Path) -> None:
    report = loaded(data, corrected(data, tmp_path / "problems.csv", D3="Hire"), "--dry-run")
    assert [entry["kept"] for entry in report["files"]] == [2]
    assert titles(data) == ["Grow"]


def test_corrections_are_loaded_alone(tmp_path: Path, data: Path) -> None:
    sheet = corrected(data, tmp_path / "problems.csv", D3="Hire")
    result = okr(data, "ingest", sheet, write_csv(tmp_path / "more" / "objectives.csv", OBJECTIVES, GOALS[0]))
    assert result.exit_code == 2
    assert "in a call of its own" in result.stderr
    assert titles(data) == ["Grow"]
