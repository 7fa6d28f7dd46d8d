"""The versions of a data folder as files: their names, the pointer to the current one, and which are kept."""

import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from pipelines.problems import InputError, Problem, rule

KEPT_VERSIONS = 3

DAMAGED = rule("warehouse_damaged", "set_aside", "this warehouse cannot be read ({reason}). Run `okr build`.")


@dataclass(frozen=True)
class Version:
    """One published state of the warehouse."""

    name: str
    path: Path


def aside(data_dir: Path) -> Path:
    """Where something is put while the next version is written; what a killed build leaves there is pruned."""
    return data_dir / "versions" / f".building-{secrets.token_hex(4)}"


def named(data_dir: Path, name: str) -> Version:
    """The version of that name, whether it is there or not."""
    return Version(name, data_dir / "versions" / f"{name}.duckdb")


def fresh(data_dir: Path) -> Version:
    """A version whose name was never used before."""
    numbers = [int(found[1]) for path in _files(data_dir) if (found := re.match(r"okr-(\d+)", path.name))]
    return named(data_dir, f"okr-{max(numbers, default=0) + 1:06d}-{secrets.token_hex(4)}")


def pointed(data_dir: Path) -> str | None:
    """The name of the current version; none where there is no pointer."""
    try:
        name = (data_dir / "CURRENT").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        name = ""
    if not re.fullmatch(r"okr-\d+-[0-9a-f]+", name):
        raise damaged(data_dir / "CURRENT", "it does not name a version")
    return name


def point(data_dir: Path, version: Version) -> None:
    """Make the version the current one, at once or not at all."""
    aside = data_dir / ".CURRENT"
    aside.write_text(version.name, encoding="utf-8")
    aside.replace(data_dir / "CURRENT")


def published(data_dir: Path) -> list[Version]:
    """The version the pointer names and those before it, oldest first; a later one was never pointed to."""
    try:
        last = pointed(data_dir)
    except InputError:
        last = None
    found = [Version(path.stem, path) for path in _files(data_dir)]
    # Without a pointer nobody knows which was the last one published.
    return [version for version in found if version.name <= last] if last else found


def prune(data_dir: Path) -> None:
    """Keep the last versions; what was begun and never published must not fill the disk either."""
    kept = {version.path for version in published(data_dir)[-KEPT_VERSIONS:]}
    folder = data_dir / "versions"
    for left in [
        *folder.glob(".building-*"),
        *folder.glob("okr-*.wal"),
        *(path for path in _files(data_dir) if path not in kept),
    ]:
        # A process that a killed build left behind may still write there; the next build removes the rest.
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


def damaged(path: Path, reason: str) -> InputError:
    """What is said of a version, or of the pointer, that cannot be read."""
    return InputError(Problem(DAMAGED, str(path), details={"reason": " ".join(reason.split())}))


def _files(data_dir: Path) -> list[Path]:
    return sorted((data_dir / "versions").glob("okr-*.duckdb"))
