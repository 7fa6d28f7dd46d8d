"""A build on a Dask cluster of real processes gives what a local one gives, whatever happens to a worker."""

import os
import pty
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines import batches, build, results
from pipelines import cluster as clusters
from pipelines.cli import main
from pipelines.cluster import Cluster
from pipelines.ingest import ingest
from pipelines.policy import Policy
from pipelines.results import Compute, Facts, Frames, Part
from pipelines.versions import Version
from tests import workers
from tests.benchmarks.big_history import write_history
from tests.comparing import differing
from tests.workers import Processes

pytestmark = pytest.mark.xdist_group("cluster")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four quarters of 10 people, loaded and not yet computed."""
    folder = tmp_path_factory.mktemp("history")
    write_history(folder / "files", people=10, quarters=4)
    ingest([folder / "files"], folder / "data", today=date(2026, 1, 10), build=False)
    return folder / "data"


@pytest.fixture(scope="module")
def cluster() -> Iterator[tuple[str, Processes]]:
    """A scheduler's address, and the processes of its two workers."""
    with workers.cluster() as started:
        yield started


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "CHECK_INS_TOGETHER", 1)


def built(data: Path, compute: Compute) -> Version:
    # Nothing is taken over from the version before: all parts are computed.
    (data / "CURRENT").unlink(missing_ok=True)
    with batches.locked(data):
        return build.build(data, compute=compute)


@pytest.mark.thorough
def test_a_cluster_gives_the_tables_of_a_local_build(
    data: Path, cluster: tuple[str, Processes], tmp_path: Path
) -> None:
    address, _ = cluster
    local = built(data, results.in_this_process)
    shared = tmp_path / "shared"
    assert differing(local, built(data, Cluster(address, str(shared)).compute), in_order=True) == []
    assert not list(shared.iterdir())


def test_a_worker_lost_in_the_middle_changes_nothing(
    data: Path, cluster: tuple[str, Processes], tmp_path: Path
) -> None:
    """Of two workers; the other one computes what is left, and for all tests after this one."""
    address, processes = cluster

    def interrupted(parts: Sequence[Part], facts: Facts, in_force: Policy) -> Iterator[Frames]:
        assert len(parts) == 4
        for number, found in enumerate(
            Cluster(address, (tmp_path / "shared").as_uri()).compute(parts, facts, in_force)
        ):
            if number == 0:
                processes[0].kill()
            yield found

    lost = built(data, interrupted)
    assert processes[0].wait() < 0
    assert differing(built(data, results.in_this_process), lost, in_order=True) == []
    assert not list((tmp_path / "shared").iterdir())


@pytest.mark.thorough
def test_the_command_shows_how_far_it_is(data: Path, cluster: tuple[str, Processes]) -> None:
    (data / "CURRENT").unlink(missing_ok=True)
    above, below = pty.openpty()
    small = "import pipelines.results as r; r.CHECK_INS_TOGETHER = 1; from pipelines.cli import main; main()"
    command = [sys.executable, "-c", small, "build", "--data", str(data), "--dask", cluster[0]]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=below, env={**os.environ, "OKR_LANG": "en"}, check=False
    )
    assert (done.returncode, done.stdout[:9]) == (0, b"Published")
    assert re.search(r"Computing .*100%", os.read(above, 100_000).decode())


@pytest.mark.parametrize(("language", "words"), [("en", "could not compute"), ("zh_CN", "无法计算")])
def test_a_cluster_that_is_not_there_is_told_soon(
    data: Path, language: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "REACHED", 1.0)
    began = time.monotonic()
    done = CliRunner(env={"OKR_LANG": language}).invoke(
        main, ["build", "--data", str(data), "--dask", "tcp://127.0.0.1:9"]
    )
    assert (done.exit_code, words in done.output) == (2, True)
    assert time.monotonic() - began < 10


def test_a_scheduler_without_workers_is_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.cluster.PATIENCE", 1.0)
    with workers.cluster(0) as (address, _):
        done = CliRunner(env={"OKR_LANG": "en"}).invoke(main, ["build", "--data", str(data), "--dask", address])
    assert done.exit_code == 2
    assert "0/1 workers" in done.output
    assert not list((data / "shared").glob("*"))


def test_the_command_tells_how_much_the_cluster_computed(data: Path, cluster: tuple[str, Processes]) -> None:
    (data / "CURRENT").unlink(missing_ok=True)
    for told in ("4.", "0; the results of the other 4 are taken over"):
        call = ["build", "--data", str(data), "--dask", cluster[0]]
        done = CliRunner(env={"OKR_LANG": "en"}).invoke(main, call)
        assert (done.exit_code, f"{cluster[0]}: {told}" in done.output) == (0, True)


def test_a_place_to_share_alone_is_a_wrong_call(data: Path) -> None:
    done = CliRunner().invoke(main, ["build", "--data", str(data), "--shared", "anywhere"])
    assert done.exit_code == 2
    assert "--dask" in done.output
