"""The product's own commands in processes of their own: the only place where pages cause something to be written."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.cli.headway import SIGN

READ_ONLY = "OKR_READ_ONLY"


@dataclass(frozen=True)
class Step:
    """How far a load has come: files read, files in all, and the one being read."""

    done: int
    of: int
    file: str


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit code, what it reported, and what it said."""

    code: int
    report: Any
    said: str


def is_read_only() -> bool:
    """Whether the pages only show, as `okr dashboard --read-only` says."""
    return bool(os.environ.get(READ_ONLY))


def preview(path: Path, data_dir: Path, *, mapping: Path | None, hidden: bool, language: str) -> Outcome:
    """What loading the file would give, as `okr preview` reports it."""
    return _done(["preview", path, *_manner(mapping, hidden=hidden)], data_dir, language)


def undo(batch: int, data_dir: Path, *, language: str) -> Outcome:
    """Withdraw a batch."""
    return _done(["undo", batch], data_dir, language)


def ingest(
    paths: Sequence[Path], data_dir: Path, *, mapping: Path | None, hidden: bool, replace: bool, language: str
) -> Iterator[Step | Outcome]:
    """Load files: a step whenever one is begun, and at last the outcome."""
    words = ["ingest", *paths, *_manner(mapping, hidden=hidden), *(["--replace"] if replace else [])]
    said = []
    with tempfile.TemporaryFile("w+", encoding="utf-8") as printed:
        with _started([*words, "--json", "--progress"], data_dir, language, printed) as process:
            for line in process.stderr or ():
                if line.startswith(f"{SIGN}\t"):
                    _, done, of, file = line.rstrip("\n").split("\t", 3)
                    yield Step(int(done), int(of), file)
                else:
                    said.append(line)
        printed.seek(0)
        yield Outcome(process.returncode, _report(printed.read()), "".join(said).strip())


def _manner(mapping: Path | None, *, hidden: bool) -> list[object]:
    return [*(["--mapping", mapping] if mapping else []), *(["--hidden"] if hidden else [])]


def _done(words: Sequence[object], data_dir: Path, language: str) -> Outcome:
    with _started(words, data_dir, language, subprocess.PIPE) as process:
        printed, said = process.communicate()
    return Outcome(process.returncode, _report(printed), "\n".join(filter(None, (said.strip(), _plain(printed)))))


def _started(words: Sequence[object], data_dir: Path, language: str, out: Any) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "pipelines", *map(str, words), "--data", str(data_dir.absolute())]
    environment = {**os.environ, "OKR_LANG": language, "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(  # noqa: S603 - our own interpreter
        command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE, text=True,
        encoding="utf-8",
    )  # fmt: skip


def _report(printed: str) -> Any:
    return json.loads(printed) if printed.startswith(("{", "[")) else None


def _plain(printed: str) -> str:
    return "" if printed.startswith(("{", "[")) else printed.strip()
