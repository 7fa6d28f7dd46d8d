"""`okr watch` on a real folder: it loads what has stopped growing, once, and lives on bad files."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import Result

from pipelines import batches
from tests.pipelines.files import OBJECTIVES, company, okr, printed, write_csv

IN_THE_BACKGROUND = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")
"""A shell starts background jobs with Ctrl-C ignored."""


@contextmanager
def killed_after(process: "subprocess.Popen[str]", seconds: float) -> Iterator[None]:
    """A process that does not end, or says nothing more, fails its test instead of stopping all."""
    limit = threading.Timer(seconds, process.kill)
    limit.start()
    try:
        yield
    finally:
        limit.cancel()


def looked(data: Path, folder: Path, *words: str, code: int = 0) -> Result:
    result = okr(data, "watch", folder, "--once", "--every", "0.05", *words)
    assert result.exit_code == code, result.output
    return result


def test_a_folder_is_loaded_once(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", company(tmp_path / "inbox")
    first = looked(data, folder).output
    assert [line.partition(":")[0] for line in first.splitlines()] == [
        "inbox/check_ins.csv", "inbox/key_results.csv", "inbox/objectives.csv",
    ]  # fmt: skip
    assert "loaded as batch 1; rows kept 2, set aside 0, skipped 0" in first
    assert looked(data, folder).output == ""
    assert [batch["batch"] for batch in printed(data, "batches")] == [1]


def test_only_what_is_new_is_loaded_and_replaces_where_asked(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", company(tmp_path / "inbox")
    looked(data, folder)
    write_csv(folder / "objectives.csv", OBJECTIVES, ["o1", "2025-Q1", "Sales", "Grow further", 0.5])
    told = looked(data, folder, "--replace").output
    assert told.splitlines()[0].startswith("inbox/objectives.csv: loaded as batch 2")
    assert "replaces the earlier load (batch 1)" in told
    assert [load.name for load in batches.standing(data)[1].files] == ["inbox/objectives.csv"]


def test_files_in_folders_below_keep_the_name_they_have_in_a_load_of_the_whole_folder(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "inbox"
    company(folder / "east")
    looked(data, folder)
    assert okr(data, "ingest", folder, "--json").exit_code == 0
    assert [batch["batch"] for batch in printed(data, "batches")] == [1]


def test_a_bad_file_is_told_and_a_missing_folder_refused(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "inbox"
    assert okr(data, "watch", folder, "--once").exit_code == 2
    folder.mkdir()
    assert looked(data, folder).output == ""
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    assert "inbox/broken.xlsx" in looked(data, folder, code=2).output
    assert "inbox/broken.xlsx" in looked(data, folder, code=2).output, "a new start tells of it again"
    assert not batches.standing(data)


@contextmanager
def watching(data: Path, folder: Path, before: tuple[str, ...] = ()) -> Iterator["subprocess.Popen[str]"]:
    """`okr watch` as a process of its own, on a folder that holds a bad file at first."""
    folder.mkdir()
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    command = [*before, sys.executable, "-m", "pipelines", "watch", str(folder), "--every", "0.2", "--data", str(data)]
    environment = {**os.environ, "OKR_LANG": "en", "PYTHONUNBUFFERED": "1"}
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process,
        killed_after(process, 120),
    ):
        yield process


def test_it_goes_on_after_a_bad_file_and_ends_by_ctrl_c(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    with watching(tmp_path / "data", folder) as process:
        lines = [process.stdout.readline() for _ in range(2)]
        ready = company(tmp_path / "ready")
        shutil.copy(ready / "objectives.csv", folder)
        lines.append(process.stdout.readline())
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0
        lines += process.stdout.readlines()
    assert "Watching" in lines[0]
    assert "broken.xlsx" in lines[1]
    assert "objectives.csv: loaded as batch 1" in lines[2]
    assert len(lines) == 3, "each content is told of once"


@pytest.mark.parametrize(
    ("before", "told"),
    [
        pytest.param((), signal.SIGTERM, id="in front", marks=pytest.mark.thorough),
        pytest.param(IN_THE_BACKGROUND, signal.SIGINT, id="in the background, by Ctrl-C"),
        pytest.param(IN_THE_BACKGROUND, signal.SIGTERM, id="in the background"),
    ],
)
def test_it_ends_when_told(tmp_path: Path, told: signal.Signals, before: tuple[str, ...]) -> None:
    with watching(tmp_path / "data", tmp_path / "inbox", before) as process:
        lines = [process.stdout.readline() for _ in range(2)]
        process.send_signal(told)
        assert process.wait() == 0
    assert "broken.xlsx" in lines[1]


def test_another_load_at_work_is_told_and_the_file_waits(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", company(tmp_path / "inbox")
    with batches.locked(data):
        assert "another load" in looked(data, folder, code=2).output
    assert "loaded as batch 1" in looked(data, folder).output


def test_a_bad_file_beside_a_good_one_is_told_of_at_each_start(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", company(tmp_path / "inbox")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    assert "loaded as batch 1" in looked(data, folder, code=1).output
    again = looked(data, folder, code=2).output
    assert [line.partition(":")[0] for line in again.splitlines()] == ["inbox/broken.xlsx"]
