"""A damaged data folder: what is said, what goes on being shown, and how it is mended."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from pipelines import batches, versions, warehouse
from pipelines.problems import InputError
from pipelines.versions import Version
from tests.comparing import differing
from tests.pipelines.files import OBJECTIVES, company, loaded, okr, printed, write_csv
from tests.sharing import made_once


def second_file(folder: Path) -> Path:
    return write_csv(folder / "more" / "objectives.csv", OBJECTIVES, ["o2", "2025-Q1", "Sales", "Hire", 0.5])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    files = (company(folder / "company"), second_file(folder))
    return made_once(tmp_path_factory, "two versions", lambda data: [loaded(data, path) for path in files])


@pytest.fixture(scope="module")
def one_load(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = second_file(tmp_path_factory.mktemp("one"))
    return made_once(tmp_path_factory, "one load", lambda data: loaded(data, path))


@pytest.fixture
def data(whole: Path, tmp_path: Path) -> Path:
    """A copy of a data folder of two loads and two versions, to be damaged."""
    return shutil.copytree(whole, tmp_path / "data")


def cut(version: Version) -> None:
    version.path.write_bytes(version.path.read_bytes()[:5000])


def beside(version: Version) -> None:
    version.path.with_name(f"{version.path.name}.wal").write_bytes(b"left over from elsewhere")


def lost(version: Version) -> None:
    version.path.unlink()


def unpointed(version: Version) -> None:
    (version.path.parents[1] / "CURRENT").unlink()


def scrawled(version: Version) -> None:
    (version.path.parents[1] / "CURRENT").write_bytes(b"\xff\0")


@pytest.mark.parametrize("damage", [cut, beside, lost, unpointed, scrawled])
def test_a_damaged_warehouse_is_said_shown_from_before_and_mended_by_a_build(
    data: Path, damage: Callable[[Version], None]
) -> None:
    newest = versions.published(data)[-1]
    damage(newest)
    shown, wrong = warehouse.last_good(data)
    assert shown is not None
    assert len(warehouse.table(shown, "objective")) >= 1
    # A log that is none of the version's is not read.
    assert "okr build" in wrong.message() if wrong else damage is beside
    assert okr(data, "build").exit_code == 0
    mended, wrong = warehouse.last_good(data)
    assert (wrong, mended) == (None, warehouse.current(data))
    assert len(warehouse.table(warehouse.current(data), "objective")) == 2


LOST = {"en": "damaged or gone", "zh_CN": "已损坏或丢失"}
PARTS = [("objective.parquet", "en"), ("sheets.json", "zh_CN"), ("", "en")]


@pytest.mark.parametrize(
    ("part", "language"),
    [
        pytest.param(part, language, marks=() if (part, language) in PARTS else pytest.mark.thorough)
        for part, _ in PARTS
        for language in LOST
    ],
)
def test_what_was_kept_of_a_file_is_missed_and_read_again(
    one_load: Path, tmp_path: Path, part: str, language: str
) -> None:
    said = LOST[language]
    data, files = shutil.copytree(one_load, tmp_path / "data"), second_file(tmp_path)
    (kept,) = (data / "files").iterdir()
    (kept / part).write_bytes(b"scrawl") if part else shutil.rmtree(kept)
    result = okr(data, "build", OKR_LANG=language)
    assert (result.exit_code, said in result.stderr) == (2, True)
    other = write_csv(tmp_path / "key_results.csv", ["key_result_id", "objective_id", "title"], ["k", "o2", "Deals"])
    result = okr(data, "ingest", other, OKR_LANG=language)
    assert (result.exit_code, said in result.stderr) == (1, True)
    assert loaded(data, files)["unchanged"]
    assert len(warehouse.table(warehouse.current(data), "key_result")) == 1


def emptied(version: Version) -> None:
    """What opening needs lies in the first blocks and stays; the rows lie behind them."""
    content = bytearray(version.path.read_bytes())
    content[3 * 4096 + 262144 :] = bytes(len(content) - 3 * 4096 - 262144)
    version.path.write_bytes(content)


def test_folders_that_a_killed_build_left_do_not_stop_the_next(data: Path) -> None:
    """DuckDB's own, for what did not fit into memory, and those through which processes passed tables."""
    for left in (".building-dead.tmp", ".building-dead/build-1/0/facts"):
        (data / "versions" / left).mkdir(parents=True)
        (data / "versions" / left / "rows").write_bytes(b"left")
    assert okr(data, "build").exit_code == 0
    assert not list((data / "versions").glob(".building-*"))


def test_a_build_does_without_a_version_before_that_is_damaged_inside(data: Path) -> None:
    whole = shutil.copytree(data, data.with_name("whole"))
    emptied(versions.published(data)[-1])
    result = okr(data, "build")
    assert (result.exit_code, result.stderr) == (0, "")
    assert okr(whole, "build").exit_code == 0
    assert differing(versions.published(whole)[-1], versions.published(data)[-1]) == []


def test_no_damaged_block_passes_from_version_to_version(tmp_path: Path) -> None:
    """Of results that stay a build needs little, and would not notice."""
    scores = pd.DataFrame({"objective_id": "o1", "score": np.random.default_rng(7).random(300_000)})
    goals = pd.DataFrame({"objective_id": ["o1"], "cycle": ["2025-Q1"]})
    version = warehouse.publish(tmp_path, {"objective": goals, "objective_week": scores})
    with duckdb.connect(version.path, read_only=True) as connection:
        of = "SELECT block_id FROM pragma_storage_info('objective_week') WHERE column_name"
        places = connection.execute(f"{of} = 'score' EXCEPT {of} <> 'score'").fetchall()
    content = bytearray(version.path.read_bytes())
    content[3 * 4096 + places[0][0] * 262144 + 5000] ^= 1
    version.path.write_bytes(content)

    def going_on() -> None:
        with warehouse.drafted(tmp_path, after=version) as (draft, _):
            draft.write({"objective": goals})
            warehouse.cycle_states.leave(draft, ["2025-Q1"], {"2025-Q1": "as it was"})

    with pytest.raises(InputError, match="could not be written"):
        going_on()


def test_a_version_found_damaged_while_it_is_read_gives_way_to_the_one_before(data: Path) -> None:
    before, newest = versions.published(data)
    emptied(newest)
    with pytest.raises(InputError, match="okr build"):
        warehouse.history(newest)
    assert warehouse.last_good(data)[0] == before


def ingest_with_room_for(blocks: int, path: Path, data: Path, language: str) -> "subprocess.CompletedProcess[str]":
    """`okr ingest` as a process whose files may not grow beyond so many blocks of 512 bytes, as on a full disk."""
    limited = ("sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", sys.executable, "-m", "pipelines")
    environment = {**os.environ, "OKR_LANG": language, "PYTHONDONTWRITEBYTECODE": "1"}
    words = ["ingest", str(path), "--data", str(data)]
    return subprocess.run([*limited, *words], capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "make room, then run `okr build`"),
        pytest.param("zh_CN", "请腾出空间，再运行", marks=pytest.mark.thorough),
    ],
)
def test_a_disk_too_full_for_the_figures_keeps_the_batch(tmp_path: Path, language: str, said: str) -> None:
    data, path = tmp_path / "data", write_csv(tmp_path / "goals.csv", OBJECTIVES, ["o1", "2025-Q1", "Sales", "G", 0.5])
    result = ingest_with_room_for(200, path, data, language)
    assert (result.returncode, said in result.stderr) == (1, True)
    assert [batch["batch"] for batch in printed(data, "batches")] == [1]
    assert not any((data / "versions").iterdir()), "nothing half written stays"
    assert okr(data, "build").exit_code == 0
    assert printed(data, "metrics", "completion")[0]["objectives"] == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [pytest.param("en", "cannot be written", marks=pytest.mark.thorough), ("zh_CN", "数据文件夹无法写入")],
)
def test_a_disk_too_full_for_the_batch_enters_none(tmp_path: Path, language: str, said: str) -> None:
    data, path = tmp_path / "data", write_csv(tmp_path / "goals.csv", OBJECTIVES, ["o1", "2025-Q1", "Sales", "G", 0.5])
    result = ingest_with_room_for(0, path, data, language)
    assert (result.returncode, said in result.stderr) == (2, True)
    assert not batches.standing(data)
    assert loaded(data, path)["batch"] == 1
