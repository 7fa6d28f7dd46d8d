"""The ledger: which batches stand, and which load of each file they hold. Batch numbers are never used again."""

import dataclasses
import fcntl
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines import parsed
from pipelines.parsed import SheetCount
from pipelines.problems import InputError, Problem, rule

FORMAT = 1

BUSY = rule(
    "ledger_busy", "set_aside", "another load, undo or build is at work here. Wait until it is done, then repeat."
)
NO_BATCH = rule(
    "batch_unknown", "set_aside", "there is no batch {value} to withdraw. `okr batches` lists those that stand."
)
NOTHING_STANDS = rule("no_batch_stands", "set_aside", "there is no batch to withdraw: nothing is loaded.")
NOT_WRITABLE = rule(
    "data_not_writable",
    "set_aside",
    "the data folder cannot be written ({reason}). Make room, ask for the right to write, "
    "or choose another with --data; then repeat the call.",
)
NEWER = rule(
    "ledger_newer",
    "set_aside",
    "this was made by a newer version of OKR History. Install that version, or choose another folder with --data.",
)
DAMAGED = rule(
    "ledger_damaged",
    "set_aside",
    "this record of a batch cannot be read ({reason}). Move it away and load the batch's files again.",
)


@dataclass(frozen=True)
class Load:
    """One load of a file: its hash, its sheets, and for a file that failed what is wrong with it."""

    name: str
    digest: str
    sheets: tuple[SheetCount, ...]
    failed: bool = False
    problems: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Batch:
    """Files loaded together, in order; with `replace` earlier loads of the same names are withdrawn."""

    number: int
    loaded_at: str
    files: tuple[Load, ...]
    replace: bool = False
    ignored: tuple[str, ...] = ()


@contextmanager
def locked(data_dir: Path) -> Iterator[None]:
    """Nobody else writes to the data folder meanwhile; raises InputError where somebody does, or nobody can."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with (data_dir / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
    except BlockingIOError:
        raise InputError(Problem(BUSY, str(data_dir))) from None
    except OSError as error:
        raise InputError(Problem(NOT_WRITABLE, str(data_dir), details={"reason": error.strerror or error})) from error


def standing(data_dir: Path) -> list[Batch]:
    """The batches that stand, in order."""
    return [_read(path) for path in sorted((data_dir / "batches").glob("*.json"))]


def replacements(batches: Sequence[Batch]) -> dict[tuple[int, str], int]:
    """The loads that no longer count, by batch and file name, each with the batch that replaces it.

    A load replaces earlier ones of its name where the call said so; one that failed is replaced by any later one.
    """
    replaced: dict[tuple[int, str], int] = {}
    counting: dict[str, list[tuple[int, Load]]] = {}
    for batch in batches:
        for load in batch.files:
            whole = batch.replace and not load.failed
            before = counting.get(load.name, [])
            replaced |= {(number, load.name): batch.number for number, old in before if whole or old.failed}
            counting[load.name] = [entry for entry in before if not (whole or entry[1].failed)] + [(batch.number, load)]
    return replaced


def effective(batches: Sequence[Batch]) -> list[tuple[Batch, Load]]:
    """The loads that count, in order: all but those that are replaced."""
    replaced = replacements(batches)
    return [(batch, load) for batch in batches for load in batch.files if (batch.number, load.name) not in replaced]


def holds(batches: Sequence[Batch], files: Sequence[Load], *, replace: bool) -> bool:
    """Whether the last standing load of each name is this very file (and the only one, where it is to replace)."""
    loads = [load for _, load in effective(batches)]
    last = {load.name: (load.digest, load.failed) for load in loads}
    same = all(last.get(file.name) == (file.digest, file.failed) for file in files)
    names = [load.name for load in loads]
    return same and not (replace and any(names.count(file.name) > 1 for file in files))


def add(data_dir: Path, files: Sequence[Load], *, replace: bool, ignored: Sequence[str]) -> Batch:
    """A new batch of these files, from now on standing."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    batch = Batch(_next_number(data_dir), now, tuple(files), replace, tuple(ignored))
    target = _path(data_dir, batch.number)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_suffix(".writing")
    content = {"format": FORMAT, **dataclasses.asdict(batch)}
    aside.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    aside.replace(target)
    return batch


def undo(data_dir: Path, number: int | None = None) -> Batch:
    """Withdraw a batch, by default the last one that stands; what only it needed is removed."""
    batches = {batch.number: batch for batch in standing(data_dir)}
    if not batches:
        raise InputError(Problem(NOTHING_STANDS, str(data_dir)))
    wanted = max(batches) if number is None else number
    if wanted not in batches:
        raise InputError(Problem(NO_BATCH, str(data_dir), value=str(wanted)))
    _path(data_dir, wanted).rename(_path(data_dir, wanted).with_suffix(".undone"))
    prune(data_dir)
    return batches[wanted]


def prune(data_dir: Path) -> None:
    """Remove parsed files that no standing batch holds, and a batch that a killed call left half entered."""
    for left in (data_dir / "batches").glob("*.writing"):
        left.unlink()
    parsed.prune(data_dir, {load.digest for batch in standing(data_dir) for load in batch.files})


def _next_number(data_dir: Path) -> int:
    used = [int(path.stem) for path in (data_dir / "batches").glob("*") if path.stem.isdigit()]
    return max(used, default=0) + 1


def _path(data_dir: Path, number: int) -> Path:
    return data_dir / "batches" / f"{number:06d}.json"


def _read(path: Path) -> Batch:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content.pop("format") > FORMAT:
            raise InputError(Problem(NEWER, str(path)))
        files = tuple(_load(entry) for entry in content.pop("files"))
        return Batch(files=files, **{**content, "ignored": tuple(content["ignored"])})
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(Problem(DAMAGED, str(path), details={"reason": error})) from error


def _load(entry: dict[str, Any]) -> Load:
    sheets = tuple(SheetCount(**sheet) for sheet in entry.pop("sheets"))
    return Load(sheets=sheets, **{**entry, "problems": tuple(entry["problems"])})
