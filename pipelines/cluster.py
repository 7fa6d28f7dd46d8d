"""Computing parts on a Dask cluster: facts and results travel through storage that all its machines share."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import fsspec
import pandas as pd
from distributed import Client

from pipelines.history import History
from pipelines.policy import Policy
from pipelines.results import Facts, Frames, Part, results_of

PATIENCE = 30.0
"""Seconds within which a first worker has to be there: without one nothing would ever be computed."""


@dataclass(frozen=True)
class Cluster:
    """A scheduler's address, and a folder or URL at which the driver and all workers find the same files."""

    address: str
    shared: str

    def compute(self, parts: Sequence[Part], facts: Facts, in_force: Policy) -> Iterator[Frames]:
        """The results of the parts, in their order, each part computed by whichever worker is free.

        The driver holds one part at a time. A part whose worker is lost is computed again by another one. Raises
        TimeoutError where the scheduler has no worker.
        """
        with Client(self.address) as client, _folder(self.shared) as folder:
            client.wait_for_workers(1, timeout=PATIENCE)
            waiting = {}
            for number, part in enumerate(parts):
                place = f"{folder}/{number}"
                _write(f"{place}/facts", facts(part).frames())
                waiting[place] = client.submit(_computed, place, part, in_force, pure=False)
            for place in list(waiting):
                found = _read(f"{place}/results", waiting[place].result())
                # What is held on to would be computed again with the worker that gave it.
                del waiting[place]
                _remove(place)
                yield found


def _computed(place: str, part: Part, in_force: Policy) -> list[str]:
    """On a worker: the results of the part whose facts lie there, written beside them; the names of the tables."""
    facts = _read(f"{place}/facts", list(History.of().frames()))
    found = results_of(History.of(**facts), in_force, cycles=part.cycles)
    _write(f"{place}/results", found)
    return list(found)


def _write(place: str, frames: Frames) -> None:
    files, folder = fsspec.core.url_to_fs(place)
    files.makedirs(folder, exist_ok=True)
    for name, frame in frames.items():
        frame.to_parquet(f"{place}/{name}.parquet", index=False)


def _read(place: str, names: Sequence[str]) -> dict[str, pd.DataFrame]:
    return {name: pd.read_parquet(f"{place}/{name}.parquet") for name in names}


@contextmanager
def _folder(shared: str) -> Iterator[str]:
    """A folder of its own for one build, gone when it ends."""
    folder = f"{shared.rstrip('/')}/build-{uuid4().hex}"
    try:
        yield folder
    finally:
        _remove(folder)


def _remove(place: str) -> None:
    files, folder = fsspec.core.url_to_fs(place)
    if files.exists(folder):
        files.rm(folder, recursive=True)
