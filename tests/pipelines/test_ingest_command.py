"""`okr ingest` from real files to the ledger and the warehouse."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import warehouse
from tests.pipelines.files import KEY_RESULTS, OBJECTIVES, company, loaded, okr, printed, write_csv, write_workbook
from tests.sharing import made_once

REAL = Path(__file__).parents[2] / ".." / "shared" / "real" / "protocol_labs"
SHEET = {"file", "sheet", "layout", "table", "facts", "rows_in", "kept", "set_aside", "skipped"}


@pytest.fixture(scope="module")
def loaded_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company's files, the data folder into which they were loaded, and what was printed then."""

    def load(folder: Path) -> None:
        report = loaded(folder / "data", company(folder / "company"))
        (folder / "report.json").write_text(json.dumps(report))

    return made_once(tmp_path_factory, "loaded company", load)


def test_a_folder_is_one_batch_in_name_order(loaded_company: Path) -> None:
    report = json.loads((loaded_company / "report.json").read_text())
    assert set(report) == {"batch", "files", "unchanged", "problems", "exit"}
    assert (report["batch"], report["unchanged"], report["problems"], report["exit"]) == (1, False, 0, 0)
    assert [entry["file"] for entry in report["files"]] == [
        "company/check_ins.csv", "company/key_results.csv", "company/objectives.csv",
    ]  # fmt: skip
    assert all(set(entry) == SHEET for entry in report["files"])
    assert [entry["table"] for entry in report["files"]] == ["check_in", "key_result", "objective"]


def test_every_row_is_kept_set_aside_or_skipped(tmp_path: Path) -> None:
    rows = [["o1", "2025-Q1", "Sales", "Grow", 0.5], ["o2", "2025-Q1", "Sales", None, 0.5], [None] * 5]
    path = write_csv(tmp_path / "objectives.csv", OBJECTIVES, *rows, rows[0])
    report = loaded(tmp_path / "data", path)
    (entry,) = report["files"]
    assert (entry["rows_in"], entry["kept"], entry["set_aside"], entry["skipped"], report["exit"]) == (4, 1, 1, 2, 1)
    (problem,) = printed(tmp_path / "data", "problems")
    assert (problem["kind"], problem["cell"], problem["row"], problem["batch_id"]) == ("set_aside", "D3", 3, 1)


def test_the_same_files_again_from_elsewhere_change_nothing(
    loaded_company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = shutil.copytree(loaded_company, tmp_path, dirs_exist_ok=True) / "data"
    before = warehouse.current(data)
    monkeypatch.chdir(tmp_path / "company")
    again = loaded(data, "../company")
    assert (again["unchanged"], again["batch"], again["exit"]) == (True, None, 0)
    assert warehouse.current(data) == before
    assert loaded(data, "objectives.csv")["unchanged"], "one file of the folder is known by the same name"
    assert [batch["batch"] for batch in printed(data, "batches")] == [1]


def test_one_bad_file_does_not_lose_the_others(tmp_path: Path) -> None:
    folder = company(tmp_path / "company")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    report = loaded(tmp_path / "data", folder)
    assert (report["exit"], report["batch"]) == (1, 1)
    assert {entry["file"]: entry["kept"] for entry in report["files"]}["company/broken.xlsx"] == 0
    (problem,) = [row for row in printed(tmp_path / "data", "problems") if row["kind"] == "set_aside"]
    assert problem["file"] == "company/broken.xlsx"
    assert loaded(tmp_path / "data", folder)["unchanged"]


def test_one_bad_sheet_does_not_lose_the_others(tmp_path: Path) -> None:
    good = [OBJECTIVES, ["o1", "2025-Q1", "Sales", "Grow", 0.5]]
    bad = [KEY_RESULTS, ["k1", None, "Revenue", 0, 10]]
    report = loaded(
        tmp_path / "data", write_workbook(tmp_path / "book.xlsx", objectives=good, key_results=bad), "--no-build"
    )
    assert {entry["sheet"]: entry["kept"] for entry in report["files"]} == {"objectives": 1, "key_results": 0}
    assert report["exit"] == 1


def test_nothing_loaded_exits_2_says_why_and_leaves_no_batch(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("")
    result = okr(tmp_path / "data", "ingest", path)
    assert result.exit_code == 2
    assert "the file holds no rows" in result.stderr
    assert printed(tmp_path / "data", "batches") == []


@pytest.mark.parametrize("words", [["nowhere.csv"], ["nothing-*.csv"], []])
def test_a_wrong_call_exits_2(tmp_path: Path, words: list[str]) -> None:
    result = okr(tmp_path / "data", "ingest", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_a_pattern_means_the_files_that_fit(tmp_path: Path) -> None:
    company(tmp_path / "company")
    report = loaded(tmp_path / "data", tmp_path / "company" / "*_*.csv", "--no-build")
    assert [entry["file"] for entry in report["files"]] == ["company/check_ins.csv", "company/key_results.csv"]


def test_other_files_of_a_folder_are_named_and_left_out(tmp_path: Path) -> None:
    folder = company(tmp_path / "company")
    (folder / "notes.docx").write_text("minutes")
    (folder / "~$goals.xlsx").write_text("lock")
    report = loaded(tmp_path / "data", folder)
    assert (len(report["files"]), report["problems"], report["exit"]) == (3, 1, 0)
    (problem,) = printed(tmp_path / "data", "problems")
    assert (problem["file"], problem["rule"]) == ("company/notes.docx", "file_ignored")


def test_the_data_folder_is_not_read_as_input(tmp_path: Path) -> None:
    company(tmp_path / "company")
    data = tmp_path / "company" / "data"
    loaded(data, tmp_path / "company", "--no-build")
    assert loaded(data, tmp_path / "company", "--no-build")["unchanged"]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    report = loaded(tmp_path / "data", company(tmp_path / "company"), "--dry-run")
    assert (report["batch"], len(report["files"]), report["exit"]) == (None, 3, 0)
    assert not (tmp_path / "data").exists()


def test_without_build_the_next_build_shows_the_batch(tmp_path: Path) -> None:
    data = tmp_path / "data"
    loaded(data, company(tmp_path / "company"), "--no-build")
    assert warehouse.current(data) is None
    assert okr(data, "build").exit_code == 0
    assert printed(data, "show", "o1")["score"] == pytest.approx(0.6)


def test_a_load_that_was_killed_before_its_build_is_made_good_by_the_next_one(tmp_path: Path) -> None:
    data = tmp_path / "data"
    folder = company(tmp_path / "company")
    loaded(data, folder, "--no-build")
    (data / "files" / ".half-written").mkdir()
    assert loaded(data, folder)["unchanged"]
    assert printed(data, "show", "o1")["score"] == pytest.approx(0.6)
    assert not (data / "files" / ".half-written").exists()


def test_replace_withdraws_the_earlier_load_of_that_name_and_undo_brings_it_back(tmp_path: Path) -> None:
    data, path = tmp_path / "data", tmp_path / "goals" / "objectives.csv"
    write_csv(path, OBJECTIVES, ["o1", "2025-Q1", "Sales", "Grow", 0.5], ["o2", "2025-Q1", "Sales", "Hire", 0.4])
    loaded(data, path, "--no-build")
    write_csv(path, OBJECTIVES, ["o1", "2025-Q1", "Sales", "Grow", None])
    loaded(data, path, "--replace")
    assert printed(data, "show", "o1")["score"] is None
    assert okr(data, "show", "o2").exit_code == 2
    assert loaded(data, path, "--replace")["unchanged"]
    okr(data, "undo")
    assert (printed(data, "show", "o1")["score"], printed(data, "show", "o2")["score"]) == (0.5, 0.4)


def test_a_load_says_that_the_pages_show_it_where_they_do(tmp_path: Path) -> None:
    folder = company(tmp_path / "company")
    for number, (words, shown) in enumerate([(("--no-build",), False), ((), True)], 1):
        write_csv(folder / "objectives.csv", OBJECTIVES, ["o1", "2025-Q1", "Sales", "Grow", number / 10])
        told = okr(tmp_path / "data", "ingest", folder, *words).stdout
        assert f"Loaded as batch {number}" in told
        assert ("the pages show it now" in told) == shown


def test_a_load_counts_its_own_problems_and_the_list_those_of_all_loads(tmp_path: Path) -> None:
    for name in ("north", "south"):
        rows = [[name, "2025-Q1", "Sales", "Grow", 0.5], [f"{name}2", "2025-Q1", "Sales", None, 0.5]]
        write_csv(tmp_path / name / "objectives.csv", OBJECTIVES, *rows)
        assert "Problems in these files: 1." in okr(tmp_path / "data", "ingest", tmp_path / name).stdout
    assert "Problems in all that is loaded: 2." in okr(tmp_path / "data", "problems").stdout


def test_what_is_loaded_is_said_in_chinese_to_a_chinese_reader(tmp_path: Path) -> None:
    result = okr(tmp_path / "data", "ingest", company(tmp_path / "company"), "--no-build", OKR_LANG="zh_CN")
    assert "已载入为批次 1" in result.stdout


def test_a_second_load_at_the_same_time_is_told_to_wait(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", company(tmp_path / "company")
    hold = "import sys, pathlib; from pipelines.batches import locked\n"
    hold += "with locked(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        result = okr(data, "ingest", folder)
        assert holder.stdin is not None
        holder.stdin.close()
    assert result.exit_code == 2
    assert "Wait until it is done" in result.stderr
    assert loaded(data, folder, "--no-build")["exit"] == 0


def test_the_command_works_as_a_process_of_its_own(tmp_path: Path) -> None:
    folder = company(tmp_path / "公司 files")
    environment = {**os.environ, "OKR_DATA": str(tmp_path / "data"), "OKR_LANG": "en"}
    words = [sys.executable, "-m", "pipelines", "ingest", str(folder), "--json"]
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=True)
    assert json.loads(done.stdout)["batch"] == 1
    assert done.stderr == ""


@pytest.mark.skipif(not REAL.exists(), reason="the real history is not on this machine")
def test_real_history_is_counted_row_by_row(tmp_path: Path) -> None:
    report = loaded(tmp_path / "data", REAL)
    counts = {
        entry["table"]: (entry["rows_in"], entry["kept"], entry["skipped"], entry["set_aside"])
        for entry in report["files"]
    }
    assert counts == {"objective": (64, 64, 0, 0), "key_result": (211, 211, 0, 0), "check_in": (341, 285, 8, 48)}
    aside = [problem for problem in printed(tmp_path / "data", "problems") if problem["kind"] == "set_aside"]
    assert report["exit"] == 1
    assert len(aside) == 48
    assert all(problem["file"] == "protocol_labs/check_ins.csv" and problem["row"] for problem in aside)
    assert sum(problem["column"] == "date" for problem in aside) == 46
