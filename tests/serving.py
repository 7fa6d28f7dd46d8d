"""The pages as a reader's browser finds them: `okr dashboard` as a process of its own, on loopback."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60.0
"""Seconds within which even a busy machine has started a server."""


@dataclass(frozen=True)
class Server:
    """A dashboard that serves: where, as which process, and the file with what it says."""

    address: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def megabytes(self) -> float:
        """The memory it holds, with that of the process it serves with."""
        return sum(resident(pid) for pid in (self.process.pid, *_children(self.process.pid))) / 1e6

    def complaints(self) -> int:
        """How many errors it has logged."""
        return self.log.read_text(encoding="utf-8").count("Traceback (most recent call last)")


@contextmanager
def serving(data_dir: Path, log: Path, **environment: str) -> Iterator[Server]:
    """A dashboard on a free port of loopback; it has ended when this ends."""
    port = free_port()
    command = [sys.executable, "-m", "pipelines", "dashboard", "--port", str(port), "--data", str(data_dir)]
    with log.open("wb") as said:
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=said, stderr=said)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/_stcore/health", process)
        yield Server(address, process, log)
    finally:
        process.terminate()
        process.wait(timeout=30)


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Until the address answers; TimeoutError if it does not, or if the process has ended."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{address} does not answer")


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def resident(pid: int) -> int:
    """Bytes of memory that the process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
