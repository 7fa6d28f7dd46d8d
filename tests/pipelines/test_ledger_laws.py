"""Laws of the ledger, on small random companies: splitting, repeating and withdrawing."""

import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import warehouse
from pipelines.history import History
from tests.pipelines.files import CHECK_INS, KEY_RESULTS, OBJECTIVES, company, loaded, okr, printed, write_csv

PLACES = ["batch_id", "file", "sheet", "row"]
QUARTERS = ["2025-Q1", "2025-Q2"]
scores = st.none() | st.integers(0, 10).map(lambda tenths: tenths / 10)
goal = st.tuples(st.sampled_from(QUARTERS), st.sampled_from(["Sales", "Company / Sales", "Ops"]), scores)
few = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def facts(data: Path, *, without: list[str] | None = None) -> dict[str, pd.DataFrame]:
    """Every table of facts in an order of its own, without the given columns."""
    version = warehouse.current(data)
    history = warehouse.history(version) if version else History.of()
    frames = {name: frame.drop(columns=without or []) for name, frame in history.frames().items()}
    return {name: frame.sort_values(list(frame)).reset_index(drop=True) for name, frame in frames.items()}


def assert_same(left: dict[str, pd.DataFrame], right: dict[str, pd.DataFrame]) -> None:
    for name, frame in left.items():
        pd.testing.assert_frame_equal(frame, right[name], obj=name)


def write(folder: Path, goals: list[tuple[str, str, Any]]) -> list[Path]:
    """A file per table and goal: no two files state the same identity."""
    files = []
    for number, (cycle, team, score) in enumerate(goals):
        name, month = f"o{number}", 3 * int(cycle[-1]) - 1
        files += [
            write_csv(folder / f"goals-{number}.csv", OBJECTIVES, [name, cycle, team, f"Goal {number}", score]),
            write_csv(folder / f"parts-{number}.csv", KEY_RESULTS, [f"k{number}", name, "Part", 0, 10]),
            write_csv(folder / f"log-{number}.csv", CHECK_INS, [f"k{number}", f"2025-{month:02d}-10", number]),
        ]
    return files


@few
@given(st.lists(goal, min_size=1, max_size=3), st.data())
def test_files_split_into_batches_in_any_order_give_the_same_facts(goals: list[Any], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = write(Path(folder) / "files", goals)
        shuffled = data.draw(st.permutations(files))
        cut = data.draw(st.integers(0, len(files)))
        loaded(Path(folder) / "whole", *files)
        for part in filter(None, (shuffled[:cut], shuffled[cut:])):
            loaded(Path(folder) / "split", *part, "--no-build")
        assert okr(Path(folder) / "split", "build").exit_code == 0
        assert_same(facts(Path(folder) / "whole", without=PLACES), facts(Path(folder) / "split", without=PLACES))


@pytest.mark.thorough
@few
@given(st.lists(goal, min_size=1, max_size=3), st.data())
def test_loading_and_undoing_is_as_if_never_loaded(goals: list[Any], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = write(Path(folder) / "files", goals)
        cut = data.draw(st.integers(1, len(files) - 1))
        loaded(Path(folder) / "data", *files[:cut])
        before = facts(Path(folder) / "data")
        loaded(Path(folder) / "data", *files[cut:])
        assert okr(Path(folder) / "data", "undo").exit_code == 0
        assert_same(before, facts(Path(folder) / "data"))


@pytest.mark.thorough
@few
@given(st.lists(st.lists(goal, min_size=1, max_size=2), min_size=2, max_size=3), st.booleans())
def test_corrections_that_replace_are_as_if_the_last_alone_was_loaded(versions: list[list[Any]], at_once: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, data, alone = Path(folder) / "in" / "goals.csv", Path(folder) / "data", Path(folder) / "alone"
        for number, goals in enumerate(versions, start=1):
            rows = [
                [f"o{place}", cycle, team, f"Goal {place}", score] for place, (cycle, team, score) in enumerate(goals)
            ]
            write_csv(path, OBJECTIVES, *rows, ["bad", "2025-Q1", "Sales", None, number])
            last = number == len(versions)
            loaded(data, path, *(["--replace"] if last or not at_once else []), *([] if last else ["--no-build"]))
        loaded(alone, path)
        assert_same(facts(alone, without=PLACES[:1]), facts(data, without=PLACES[:1]))
        told = [[problem["row"] for problem in printed(place, "problems")] for place in (alone, data)]
        assert told[0] == told[1]


@pytest.mark.thorough
def test_a_batch_between_others_is_withdrawn_and_its_number_never_used_again(tmp_path: Path) -> None:
    data = tmp_path / "data"
    files = write(tmp_path / "files", [("2025-Q1", "Sales", 0.5), ("2025-Q2", "Ops", 0.4)])
    for number in range(0, 6, 3):
        loaded(data, *files[number : number + 3])
    assert okr(data, "undo", "1").exit_code == 0
    assert list(facts(data)["objective"]["objective_id"]) == ["o1"]
    assert loaded(data, *files[:3])["batch"] == 3
    assert okr(data, "undo", "3").exit_code == 0
    assert loaded(data, *files[:3])["batch"] == 4


@pytest.mark.thorough
def test_undo_of_the_only_batch_leaves_nothing_and_nothing_more_can_be_undone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    loaded(data, company(tmp_path / "company"))
    assert okr(data, "undo").exit_code == 0
    assert not any(len(frame) for frame in facts(data).values())
    assert not list((data / "files").iterdir())
    result = okr(data, "undo")
    assert (result.exit_code, "no batch" in result.stderr) == (2, True)


@pytest.mark.thorough
def test_a_file_that_returns_to_an_earlier_content_is_a_new_batch(tmp_path: Path) -> None:
    data, path = tmp_path / "data", tmp_path / "goals" / "objectives.csv"
    for batch, score in enumerate([0.1, 0.2, 0.1], start=1):
        write_csv(path, OBJECTIVES, ["o1", "2025-Q1", "Sales", "Grow", score])
        assert loaded(data, path)["batch"] == batch
    assert list(facts(data)["objective"]["score"]) == [0.1]
