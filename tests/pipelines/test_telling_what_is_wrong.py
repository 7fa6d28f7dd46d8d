"""What a load says where something is wrong: nothing is told in vain, and every finding names its cell."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pipelines.cli.ingest import TOLD
from tests.pipelines.files import CHECK_INS, KEY_RESULTS, OBJECTIVES, company, loaded, okr, printed, write_csv
from tests.pipelines.files import write_workbook as workbook
from tests.sharing import made_once

GOAL = ["o1", "2025-Q1", "Sales", "Grow", 0.5]
NAMELESS = ["o2", "2025-Q1", "Sales", None, 0.5]


def cells(problems: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    """The cell and header of each problem by its rule."""
    return {problem["rule"]: (problem["cell"], problem["column"]) for problem in problems}


def headers_alone(folder: Path) -> Path:
    write_csv(company(folder) / "alignment.csv", ["objective_id", "parent"])
    return folder


def flat_sheet(folder: Path) -> Path:
    rows = [["目标", "关键成果", "权重"], ["Weigh", "Revenue", "80%"], ["Weigh", "Profit", "80%"]]
    return workbook(folder / "goals.xlsx", **{"2025-Q1": rows})


def teams_of_two_names(folder: Path) -> Path:
    teams = [["Sales", None], ["Ops", None], ["East", "Sales"], ["East", "Ops"], ["Loop", "Loop"]]
    write_csv(folder / "teams.csv", ["team", "parent_team"], *teams)
    write_csv(folder / "objectives.csv", OBJECTIVES, ["e1", "2025-Q1", "East", "Go east", 0.5])
    return folder


def header_almost_known(folder: Path) -> Path:
    header = ["Objective", "Key Reslt", "Cycle", "Remarks"]
    return write_csv(folder / "goals.csv", header, ["G", "R", "2025-Q1", "x"])


def cells_without_header(folder: Path) -> Path:
    rows = [["K", "R", "2025-Q1", 0.5], ["L", "R", "2025-Q1", 0.5, "more"], ["M", "R", "2025-Q1", 0.5, None, "still"]]
    return write_csv(folder / "goals.csv", ["Objective", "Key Result", "Cycle", "Score"], *rows)


CASES = [headers_alone, flat_sheet, teams_of_two_names, header_almost_known, cells_without_header]
Case = Callable[[Path], Path]
Told = Callable[[Case], tuple[dict[str, Any], list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What a load of the case printed, and its problems: each is a batch in one data folder, which is built once."""

    def load(folder: Path) -> None:
        for case in CASES:
            report = loaded(folder / "data", case(folder / case.__name__), "--no-build")
            (folder / f"{case.__name__}.json").write_text(json.dumps(report))
        assert okr(folder / "data", "build").exit_code == 0

    def of(case: Case) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        report = json.loads((folder / f"{case.__name__}.json").read_text())
        assert report["batch"]
        return report, [row for row in printed(folder / "data", "problems") if row["batch_id"] == report["batch"]]

    folder = made_once(tmp_path_factory, "what is wrong", load)
    return of


def test_an_empty_sheet_is_nothing_to_speak_of(tmp_path: Path) -> None:
    report = loaded(
        tmp_path / "data", workbook(tmp_path / "book.xlsx", objectives=[OBJECTIVES, GOAL], Sheet2=[]), "--no-build"
    )
    assert (report["exit"], report["problems"], len(report["files"])) == (0, 0, 2)


def test_a_file_with_headers_alone_sets_no_row_aside(told: Told) -> None:
    report, (problem,) = told(headers_alone)
    assert (report["exit"], report["problems"]) == (0, 1)
    assert (problem["kind"], problem["rule"]) == ("doubtful", "file_without_data")


def test_headers_alone_load_nothing_and_say_so(tmp_path: Path) -> None:
    result = okr(tmp_path / "data", "ingest", write_csv(tmp_path / "objectives.csv", OBJECTIVES))
    assert result.exit_code == 2
    assert "no rows of data" in result.stderr


@pytest.mark.parametrize("words", [["--dry-run"], ["--dry-run", "--json"]])
def test_a_dry_run_tells_its_problems_itself(tmp_path: Path, words: list[str]) -> None:
    path = write_csv(tmp_path / "objectives.csv", OBJECTIVES, GOAL, NAMELESS)
    result = okr(tmp_path / "data", "ingest", path, *words)
    assert result.exit_code == 1
    assert "D3: “title” is blank" in result.stderr
    assert "okr problems" not in result.output


def test_what_is_not_told_is_counted(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "objectives.csv", OBJECTIVES, *([f"o{i}", *NAMELESS[1:]] for i in range(TOLD + 2)))
    result = okr(tmp_path / "data", "ingest", path)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == TOLD + 1
    assert "… and 2 more" in result.stderr


def test_without_build_the_hint_names_the_build(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "objectives.csv", OBJECTIVES, GOAL, NAMELESS)
    assert "After `okr build`" in okr(tmp_path / "data", "ingest", path, "--no-build").stdout


def test_what_waits_or_is_doubtful_among_rows_names_its_cell(tmp_path: Path) -> None:
    header = [*OBJECTIVES, "上级目标"]
    goals = [[*GOAL, "o9"], ["o1", "2025-Q1", "Sales", "Grew", 0.5, "o1"]]
    write_csv(tmp_path / "in" / "objectives.csv", header, *goals)
    parts = [["k1", "o1", "Revenue", 0, 10, 0.7], ["k2", "o1", "Profit", 0, 10, 0.7], ["k3", "o8", "Cost", 0, 10, 1]]
    write_csv(tmp_path / "in" / "key_results.csv", [*KEY_RESULTS, "权重"], *parts)
    write_csv(tmp_path / "in" / "check_ins.csv", CHECK_INS, ["k1", "2024-12-01", 3], ["k9", "2025-02-01", 3])
    loaded(tmp_path / "data", tmp_path / "in")
    assert cells(printed(tmp_path / "data", "problems")) == {
        "check_in_outside_cycle": ("B2", "checked_on"),
        "key_result_unknown": ("A3", "key_result_id"),
        "weights_sum": ("F3", "权重"),
        "objective_unknown": ("B4", "objective_id"),
        "parent_unknown": ("F2", "上级目标"),
        "same_id_disagrees": ("D3", "title"),
        "link_to_itself": ("F3", "上级目标"),
    }


def test_in_a_flat_sheet_the_cell_is_the_one_of_that_table(told: Told) -> None:
    assert cells(told(flat_sheet)[1]) == {"weights_sum": ("C3", "权重")}


def test_a_team_that_may_be_two_names_its_cell(told: Told) -> None:
    found = cells(told(teams_of_two_names)[1])
    assert found == {"team_ambiguous": ("C2", "team"), "team_circle": ("B6", "parent_team")}


@pytest.mark.parametrize(
    ("header", "rows", "cell"),
    [
        (OBJECTIVES, [GOAL, ["o2", "2025-Q1", "Sales", "Hire", 7]], "E3"),
        (["key_result", "date", "value"], [["k", "2025-01-02", 1], ["k", "03/04/2025", 2]], "B3"),
    ],
)
def test_a_column_that_cannot_be_read_names_the_cell_that_shows_it(
    tmp_path: Path, header: list[str], rows: list[list[Any]], cell: str
) -> None:
    result = okr(tmp_path / "data", "ingest", write_csv(tmp_path / "sheet.csv", header, *rows))
    assert result.exit_code == 2
    assert f"sheet.csv · {cell}: " in result.stderr


def test_a_header_that_is_almost_known_is_asked_about(told: Told) -> None:
    report, (problem,) = told(header_almost_known)
    assert report["exit"] == 0
    assert (problem["rule"], problem["cell"], problem["kind"]) == ("column_almost_known", "B1", "doubtful")
    assert "“key result”" in problem["message"].casefold().replace("_", " ")


def test_a_cell_under_no_header_is_not_lost_in_silence(told: Told) -> None:
    report, (problem,) = told(cells_without_header)
    assert report["exit"] == 0
    assert (problem["rule"], problem["cell"], problem["value"]) == ("cells_without_header", "E3", "more")
    assert "2 rows" in problem["message"]


def test_a_hidden_sheet_is_told_of_and_loaded_on_request(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", objectives=[OBJECTIVES, GOAL], old=[OBJECTIVES, ["o9", *GOAL[1:]]])
    book = load_workbook(path)
    book["old"].sheet_state = "hidden"
    book.save(path)
    assert loaded(tmp_path / "data", path)["exit"] == 1
    (problem,) = printed(tmp_path / "data", "problems")
    assert (problem["rule"], problem["sheet"]) == ("sheet_hidden", "old")
    assert "2 rows were not loaded" in problem["message"]
    again = loaded(tmp_path / "data", path, "--hidden", "--no-build")
    assert (again["exit"], [sheet["kept"] for sheet in again["files"]]) == (0, [1, 1])


@pytest.mark.parametrize("words", [["ingest", "goals"], ["undo"], ["build"]])
@pytest.mark.parametrize(("language", "said"), [("en", "cannot be written"), ("zh_CN", "无法写入")])
def test_a_data_folder_that_cannot_be_written_is_said(
    tmp_path: Path, words: list[str], language: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    company(tmp_path / "goals")
    (tmp_path / "data" / ".lock").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    result = okr(tmp_path / "data", *words, OKR_LANG=language)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_file_that_the_system_refuses_is_said_and_not_traced_back(tmp_path: Path) -> None:
    (tmp_path / "data" / "CURRENT").mkdir(parents=True)
    result = okr(tmp_path / "data", "problems")
    assert result.exit_code == 2
    assert "CURRENT: the system refuses access" in result.stderr


def test_undo_without_a_batch_says_that_nothing_is_loaded(tmp_path: Path) -> None:
    result = okr(tmp_path, "undo")
    assert result.exit_code == 2
    assert "nothing is loaded" in result.stderr


def test_no_problems_are_a_csv_with_headers_alone(tmp_path: Path) -> None:
    before = okr(tmp_path / "data", "problems", "--format", "csv").stdout
    loaded(tmp_path / "data", company(tmp_path / "company"))
    assert before == okr(tmp_path / "data", "problems", "--format", "csv").stdout
    assert before.startswith('"kind","rule","file"')
