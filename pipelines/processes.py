"""Computing parts in several processes of this machine."""

from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor
from pathlib import Path

from pipelines.policy import Policy
from pipelines.results import Compute, Facts, Frames, Part, in_this_process

AT_ONCE = 2
"""Each takes a gigabyte for a part of a million check-ins; this process reads and writes for all of them."""
IDLE = 60
"""Seconds after which a process ends that nobody asks for anything, as where the one that asked was killed."""
# A process that holds a large part is no leak; loky would end it and start another one.
SETTINGS = {"LOKY_MAX_MEMORY_LEAK_SIZE": "1e15"}


def in_processes(folder: Path) -> Compute:
    """Compute by two processes where there are several parts; what passes between them lies in the folder meanwhile.

    What a lost process leaves undone, as for want of memory, or has no room there, is computed in this one.
    """

    def _computed(parts: Sequence[Part], facts: Facts, in_force: Policy) -> Iterator[Frames]:
        done = 0
        try:
            for found in _at_once(folder, parts, facts, in_force) if len(parts) > 1 else ():
                yield found
                done += 1
        except (BrokenExecutor, OSError):
            pass
        yield from in_this_process(parts[done:], facts, in_force)

    return _computed


def _at_once(folder: Path, parts: Sequence[Part], facts: Facts, in_force: Policy) -> Iterator[Frames]:
    # Only large builds need these, and importing them takes a tenth of a second. Python's own pool would import the
    # script that called in each process as well, and cannot end them while they work.
    from loky import ProcessPoolExecutor  # noqa: PLC0415

    from pipelines.exchange import computed_elsewhere, ready  # noqa: PLC0415

    pool = ProcessPoolExecutor(AT_ONCE, timeout=IDLE, env=SETTINGS)
    try:
        # They start while the first part is read.
        for _ in range(AT_ONCE):
            pool.submit(ready)
        yield from computed_elsewhere(parts, facts, in_force, submit=pool.submit, shared=str(folder), ahead=2 * AT_ONCE)
    finally:
        pool.shutdown(kill_workers=True)
