"""However cycles and teams are parted, and whatever is taken over, a build gives the same tables."""

import csv
import json
import os
import random
import shutil
import signal
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipelines import batches, build, results, warehouse
from pipelines.ingest import ingest
from pipelines.policy import Policy
from pipelines.processes import AT_ONCE, in_processes
from pipelines.results import Facts, Frames, Part, parts
from pipelines.versions import Version
from tests.comparing import differing
from tests.pipelines.files import write_csv
from tests.sharing import made_once

VIVA = Path(__file__).parents[1] / "layouts" / "viva_export.csv"
TODAY = date(2026, 11, 8)
FEW = 300
"""With so few check-ins together, the sample is computed in seven parts, five of them some teams of a cycle."""


@pytest.fixture
def data(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample, which was computed in one part."""
    return shutil.copytree(sample, tmp_path / "data")


@pytest.fixture(scope="module")
def in_parts(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample computed afresh in parts by one process, and which parts these were."""

    def make(folder: Path) -> None:
        data, computed = shutil.copytree(sample, folder / "data"), list[Part]()
        (data / "CURRENT").unlink()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(results, "CHECK_INS_TOGETHER", FEW)
            rebuilt(data, computed)
        (folder / "parts.json").write_text(json.dumps([[part.cycles, part.teams] for part in computed]))

    return made_once(tmp_path_factory, "in parts", make)


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


def test_some_teams_of_each_cycle_by_themselves_give_what_all_give_together(sample: Path, in_parts: Path) -> None:
    parts = json.loads((in_parts / "parts.json").read_text())
    shares = [teams for cycles, teams in parts if cycles == ["2026-Q3"]]
    assert len(shares) > 1
    assert all(shares)
    assert differing(current(sample), current(in_parts / "data")) == []


@pytest.mark.parametrize("lost", [pytest.param(False, marks=pytest.mark.thorough), True])
def test_several_processes_give_what_one_gives_even_where_one_is_lost(
    data: Path, in_parts: Path, monkeypatch: pytest.MonkeyPatch, *, lost: bool
) -> None:
    monkeypatch.setattr(results, "CHECK_INS_TOGETHER", FEW)
    seen = list[int]()

    def watched(todo: Sequence[Part], facts: Facts, in_force: Policy) -> Iterator[Frames]:
        for found in in_processes(data / "versions" / ".building-parts")(todo, facts, in_force):
            seen.append(len(computing()))
            if lost and len(seen) == 1:
                os.kill(computing()[0], signal.SIGKILL)
            yield found

    (data / "CURRENT").unlink()
    with batches.locked(data):
        several = build.build(data, compute=watched)
    assert differing(current(in_parts / "data"), several, in_order=True) == []
    assert (seen[0], seen[-1], len(seen) > 5) == (AT_ONCE, 0 if lost else AT_ONCE, True)
    assert computing() == []
    assert not list((data / "versions").glob(".building-*"))


def test_where_nothing_can_be_passed_this_process_computes(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In three parts, for one alone is never passed.
    monkeypatch.setattr(results, "CHECK_INS_TOGETHER", 1_200)
    (tmp_path / "file").write_text("no folder can be made below a file")
    before = current(data)
    (data / "CURRENT").unlink()
    with batches.locked(data):
        assert differing(before, build.build(data, compute=in_processes(tmp_path / "file"))) == []
    assert computing() == []


def computing() -> list[int]:
    """The processes that this one has started to compute parts."""
    children = [
        int(pid) for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()
    ]
    return [pid for pid in children if b"LokyProcess" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_of_several_check_ins_of_a_day_in_one_row_the_newest_counts(tmp_path: Path) -> None:
    """A Viva export has them to the right of their key result, newest first; only their place tells them apart."""
    header, goal, part, *_ = csv.reader(VIVA.read_text(encoding="utf-8").splitlines())
    days = random.Random(7).choices(range(60), k=400)
    rows = [["", *part[1:9], f"Raise renewals(weight: 1%, Id: {goal[0]})", *part[10:23]] for _ in days]
    for number, (row, day) in enumerate(zip(rows, days, strict=True)):
        on = date(2025, 1, 15) + timedelta(day)
        said = f"Checkin Date: {on}; User: Ann; Metric Name: Renewals; Current Value: {{}};"
        row[0], row[1], row[23:] = str(200 + number), f"Renewals {number}", map(said.format, (40, 30, 20))
    write_csv(tmp_path / "viva.csv", header, goal, *rows)
    ingest([tmp_path / "viva.csv"], tmp_path / "data", today=TODAY)
    found = warehouse.table(current(tmp_path / "data"), "key_result_result")
    assert found["computed"].tolist() == [0.75] * len(days)


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
