"""Published versions: whole, unchanging, locked down, and found by whoever reads."""

import threading
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipelines import warehouse
from pipelines.problems import InputError
from pipelines.schema import CHECK_IN, OBJECTIVE, conform
from pipelines.versions import KEPT_VERSIONS


def objectives(*ids: str) -> pd.DataFrame:
    frame = pd.DataFrame({"objective_id": list(ids), "cycle": "2025-Q1", "row": range(len(ids)), "score": 0.5})
    return conform(frame, OBJECTIVE.columns)


def test_what_is_published_is_read_back_with_the_schemas_types(tmp_path: Path) -> None:
    rows = pd.DataFrame(
        {"key_result_id": ["k", None], "checked_on": pd.to_datetime(["2025-01-02", None]), "value": [1.5, None]}
    )
    check_ins = conform(rows.assign(row=[2**53 + 1, None]), CHECK_IN.columns)
    version = warehouse.publish(tmp_path, {"check_in": check_ins}, built_from="this")
    pd.testing.assert_frame_equal(warehouse.table(version, "check_in"), check_ins)
    assert warehouse.built_from(version) == "this"
    assert not len(warehouse.history(version).objective)


def test_rows_are_chosen_by_value_and_by_missing(tmp_path: Path) -> None:
    frame = objectives("a", "b", "c").assign(owner=pd.Series(["Li", None, "Wu"], dtype="str"))
    version = warehouse.publish(tmp_path, {"objective": frame})

    def ids(**where: list[object]) -> list[str]:
        return list(warehouse.table(version, "objective", columns=["objective_id"], where=where)["objective_id"])

    assert ids(owner=["Li"]) == ["a"]
    assert ids(owner=["Li", None]) == ["a", "b"]
    assert ids(owner=[]) == []
    assert ids(owner=["' OR 1=1 --"]) == []
    assert ids(cycle=["2025-Q1"], owner=[None]) == ["b"]


def test_only_names_of_the_schema_are_asked_for(tmp_path: Path) -> None:
    version = warehouse.publish(tmp_path, {})
    with pytest.raises(ValueError, match="no columns"):
        warehouse.table(version, "objective", columns=['objective_id" FROM objective --'])
    with pytest.raises(ValueError, match="no table"):
        warehouse.table(version, "sqlite_master")


def test_there_is_no_version_before_the_first(tmp_path: Path) -> None:
    assert warehouse.current(tmp_path) is None
    assert warehouse.current(tmp_path / "missing") is None


def test_a_version_in_use_stays_readable_after_it_is_pruned(tmp_path: Path) -> None:
    warehouse.publish(tmp_path, {"objective": objectives("first")})
    first = warehouse.current(tmp_path)
    assert first is not None
    for number in range(4):
        latest = warehouse.publish(tmp_path, {"objective": objectives(str(number))})
    assert not first.path.exists()
    assert len(list((tmp_path / "versions").iterdir())) == 3
    assert list(warehouse.table(first, "objective")["objective_id"]) == ["first"]
    assert warehouse.current(tmp_path) == latest


def test_a_version_pruned_and_closed_for_later_ones_says_that_it_is_gone(tmp_path: Path) -> None:
    old = warehouse.publish(tmp_path, {"objective": objectives("a")})
    for _ in range(KEPT_VERSIONS + 2):
        warehouse.publish(tmp_path, {})
        warehouse.current(tmp_path)
    with pytest.raises(InputError, match="missing"):
        warehouse.table(old, "objective")


def test_a_version_that_is_held_stays_readable_however_many_follow(tmp_path: Path) -> None:
    old = warehouse.publish(tmp_path, {"objective": objectives("a")})
    with warehouse.held(old):
        for _ in range(KEPT_VERSIONS + 2):
            warehouse.publish(tmp_path, {})
            warehouse.current(tmp_path)
        assert not old.path.exists()
        assert len(warehouse.table(old, "objective")) == 1


def test_names_are_never_used_again(tmp_path: Path) -> None:
    names = {warehouse.publish(tmp_path, {}).name for _ in range(6)}
    assert len(names) == 6


def test_readers_in_many_threads_get_their_own_rows(tmp_path: Path) -> None:
    version = warehouse.publish(tmp_path, {"objective": objectives(*map(str, range(200)))})
    wrong = []

    def read(wanted: str) -> None:
        for _ in range(10):
            rows = warehouse.table(version, "objective", columns=["objective_id"], where={"objective_id": [wanted]})
            wrong.extend([wanted] if list(rows["objective_id"]) != [wanted] else [])

    threads = [threading.Thread(target=read, args=(str(number),)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_reader_while_others_publish_always_finds_a_whole_version(tmp_path: Path) -> None:
    warehouse.publish(tmp_path, {"objective": objectives("0")})
    stop, found = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            version = warehouse.current(tmp_path)
            assert version is not None
            found.append(len(warehouse.table(version, "objective")))

    thread = threading.Thread(target=read)
    thread.start()
    for number in range(6):
        warehouse.publish(tmp_path, {"objective": objectives(str(number))})
    stop.set()
    thread.join()
    assert set(found) == {1}


@pytest.mark.parametrize(
    "query",
    [
        "CREATE TABLE mine AS SELECT 1",
        "SELECT * FROM read_csv('/etc/hostname')",
        "COPY (SELECT 1) TO '/tmp/okr-out.csv'",
        "ATTACH '/tmp/okr-other.duckdb'",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
        "INSTALL httpfs",
    ],
)
def test_a_reader_can_neither_write_nor_reach_outside(tmp_path: Path, query: str) -> None:
    version = warehouse.publish(tmp_path, {})
    with warehouse.connecting.connect(version.path) as connection, pytest.raises(duckdb.Error):
        connection.execute(query)


def test_a_damaged_version_says_what_to_do(tmp_path: Path) -> None:
    version = warehouse.publish(tmp_path, {})
    version.path.write_bytes(b"not a database" * 1000)
    with pytest.raises(InputError, match="okr build"):
        warehouse.current(tmp_path)
    (tmp_path / "CURRENT").write_text("../../etc/passwd")
    with pytest.raises(InputError, match="okr build"):
        warehouse.current(tmp_path)


def test_a_lost_version_says_what_to_do(tmp_path: Path) -> None:
    warehouse.publish(tmp_path, {}).path.unlink()
    with pytest.raises(InputError, match="the file is missing"):
        warehouse.current(tmp_path)


def test_a_version_of_a_newer_program_says_so(tmp_path: Path) -> None:
    version = warehouse.publish(tmp_path, {})
    with duckdb.connect(str(version.path)) as connection:
        connection.execute("UPDATE about SET format = 99")
    with pytest.raises(InputError, match="newer version of OKR History"):
        warehouse.current(tmp_path)


def test_the_files_have_the_storage_of_duckdb_1_5(tmp_path: Path) -> None:
    version = warehouse.publish(tmp_path, {})
    with duckdb.connect(str(version.path), read_only=True) as connection:
        tags = connection.execute("SELECT tags FROM duckdb_databases() WHERE NOT internal").fetchone()
    assert tags is not None
    assert "v1.5" in str(tags[0])
