"""Prints how long a build takes on a Dask cluster of this machine, and what the driver's memory is after each part.

`python -m tests.benchmarks.on_cluster DATA [WORKERS]` computes all of a loaded folder anew. It asserts nothing.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines import batches, build
from pipelines.cluster import Cluster
from pipelines.policy import Policy
from pipelines.results import Facts, Frames, Part
from tests.serving import resident
from tests.workers import cluster


def main(data: Path, workers: int) -> None:
    """Print one line for each part, and the seconds of the whole."""
    (data / "CURRENT").unlink(missing_ok=True)
    with cluster(workers) as (address, processes), tempfile.TemporaryDirectory() as shared:

        def told(parts: Sequence[Part], facts: Facts, in_force: Policy) -> Iterator[Frames]:
            for part, found in zip(parts, Cluster(address, shared).compute(parts, facts, in_force), strict=True):
                held = ", ".join(f"{resident(process.pid) / 1e6:.0f}" for process in processes)
                say(f"{', '.join(part.cycles)}: driver {resident(os.getpid()) / 1e6:.0f} MB, workers {held} MB")
                yield found

        start = time.perf_counter()
        with batches.locked(data):
            build.build(data, compute=told)
        say(f"{time.perf_counter() - start:.1f} s with {workers} workers")


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2)
