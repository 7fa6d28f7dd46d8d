"""A corrected file loaded again: what then counts, what is said, and what the ledger shows."""

import shutil
from pathlib import Path

import pytest

from tests.pipelines.files import OBJECTIVES, loaded, okr, printed, write_csv
from tests.sharing import made_once

FAULTY = [
    ["o1", "2025-Q1", "Sales", "Grow", 0.5],
    ["o2", "2025-Q1", "Sales", None, 0.5],
    ["o3", "2025-Q1", "A", "X", 1],
]
RIGHT = [["o1", "2025-Q1", "Sales", "Grow", 0.6], ["o2", "2025-Q1", "Sales", "Hire", 0.5]]


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = write(tmp_path_factory.mktemp("faulty"), FAULTY)
    return made_once(tmp_path_factory, "corrected files", lambda folder: loaded(folder, path))


@pytest.fixture
def data(faulty: Path, tmp_path: Path) -> Path:
    """A copy of the data folder into which the faulty file was loaded; the file lies beside it."""
    write(tmp_path, FAULTY)
    return shutil.copytree(faulty, tmp_path / "data")


def write(folder: Path, rows: list[list[object]]) -> Path:
    return write_csv(folder / "goals" / "objectives.csv", OBJECTIVES, *rows)


def replaced_by(data: Path) -> list[int | None]:
    return [file["replaced_by"] for batch in printed(data, "batches") for file in batch["files"]]


@pytest.mark.parametrize("words", [["--no-build"], ["--dry-run"], ["--json", "--no-build"]])
def test_a_corrected_file_is_told_that_the_earlier_load_still_counts(
    tmp_path: Path, data: Path, words: list[str]
) -> None:
    result = okr(data, "ingest", write(tmp_path, RIGHT), *words)
    assert result.exit_code == 0
    said = result.stderr if "--json" in words else result.stdout
    assert "goals/objectives.csv: an earlier load with other content goes on counting" in said
    assert "(batch 1)" in said
    assert "--replace" in said
    if "--dry-run" in words:
        assert said.rstrip().endswith("this was a dry run.")


def test_it_is_told_in_chinese(tmp_path: Path, data: Path) -> None:
    path = write(tmp_path, RIGHT)
    beside = okr(data, "ingest", path, "--no-build", OKR_LANG="zh_CN")
    assert "（批次 1）仍与本次一同计入" in beside.stdout
    instead = okr(data, "ingest", path, "--replace", "--no-build", OKR_LANG="zh_CN")
    assert "（批次 1, 2），其行和问题不再计入" in instead.stdout


def test_a_replaced_load_counts_no_more_neither_rows_nor_problems(tmp_path: Path, data: Path) -> None:
    assert len(printed(data, "problems")) == 1
    result = okr(data, "ingest", write(tmp_path, RIGHT), "--replace")
    assert "replaces the earlier load (batch 1)" in result.stdout
    assert printed(data, "problems") == []
    assert okr(data, "show", "o3").exit_code == 2
    assert printed(data, "show", "o1")["score"] == 0.6


def test_what_was_loaded_beside_can_still_be_made_the_only_one(tmp_path: Path, data: Path) -> None:
    path = write(tmp_path, RIGHT)
    assert "goes on counting" in okr(data, "ingest", path).stdout
    assert (len(printed(data, "problems")), replaced_by(data)) == (1, [None, None])
    assert loaded(data, path, "--replace")["batch"] == 3
    assert (printed(data, "problems"), replaced_by(data)) == ([], [3, 3, None])


def test_the_ledger_tells_which_loads_are_replaced_and_by_which(tmp_path: Path, data: Path) -> None:
    okr(data, "ingest", write(tmp_path, RIGHT), "--replace", "--no-build")
    header, first, second = okr(data, "batches").stdout.splitlines()
    assert header.endswith("replaced by batch")
    assert (first.split()[-1], second.split()[-1]) == ("2", "–")
    assert "被批次替换" in okr(data, "batches", OKR_LANG="zh_CN").stdout
    assert "count again: goals/objectives.csv." in okr(data, "undo").stdout
    assert replaced_by(data) == [None]
    assert "count again" not in okr(data, "undo").stdout


def test_what_a_later_load_replaces_too_does_not_count_again(tmp_path: Path, data: Path) -> None:
    for score in (0.7, 0.8):
        okr(data, "ingest", write(tmp_path, [["o1", "2025-Q1", "Sales", "Grow", score]]), "--replace", "--no-build")
    assert replaced_by(data) == [2, 3, None]
    assert "count again" not in okr(data, "undo", 2).stdout
    assert replaced_by(data) == [3, None]
    assert "重新计入：goals/objectives.csv" in okr(data, "undo", OKR_LANG="zh").stdout


def test_the_same_file_again_says_nothing_of_earlier_loads(tmp_path: Path, data: Path) -> None:
    for words in ([], ["--dry-run"], ["--replace"]):
        assert "replace" not in okr(data, "ingest", tmp_path / "goals" / "objectives.csv", *words).stdout


def test_a_file_that_failed_is_replaced_by_the_one_that_loads(tmp_path: Path) -> None:
    data, broken = tmp_path / "data", tmp_path / "goals" / "more.csv"
    write(tmp_path, RIGHT)
    broken.write_text("")
    loaded(data, tmp_path / "goals")
    assert [problem["file"] for problem in printed(data, "problems")] == ["goals/more.csv"]
    write_csv(broken, OBJECTIVES, ["o9", "2025-Q1", "Sales", "Sell", 0.5])
    loaded(data, tmp_path / "goals")
    assert printed(data, "problems") == []


def test_a_corrected_file_that_fails_replaces_nothing(tmp_path: Path, data: Path) -> None:
    path = write(tmp_path, [])
    assert loaded(data, path, "--replace")["exit"] == 2
    assert (printed(data, "show", "o1")["score"], replaced_by(data)) == (0.5, [None])


def test_a_file_left_out_is_forgotten_with_the_load_it_came_with(tmp_path: Path) -> None:
    data, notes = tmp_path / "data", tmp_path / "goals" / "notes.docx"
    write(tmp_path, FAULTY[:1])
    notes.write_text("minutes")
    loaded(data, tmp_path / "goals", "--no-build")
    write(tmp_path, RIGHT)
    loaded(data, tmp_path / "goals")
    assert len(printed(data, "problems")) == 1
    notes.unlink()
    write(tmp_path, RIGHT[:1])
    loaded(data, tmp_path / "goals", "--replace")
    assert printed(data, "problems") == []


def test_a_replacement_that_finds_nothing_names_what_is_loaded(tmp_path: Path) -> None:
    data, path = tmp_path / "data", write(tmp_path / "all", FAULTY)
    assert "--replace" not in okr(data, "ingest", tmp_path / "all", "--replace", "--no-build").stdout
    write(tmp_path / "all", RIGHT)
    result = okr(data, "ingest", path, "--replace", "--no-build")
    assert "no earlier load is named goals/objectives.csv. Loaded is all/goals/objectives.csv" in result.stdout
    lone = write_csv(tmp_path / "else" / "new.csv", OBJECTIVES, FAULTY[0])
    assert "没有可替换的内容" in okr(data, "ingest", lone, "--replace", "--dry-run", OKR_LANG="zh").stdout
    assert "`okr batches` lists" in okr(data, "ingest", lone, "--replace", "--no-build").stdout


@pytest.mark.parametrize(("language", "said"), [("en", "run `okr build`"), ("zh_CN", "再运行 `okr build`")])
def test_a_batch_stands_although_the_figures_could_not_be_written(tmp_path: Path, language: str, said: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "versions").write_text("in the way")
    result = okr(data, "ingest", write(tmp_path, RIGHT), OKR_LANG=language)
    assert result.exit_code == 1
    assert ("batch 1" if language == "en" else "批次 1") in result.stdout
    assert said in result.stderr


def test_figures_that_could_not_be_written_are_made_good_by_a_build(tmp_path: Path) -> None:
    data = tmp_path / "data"
    loaded(data, write(tmp_path, RIGHT), "--no-build")
    (data / "versions").write_text("in the way")
    assert loaded(data, tmp_path / "goals" / "objectives.csv")["exit"] == 1, "unchanged, and still not shown"
    (data / "versions").unlink()
    assert okr(data, "build").exit_code == 0
    assert printed(data, "show", "o1")["score"] == 0.6


def test_a_batch_is_withdrawn_although_the_figures_could_not_be_written(tmp_path: Path) -> None:
    data = tmp_path / "data"
    loaded(data, write(tmp_path, RIGHT), "--no-build")
    (data / "versions").write_text("in the way")
    result = okr(data, "undo")
    assert (result.exit_code, "Batch 1 is withdrawn" in result.stdout) == (1, True)
    assert "okr build" in result.stderr
    assert printed(data, "batches") == []
