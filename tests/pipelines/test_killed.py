"""Killed at any moment: what was acknowledged stands, nothing is half, and readers go on (`make kill` runs more)."""

import os
import shutil
import subprocess
import sys
import time
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


def test_a_build_that_is_told_to_end_leaves_nothing_behind(sample: Path, tmp_path: Path) -> None:
    data = shutil.copytree(sample, tmp_path / "data")
    (data / "CURRENT").unlink()
    parted = "import pipelines.results as r; r.CHECK_INS_TOGETHER = 300; from pipelines.cli import main; main()"
    command = [sys.executable, "-c", parted, "build", "--data", str(data)]
    environment = {**os.environ, "OKR_LANG": "en"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as building:
        # What the first part needs lies there until its results are taken, and by then the processes are at work.
        while not list(data.glob("versions/.building-*/build-*/0/facts")):
            assert building.poll() is None
            time.sleep(0.01)
        building.terminate()
        # The stream ends when the processes that compute have ended too.
        _, errors = building.communicate(timeout=30)
    assert (building.returncode, errors) == (143, "")
    assert not list((data / "versions").glob(".building-*"))
