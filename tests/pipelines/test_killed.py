"""Killed at any moment: what was acknowledged stands, nothing is half, and readers go on (`make kill` runs more)."""

from pathlib import Path

from pipelines import versions, warehouse
from tests.killing import rounds


def test_six_kills_lose_nothing(tmp_path: Path) -> None:
    tally = rounds(tmp_path, 6)
    assert (tally.losses, tally.refusals) == ([], [])
    assert tally.phases.total() == 6
    assert tally.answers > 0


def test_kills_before_the_pointer_moves_never_cost_the_version_it_names(tmp_path: Path) -> None:
    named = warehouse.publish(tmp_path, {})
    for number in range(2, 2 + versions.KEPT_VERSIONS):
        (tmp_path / "versions" / f"okr-{number:06d}-aa.duckdb").write_bytes(b"whole, but never pointed to")
    versions.prune(tmp_path)
    assert warehouse.current(tmp_path) == named
    assert [path.name for path in (tmp_path / "versions").iterdir()] == [named.path.name]
