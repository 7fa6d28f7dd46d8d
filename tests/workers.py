"""A Dask cluster of real processes, on loopback."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from distributed import Client

from tests.serving import free_port

Processes = list["subprocess.Popen[bytes]"]


@contextmanager
def cluster(number: int = 2) -> Iterator[tuple[str, Processes]]:
    """A scheduler's address, and the processes of its workers; all have ended when this ends."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    scheduler = _started("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    workers = [worker(address) for _ in range(number)]
    try:
        if number:
            wait_for(number, address)
        yield address, workers
    finally:
        for process in [*workers, scheduler]:
            process.kill()
            process.wait()


def worker(address: str) -> "subprocess.Popen[bytes]":
    """One more worker of that scheduler."""
    return _started("worker", address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard")


def wait_for(number: int, address: str) -> None:
    """Until the scheduler has so many workers."""
    with Client(address, timeout=60) as client:
        client.wait_for_workers(number, timeout=60)


def _started(*command: str) -> "subprocess.Popen[bytes]":
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([sys.executable, "-m", "dask", *command], **quiet)  # type: ignore[call-overload, no-any-return]
