"""Kills `okr` at moments spread over all it does and looks for what is lost: `make kill` (ROUNDS=200).

A round starts a load, a build or an undo on a small company, kills it, and compares what it had acknowledged with the
ledger; a reader in a process of its own asks for the figures all the while. Every fourth round the next load has to
work, and all facts are counted. Calls are forked from a process that has imported everything: to import takes longer
than to load so little, and then nearly all kills would meet an import.
"""

import argparse
import importlib
import itertools
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from subprocess import PIPE

from pipelines import batches, parsed, versions, warehouse
from pipelines.cli import COMMANDS
from pipelines.cli import main as main_command
from pipelines.ingest import ingest
from tests.pipelines.files import OBJECTIVES, write_csv, write_workbook

ROOT = Path(__file__).parents[1]
SELF = [sys.executable, "-m", "tests.killing"]
LOADED_LATE = ("scipy.stats", "pyarrow.parquet", "pyarrow.csv", "pyarrow.compute", "babel.messages.mofile")
LOADS_PER_FOLDER = 20
GOLDEN = 0.6180339887498949
KINDS = ("load", "load", "workbook", "build", "load", "undo")
SIGNS = (None, "batch", None, "building", None, "version", "pointer")
"""What a round waits for before it kills at once; without one it kills at a moment of its own."""
BEYOND = 1.2
"""The last moment, in durations of the call: some have to be done before."""


@dataclass
class Tally:
    """What the rounds met: kills by phase, what was lost, what the reader was told."""

    phases: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    losses: list[str] = field(default_factory=list)
    answers: int = 0
    refusals: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True)
class State:
    """What stands in a data folder: enough to tell how far a killed call came."""

    lock: int
    ledger: frozenset[str]
    files: frozenset[str]
    versions: frozenset[str]
    pointer: str

    @classmethod
    def of(cls, data: Path) -> "State":
        """As it is now."""
        lock = data / ".lock"
        pointer = data / "CURRENT"
        return cls(
            lock.stat().st_mtime_ns if lock.exists() else 0,
            *(frozenset(_names(data / folder)) for folder in ("batches", "files", "versions")),
            pointer.read_text() if pointer.exists() else "",
        )

    def reached(self, before: "State") -> str:
        """The phase in which a call was that began in the state before."""
        fresh = self.versions - before.versions
        signs = {
            "pointer moved": self.pointer != before.pointer,
            "version in place, pointer not moved": any(name.startswith("okr-") for name in fresh),
            "writing the version": any(name.startswith(".building") for name in fresh),
            "batch entered or withdrawn": _entered(self) != _entered(before),
            "batch half written": self.ledger != before.ledger,
            "file kept": self.files != before.files,
            "at work": self.lock != before.lock,
        }
        return next((phase for phase, seen in signs.items() if seen), "starting")


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()] if folder.exists() else []


def _entered(state: State) -> set[str]:
    return {name for name in state.ledger if name.endswith((".json", ".undone"))}


def rounds(folder: Path, count: int) -> Tally:
    """That many kills in data folders below this one, and what came of them."""
    tally, began = Tally(), time.monotonic()
    with subprocess.Popen([*SELF, "--serve"], cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True, bufsize=1) as server:
        for first in range(0, count, LOADS_PER_FOLDER):
            data = folder / f"data-{first}"
            data.mkdir()
            work = dict.fromkeys(KINDS, 1.0)
            with reading(data, tally):
                for number in range(first, min(first + LOADS_PER_FOLDER, count)):
                    _round(Call(server, folder, data, number), tally, work)
                _whole(data, tally)
        server.stdin.close()
    tally.seconds = time.monotonic() - began
    return tally


@dataclass
class Call:
    """One call of `okr` as a process of its own, which the server forks."""

    server: "subprocess.Popen[str]"
    folder: Path
    data: Path
    number: int
    status: int | None = None

    def __post_init__(self) -> None:
        self.kind = KINDS[self.number % len(KINDS)]
        self.sign = SIGNS[self.number % len(SIGNS)]
        self.output = self.folder / "output.txt"
        self.output.write_text("")
        self.before = State.of(self.data)
        words = [*_words(self.folder, self.kind, self.number), "--data", str(self.data)]
        self.server.stdin.write(json.dumps([str(self.output), *words]) + "\n")
        self.pid = int(self.server.stdout.readline())

    def ended(self) -> bool:
        """Whether it has ended by itself or been killed."""
        if self.status is None and select.select([self.server.stdout], [], [], 0)[0]:
            self.status = int(self.server.stdout.readline())
        return self.status is not None

    def kill(self) -> int:
        """Kill it at its sign, or at its moment; its exit code, -9 where it was killed."""
        if not self.ended():
            os.kill(self.pid, signal.SIGKILL)
        if self.status is None:
            self.status = int(self.server.stdout.readline())
        return self.status


def _round(call: Call, tally: Tally, work: dict[str, float]) -> None:
    """One call, killed; `work` holds how long calls of its kind work, as far as is known."""
    standing = {batch.number for batch in batches.standing(call.data)}
    _wait(call, work[call.kind] * BEYOND * (call.number * GOLDEN % 1))
    worked = (time.time_ns() - State.of(call.data).lock) / 1e9
    status = call.kill()
    said = call.output.read_text()
    if status != -signal.SIGKILL:
        work[call.kind] = worked
    tally.phases[State.of(call.data).reached(call.before) if status == -signal.SIGKILL else "done before"] += 1
    _check(call, standing, acknowledged="Loaded as batch" in said, tally=tally)
    if status not in (-signal.SIGKILL, 0) and "nothing is loaded" not in said:
        tally.losses.append(f"round {call.number}: {call.kind} exits {status}: {said[-500:]}")
    if call.number % 4 == 3:
        _whole(call.data, tally)


def _words(folder: Path, kind: str, number: int) -> list[str]:
    row = [f"o{number}", "2025-Q1", "Sales", f"Goal {number}", 0.5]
    if kind == "load":
        return ["ingest", str(write_csv(folder / f"in/{number}/objectives.csv", OBJECTIVES, row))]
    if kind == "workbook":
        return ["ingest", str(write_workbook(folder / f"in/{number}/book.xlsx", objectives=[OBJECTIVES, row]))]
    return [kind]


def _wait(call: Call, moment: float) -> None:
    """Until the sign, or until that many seconds after the call began to work (the first moments are before that)."""
    while not call.ended() and State.of(call.data).lock == call.before.lock and moment > 0.02:
        time.sleep(0.0002)
    until = time.monotonic() + moment
    while not call.ended() and not _shown(call) and (call.sign or time.monotonic() < until):
        time.sleep(0.0002)


def _shown(call: Call) -> bool:
    before = call.before
    now = State.of(call.data) if call.sign else before
    fresh = now.versions - before.versions
    return {
        None: False,
        "batch": _entered(now) != _entered(before),
        "building": any(name.startswith(".building") for name in fresh),
        "version": any(name.startswith("okr-") for name in fresh),
        "pointer": now.pointer != before.pointer,
    }[call.sign]


def _check(call: Call, before: set[int], *, acknowledged: bool, tally: Tally) -> None:
    """The ledger is as before the call, or as after it; what was acknowledged stands; no batch is half."""
    data, kind = call.data, call.kind
    standing = {batch.number: batch for batch in batches.standing(data)}
    tally.acknowledged += acknowledged
    lost, new = before - set(standing), set(standing) - before
    if len(lost) > (kind == "undo") or len(new) > (kind in ("load", "workbook")) or (acknowledged and not new):
        tally.losses.append(f"{kind}: lost {lost}, new {new}, acknowledged {acknowledged}")
    for batch in standing.values():
        contents = [parsed.load(data, load.digest) for load in batch.files]
        if not contents or any(content is None or len(content.facts["objective"]) != 1 for content in contents):
            tally.losses.append(f"batch {batch.number} is half")


def _whole(data: Path, tally: Tally) -> None:
    """The next load works, every standing batch's facts are in the figures, and nothing else lies about."""
    title = f"Goal after {tally.phases.total()} kills"
    path = write_csv(data.parent / "in" / title / "objectives.csv", OBJECTIVES, [title, "2025-Q1", "Sales", title, 0.5])
    report = ingest([path], data, today=date(2026, 1, 1))
    version = warehouse.current(data)
    if version is None or report.exit_code != 0:
        tally.losses.append(f"{title}: the next load failed")
        return
    tally.acknowledged += 1
    standing = batches.standing(data)
    found = set(warehouse.table(version, "objective")["batch_id"])
    if found != {batch.number for batch in standing}:
        tally.losses.append(f"facts of {found} instead of {[batch.number for batch in standing]}")
    needed = {load.digest for batch in standing for load in batch.files}
    left = {
        *(set(_names(data / "files")) - needed),
        *(name for name in _names(data / "batches") if not name.endswith((".json", ".undone"))),
        *(name for name in _names(data / "versions") if not name.startswith("okr-")),
        *(path.name for path in (data / "resolved").glob("*/.*")),
    }
    if left or len(_names(data / "versions")) > versions.KEPT_VERSIONS or len(_names(data / "resolved")) > 1:
        tally.losses.append(f"litter: {left}, {_names(data / 'versions')}, {_names(data / 'resolved')}")


class reading:  # noqa: N801 - reads as a word: with reading(...)
    """A reader in a process of its own that asks for the figures all the while, and counts what it gets."""

    def __init__(self, data: Path, tally: Tally) -> None:
        self.data, self.tally = data, tally

    def __enter__(self) -> None:
        command = [*SELF, "--read", str(self.data)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True)

    def __exit__(self, *_: object) -> None:
        told, _ = self.process.communicate("stop\n")
        answers, refusals = json.loads(told)
        self.tally.answers += answers
        self.tally.refusals += refusals


def read_on(data: Path, stopped: Iterator[bool]) -> tuple[int, list[str]]:
    """Ask for the figures until told to stop: how many answers came, each from a whole version, and what else."""
    answers, wrong, published = 0, [], False
    while not next(stopped):
        try:
            version = warehouse.current(data)
            tables = {name: warehouse.table(version, name) for name in ("batch", "objective")} if version else {}
        except Exception as error:  # whatever a reader is told is a loss
            wrong.append(repr(error))
            continue
        if published and not version:
            wrong.append("no version where there was one")
        published = published or version is not None
        # Every file holds one objective.
        if tables and len(tables["batch"]) != len(tables["objective"]):
            wrong.append(f"{len(tables['batch'])} files, {len(tables['objective'])} objectives")
        answers += bool(tables)
        time.sleep(0.05)
    return answers, wrong


def _told_to_stop() -> Iterator[bool]:
    os.set_blocking(sys.stdin.fileno(), False)
    return (bool(sys.stdin.read(1)) for _ in itertools.count())


def serve() -> None:
    """Fork a process for each call asked for; print its number when it begins and its exit code when it ends."""
    for module in ("pipelines.ingest", *(f"pipelines.cli.{name}" for name in COMMANDS), *LOADED_LATE):
        importlib.import_module(module)
    for line in iter(sys.stdin.readline, ""):
        output, *words = json.loads(line)
        if (process := os.fork()) == 0:
            with Path(output).open("w") as said:
                os.dup2(said.fileno(), 1)
                os.dup2(said.fileno(), 2)
            main_command(words)
        print(process, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)


def main() -> None:
    """Run the rounds and print what came of them; exits 1 where something was lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--read", type=Path)
    parser.add_argument("--serve", action="store_true")
    asked = parser.parse_args()
    if asked.serve:
        serve()
        return
    if asked.read:
        print(json.dumps(read_on(asked.read, _told_to_stop())))
        return
    with tempfile.TemporaryDirectory() as folder:
        tally = rounds(Path(folder), asked.rounds)
    print(f"{asked.rounds} rounds in {tally.seconds:.0f} s, killed while")
    for phase, count in tally.phases.most_common():
        print(f"  {count:4}  {phase}")
    print(f"{tally.acknowledged} loads acknowledged; losses: {len(tally.losses)}", *tally.losses, sep="\n  ")
    print(f"reader: {tally.answers} answers, {len(tally.refusals)} failures", *tally.refusals[:10], sep="\n  ")
    sys.exit(bool(tally.losses or tally.refusals))


if __name__ == "__main__":
    main()
