"""What resolving gave and the check-ins are kept from build to build, and a build gives the same with it as without."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import warehouse
from pipelines.versions import Version
from pipelines.warehouse import Draft
from tests.comparing import differing
from tests.pipelines.files import CHECK_INS, KEY_RESULTS, OBJECTIVES, loaded, okr, printed, write_csv
from tests.sharing import made_once

Change = Callable[[Path, Path], None]
Changed = Callable[[Change], Path]
LOG = [*CHECK_INS, "objective", "cycle"]
DAYS = ["2025-02-01", "2025-05-01"]
NOT_KEPT = shutil.ignore_patterns("resolved")
ONLY_LOADED = shutil.ignore_patterns("resolved", "versions", "CURRENT")


@pytest.fixture(scope="module")
def loaded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company's files, and beside them the data folder into which they were loaded."""
    return made_once(tmp_path_factory, "kept between builds", load_company)


def load_company(folder: Path) -> None:
    """Goals of two quarters with ids, titles and a circle, and logs that mean some of them, none, or too many."""
    files = folder / "company"
    goals = [[f"o{number}", f"2025-Q{1 + number % 2}", "Sales", f"Goal {number}", None] for number in range(6)]
    parts = [[f"k{number}", f"o{number % 6}", f"Part {number % 4}", 0, 10] for number in range(12)]
    write_csv(files / "objectives.csv", OBJECTIVES, *goals)
    write_csv(files / "key_results.csv", KEY_RESULTS, *parts)
    write_csv(files / "links.csv", ["child_objective_id", "parent"], ["o1", "o2"], ["o2", "o1"], ["o3", "nobody"])
    ids = [[f"k{number}", day, number, None, None] for number in range(12) for day in DAYS]
    write_csv(files / "ids.csv", LOG, *ids, ["k77", DAYS[0], 1, None, None])
    titles = [[f" part {number % 4}", DAYS[0], 7, f"Goal {number % 6}", "2025-Q1"] for number in range(12)]
    write_csv(
        files / "titles.csv", LOG, *titles, ["Part 1", DAYS[1], 3, None, None], ["2025-Q1:k2", DAYS[1], 4, None, None]
    )
    loaded(folder / "data", files)


@pytest.fixture(scope="module")
def changed(loaded_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Changed:
    """The data folder of the company after a change, built from what was kept before it; and as it was, `unbuilt`."""

    def after(change: Change) -> Path:
        return made_once(tmp_path_factory, f"after {change.__name__}", lambda folder: make(folder, change)) / "data"

    def make(folder: Path, change: Change) -> None:
        shutil.copytree(loaded_once, folder, dirs_exist_ok=True)
        change(folder / "data", folder / "company")
        shutil.copytree(folder / "data", folder / "unbuilt")
        built(folder / "data")

    return after


@pytest.fixture
def data(loaded_once: Path, tmp_path: Path) -> Path:
    """A data folder of its own for each test, and beside it the files."""
    shutil.copytree(loaded_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data"


def current(data: Path) -> Version:
    version = warehouse.current(data)
    assert version
    return version


def kept(data: Path) -> dict[str, int]:
    """The kept tables, and when each was written."""
    files = [path for path in (data / "resolved").glob("*/*") if path.is_file()]
    return {f"{path.parent.name}/{path.name}": path.stat().st_mtime_ns for path in files}


def built(data: Path) -> Version:
    assert okr(data, "build").exit_code == 0
    return current(data)


def one_more_log(data: Path, files: Path) -> None:
    rows = [["k1", DAYS[0], 9, None, None], ["Part 2", DAYS[1], 5, "o2", None], ["k99", DAYS[1], 5, None, None]]
    loaded(data, write_csv(files / "late.csv", LOG, *rows), "--no-build")


def a_replaced_log(data: Path, files: Path) -> None:
    path = write_csv(files / "ids.csv", LOG, ["k3", DAYS[0], 2, None, None], ["k4", "2027-01-01", 2, None, None])
    loaded(data, path, "--replace", "--no-build")


def a_log_twice(data: Path, files: Path) -> None:
    path = files / "ids.csv"
    path.write_text(path.read_text(encoding="utf-8") + "k1,2025-03-01,8,,\n", encoding="utf-8")
    loaded(data, path, "--no-build")


def another_goal(data: Path, files: Path) -> None:
    """The goals for which rows of the logs waited, and one that makes a title ambiguous."""
    rows = [["k77", "o1", "Awaited", 0, 10], ["k78", "o1", "Part 1", 0, 10]]
    loaded(data, write_csv(files / "more.csv", KEY_RESULTS, *rows), "--no-build")


def a_corrected_goal(data: Path, files: Path) -> None:
    rows = [[f"o{number}", "2025-Q1", "Sales / East", f"Goal {number + 1}", 0.5] for number in range(6)]
    loaded(data, write_csv(files / "objectives.csv", OBJECTIVES, *rows), "--replace", "--no-build")


def another_year(data: Path, files: Path) -> None:
    (data / "policy.toml").write_text("[cycle]\nfirst_month = 4\n", encoding="utf-8")


def another_policy(data: Path, files: Path) -> None:
    (data / "policy.toml").write_text('policy = "google"\n', encoding="utf-8")


LOGS = [one_more_log, a_replaced_log, a_log_twice, another_policy]
GOALS = [another_goal, a_corrected_goal, another_year]


@pytest.mark.parametrize("change", [*LOGS, *GOALS])
def test_a_build_after_a_change_gives_what_building_afresh_does(
    changed: Changed, tmp_path: Path, change: Change
) -> None:
    afresh = shutil.copytree(changed(change), tmp_path / "afresh", ignore=ONLY_LOADED)
    # Results that are taken over stand before those that are computed.
    assert differing(current(changed(change)), built(afresh)) == []


# For another policy all is kept, as where nothing changed; for other goals nothing, so that both ways are the same.
AS_ELSEWHERE = [pytest.param(change, marks=pytest.mark.thorough) for change in (another_policy, *GOALS)]


@pytest.mark.parametrize("change", [*LOGS[:3], *AS_ELSEWHERE])
def test_a_build_gives_the_same_with_what_is_kept_as_without(changed: Changed, tmp_path: Path, change: Change) -> None:
    alone = shutil.copytree(changed(change).with_name("unbuilt"), tmp_path / "alone", ignore=NOT_KEPT)
    assert differing(current(changed(change)), built(alone), in_order=True) == []


@pytest.mark.parametrize("change", LOGS)
def test_what_did_not_change_is_not_worked_out_again(loaded_once: Path, changed: Changed, change: Change) -> None:
    before, after = kept(loaded_once / "data"), kept(changed(change))
    lost = {name for name in before if after.get(name) != before[name]}
    assert [name.split("/")[1][:6] for name in lost] == (["named-"] if change is a_replaced_log else [])


@pytest.mark.parametrize("change", GOALS)
def test_only_what_the_last_build_used_stays_kept(loaded_once: Path, changed: Changed, change: Change) -> None:
    before, after = kept(loaded_once / "data"), kept(changed(change))
    assert len(list((changed(change) / "resolved").iterdir())) == 1
    assert len(after) == len(before)
    assert not set(after) & set(before)


@pytest.fixture(scope="module")
def one_goal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A goal with its key results, and beside the files the data folder into which they were loaded."""
    return made_once(tmp_path_factory, "one goal kept", load_one_goal)


def load_one_goal(folder: Path) -> None:
    parts = [[f"k{number}", "o1", f"Part {number}", 0, 10] for number in range(5)]
    write_csv(folder / "objectives.csv", OBJECTIVES, ["o1", "2025-Q1", "Sales", "Goal", None])
    write_csv(folder / "key_results.csv", KEY_RESULTS, *parts)
    loaded(folder / "data", folder / "objectives.csv", folder / "key_results.csv")


ROWS = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(DAYS), st.integers(0, 10)), min_size=1, max_size=4)
LOADS = st.tuples(st.sampled_from(["a", "b", "c"]), ROWS, st.booleans())


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LOADS | st.none() | st.just("goals"), min_size=2, max_size=4))
def test_building_on_the_version_before_gives_what_building_afresh_does(one_goal: Path, steps: list[Any]) -> None:
    """Logs that speak of the same days, loaded, loaded again, replaced and withdrawn (None), and goals between them."""
    with tempfile.TemporaryDirectory() as name:
        folder = shutil.copytree(one_goal, Path(name), dirs_exist_ok=True)
        for step in steps:
            if step is None:
                okr(folder / "data", "undo")
            elif step == "goals":
                loaded(folder / "data", write_csv(folder / "late.csv", KEY_RESULTS, ["k5", "o1", "Awaited", 0, 10]))
            else:
                log, rows, replaces = step
                path = write_csv(folder / f"{log}.csv", CHECK_INS, *([f"k{part}", *rest] for part, *rest in rows))
                loaded(folder / "data", path, *(["--replace"] if replaces else []))
        shutil.copytree(folder / "data", folder / "afresh", ignore=ONLY_LOADED)
        assert differing(current(folder / "data"), built(folder / "afresh")) == []


@pytest.mark.parametrize(
    ("change", "tables", "logs"),
    [
        (one_more_log, set(), {"company/late.csv"}),
        (a_replaced_log, set(), {"company/ids.csv"}),
        (a_corrected_goal, {"team", "cycle", "objective"}, {"company/ids.csv", "company/titles.csv"}),
    ],
)
def test_goals_and_check_ins_that_stay_are_not_written_again(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, change: Change, tables: set[str], logs: set[str]
) -> None:
    change(data, tmp_path / "company")
    written, files, insert = set[str](), set[str](), Draft.insert

    def noting(draft: Draft, table: str, query: str, values: Mapping[str, object] | None = None) -> None:
        insert(draft, table, query, values)
        if table == "check_in" and values:
            files.update(draft.asked("SELECT DISTINCT file FROM read_parquet($path)", {"path": values["path"]})["file"])
        written.add(table)

    monkeypatch.setattr(Draft, "insert", noting)
    built(data)
    assert written & {"team", "person", "cycle", "objective", "key_result", "alignment", "change"} == tables
    assert files == logs


@pytest.mark.parametrize("change", [one_more_log, another_goal])
def test_undoing_a_load_of_logs_and_of_goals_gives_what_was_there_before(
    loaded_once: Path, changed: Changed, tmp_path: Path, change: Change
) -> None:
    first, data = loaded_once / "data", shutil.copytree(changed(change), tmp_path / "data")
    assert differing(current(first), current(data)) != []
    assert okr(data, "undo").exit_code == 0
    assert [table for table in differing(current(first), current(data)) if table != "about"] == []
    assert set(kept(data)) == set(kept(first))


def test_rows_that_wait_are_told_by_every_build_until_their_goal_comes(
    loaded_once: Path, changed: Changed, tmp_path: Path
) -> None:
    def waiting(data: Path) -> list[str]:
        told = [problem["value"] for problem in printed(data, "problems") if problem["rule"] == "key_result_unknown"]
        return [value for value in told if value.startswith("k")]

    assert waiting(loaded_once / "data") == ["k77"]
    assert waiting(changed(one_more_log)) == ["k77", "k99"]
    data = shutil.copytree(changed(one_more_log), tmp_path / "data")
    another_goal(data, tmp_path)
    built(data)
    assert waiting(data) == ["k99"]


def scrawled(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


# One line of code looks at any table whether it is damaged.
DAMAGES = [("objective", scrawled), ("key_result_statement", Path.unlink), ("problem", cut), ("named-1-*", scrawled)]
COMBINED = [*product(["objective", "key_result_statement", "problem", "named-1-*"], [scrawled, cut, Path.unlink])]
FURTHER = [pytest.param(*each, marks=pytest.mark.thorough) for each in COMBINED if each not in DAMAGES]


@pytest.mark.parametrize(("table", "damage"), [*DAMAGES, *FURTHER])
def test_a_damaged_kept_table_is_worked_out_again(data: Path, table: str, damage: Callable[[Path], None]) -> None:
    first, names = current(data), set(kept(data))
    damage(next((data / "resolved").glob(f"*/{table}.*.parquet")))
    assert differing(first, built(data), in_order=True) == []
    assert set(kept(data)) == names


# As with a log's change after which no kept table is found, above.
@pytest.mark.thorough
def test_the_kept_tables_may_all_be_removed(data: Path) -> None:
    first, names = current(data), set(kept(data))
    shutil.rmtree(data / "resolved")
    assert differing(first, built(data), in_order=True) == []
    assert set(kept(data)) == names


def test_a_log_that_is_damaged_is_missed_although_its_references_are_kept(data: Path) -> None:
    for path in (data / "files").glob("*/check_in.parquet"):
        path.write_bytes(b"scrawl")
    result = okr(data, "build")
    assert (result.exit_code, "damaged or gone" in result.stderr) == (2, True)
