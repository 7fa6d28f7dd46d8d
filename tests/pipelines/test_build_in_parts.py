"""However the cycles are parted, and whatever is taken over, a build gives the same tables."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from pipelines import batches, build, results, warehouse
from pipelines.ingest import ingest
from pipelines.policy import Policy
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


def test_each_cycle_by_itself_gives_what_all_give_together(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    together, computed = current(data), list[Part]()
    (data / "CURRENT").unlink()
    monkeypatch.setattr(results, "CHECK_INS_TOGETHER", 1)
    alone = rebuilt(data, computed)
    assert len(computed) > 2
    assert differing(together, alone) == []


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
    numbers = {"2024-Q4": 5, "2025-Q1": 2_000_000, "2025-Q2": 3, "2025-Q3": 4}
    steps = {"2025-Q1": "2024-Q4", "2025-Q2": "2025-Q1", "2025-Q3": "2025-Q2"}
    assert list(parts(numbers, steps)) == [
        Part(("2024-Q4",), ()),
        Part(("2025-Q1",), ("2024-Q4",)),
        Part(("2025-Q2", "2025-Q3"), ("2024-Q4", "2025-Q1")),
    ]
