"""However cycles and teams are parted, and whatever is taken over, a build gives the same tables."""

import os
import shutil
import signal
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from pipelines import batches, build, results, warehouse
from pipelines.ingest import ingest
from pipelines.policy import Policy
from pipelines.processes import AT_ONCE, in_processes
from pipelines.results import Facts, Frames, Part, parts
from pipelines.versions import Version
from tests.comparing import differing

TODAY = date(2026, 11, 8)


@pytest.fixture
def data(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample, which was computed in one part."""
    return shutil.copytree(sample, tmp_path / "data")


def rebuilt(data: Path, computed: list[Part] | None = None) -> Version:
    """A new version; the parts that were computed for it are noted."""

    def noting(todo: Sequence[Part], facts: Facts, in_force: Policy) -> Iterator[Frames]:
        (computed if computed is not None else []).extend(todo)
        return results.in_this_process(todo, facts, in_force)

    with batches.locked(data):
        return build.build(data, compute=noting)


def current(data: Path) -> Version:
    version = warehouse.current(data)
    assert version
    return version


def test_some_teams_of_each_cycle_by_themselves_give_what_all_give_together(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together, computed = current(data), list[Part]()
    (data / "CURRENT").unlink()
    monkeypatch.setattr(results, "CHECK_INS_TOGETHER", 500)
    alone = rebuilt(data, computed)
    shares = [part.teams for part in computed if part.cycles == ("2026-Q3",)]
    assert len(shares) > 1
    assert all(shares)
    assert differing(together, alone) == []


@pytest.mark.parametrize("lost", [pytest.param(False, marks=pytest.mark.thorough), True])
def test_several_processes_give_what_one_gives_even_where_one_is_lost(
    data: Path, monkeypatch: pytest.MonkeyPatch, *, lost: bool
) -> None:
    monkeypatch.setattr(results, "CHECK_INS_TOGETHER", 300)
    (data / "CURRENT").unlink()
    one, seen = rebuilt(data), list[int]()

    def watched(todo: Sequence[Part], facts: Facts, in_force: Policy) -> Iterator[Frames]:
        for found in in_processes(data / "versions" / ".building-parts")(todo, facts, in_force):
            seen.append(len(computing()))
            if lost and len(seen) == 1:
                os.kill(computing()[0], signal.SIGKILL)
            yield found

    (data / "CURRENT").unlink()
    with batches.locked(data):
        assert differing(one, build.build(data, compute=watched), in_order=True) == []
    assert (seen[0], seen[-1], len(seen) > 5) == (AT_ONCE, 0 if lost else AT_ONCE, True)
    assert computing() == []
    assert not list((data / "versions").glob(".building-*"))


def computing() -> list[int]:
    """The processes that this one has started to compute parts."""
    children = [
        int(pid) for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()
    ]
    return [pid for pid in children if b"LokyProcess" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_only_cycles_are_computed_in_which_something_changed(data: Path, tmp_path: Path) -> None:
    again, computed = list[Part](), list[Part]()
    rebuilt(data, again)
    assert again == []
    known = warehouse.table(current(data), "objective", columns=["objective_id", "cycle"])
    cycle = known["cycle"].mode()[0]
    goal = known.loc[known["cycle"] == cycle, "objective_id"].iloc[0]
    (tmp_path / "late.csv").write_text(f"objective_id,cycle,title,score\n{goal},{cycle},Another title,0.33\n")
    ingest([tmp_path / "late.csv"], data, today=TODAY, build=False)
    touched = rebuilt(data, computed)
    (data / "CURRENT").unlink()
    assert differing(touched, rebuilt(data)) == []
    assert cycle in computed[0].cycles
    assert len(computed[0].cycles) < known["cycle"].nunique()


def test_small_cycles_go_together_and_bring_the_two_before() -> None:
    check_ins = {"2024-Q4": {"a": 2, "b": 3}, "2025-Q1": {"a": 1_000_000}, "2025-Q2": {"b": 3}, "2025-Q3": {"": 4}}
    steps = {"2025-Q1": "2024-Q4", "2025-Q2": "2025-Q1", "2025-Q3": "2025-Q2"}
    assert list(parts(check_ins, steps)) == [
        Part(("2024-Q4",), ()),
        Part(("2025-Q1",), ("2024-Q4",)),
        Part(("2025-Q2", "2025-Q3"), ("2024-Q4", "2025-Q1")),
    ]


def test_a_large_cycle_is_parted_by_teams_as_evenly_as_they_allow() -> None:
    of_teams = {"": 100_000, "a": 700_000, "b": 0, "c": 900_000, "d": 2_000_000, "e": 300_000}
    found = list(parts({"2025-Q1": {"a": 5}, "2025-Q2": of_teams}, {"2025-Q2": "2025-Q1"}))
    assert found == [
        Part(("2025-Q1",), ()),
        Part(("2025-Q2",), ("2025-Q1",), ("", "a", "b")),
        Part(("2025-Q2",), ("2025-Q1",), ("c",)),
        Part(("2025-Q2",), ("2025-Q1",), ("d",)),
        Part(("2025-Q2",), ("2025-Q1",), ("e",)),
    ]
