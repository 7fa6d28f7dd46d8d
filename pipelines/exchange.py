"""Parts computed by other processes: facts and results travel through storage that all of them reach."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Protocol
from uuid import uuid4

import fsspec
import pyarrow as pa
from pyarrow import parquet

from pipelines.policy import Policy
from pipelines.results import Facts, Frames, Part, results_of
from pipelines.schema import FACTS
from pipelines.warehouse import history_of


def ready() -> None:
    """In another process: nothing, but that it has imported by now what computing needs."""


class Promise(Protocol):
    """What another process will have done."""

    def result(self) -> list[str]:
        """What it gave, once it is there, or what it raised."""


Submit = Callable[[Callable[[str, Part, Policy], list[str]], str, Part, Policy], Promise]


def computed_elsewhere(
    parts: Sequence[Part], facts: Facts, in_force: Policy, *, submit: Submit, shared: str, ahead: int
) -> Iterator[Frames]:
    """The results of the parts, in their order, each computed by the process to which `submit` gives it.

    shared: a folder or URL. At most as many parts lie there as `ahead` says; this process holds one at a time.
    """
    waiting = deque[tuple[str, Promise]]()
    with _folder(shared) as folder:
        for number, part in enumerate(parts):
            place = f"{folder}/{number}"
            _write(f"{place}/facts", facts(part))
            waiting.append((place, submit(_computed, place, part, in_force)))
            if len(waiting) == ahead:
                yield _taken(*waiting.popleft())
        while waiting:
            # What is held on to Dask would compute again with the worker that gave it.
            yield _taken(*waiting.popleft())


def _computed(place: str, part: Part, in_force: Policy) -> list[str]:
    """In another process: the results of the part whose facts lie there, written beside them; their names."""
    facts = _read(f"{place}/facts", [table.name for table in FACTS])
    found = results_of(history_of(facts), in_force, cycles=part.cycles)
    tables = {name: pa.Table.from_pandas(frame, preserve_index=False) for name, frame in found.items()}
    _write(f"{place}/results", tables)
    return list(found)


def _taken(place: str, promise: Promise) -> Frames:
    found = _read(f"{place}/results", promise.result())
    _remove(place)
    return {name: table.to_pandas() for name, table in found.items()}


def _write(place: str, tables: Mapping[str, pa.Table]) -> None:
    files, folder = fsspec.core.url_to_fs(place)
    files.makedirs(folder, exist_ok=True)
    for name, table in tables.items():
        parquet.write_table(table, f"{folder}/{name}.parquet", filesystem=files)


def _read(place: str, names: Sequence[str]) -> dict[str, pa.Table]:
    files, folder = fsspec.core.url_to_fs(place)
    return {name: parquet.read_table(f"{folder}/{name}.parquet", filesystem=files) for name in names}


@contextmanager
def _folder(shared: str) -> Iterator[str]:
    """A folder of its own for one build, gone when it ends."""
    folder = f"{shared.rstrip('/')}/build-{uuid4().hex}"
    try:
        yield folder
    finally:
        # A process that is about to be ended may still write there.
        with suppress(OSError):
            _remove(folder)


def _remove(place: str) -> None:
    files, folder = fsspec.core.url_to_fs(place)
    if files.exists(folder):
        files.rm(folder, recursive=True)
