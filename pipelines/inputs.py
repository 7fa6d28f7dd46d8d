"""Which files a call means, and the name under which each is known from then on.

A file is known as its folder and its name (`reports/goals.xlsx`), in a folder given as a whole as the way from that
folder down (`reports/2025/goals.xlsx`): the same files give the same names from any working directory.
"""

import glob
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipelines.problems import InputError, Problem, rule
from pipelines.sources import SUFFIXES

NOT_FOUND = rule("path_not_found", "set_aside", "there is no such file or folder, and no file fits it as a pattern.")
NOTHING_IN = rule("folder_without_files", "set_aside", "the folder holds no file that can be read ({suffixes}).")
IGNORED = rule(
    "file_ignored",
    "doubtful",
    "files of this kind are not read, so it was left out. Remove it, or save its data as one of {suffixes}.",
)


@dataclass(frozen=True)
class InputFile:
    """A file and the name under which it is known."""

    path: Path
    name: str


@dataclass(frozen=True)
class Inputs:
    """The files to read in name order, and the names of those in a folder that cannot be read."""

    files: tuple[InputFile, ...]
    ignored: tuple[str, ...]


def expand(paths: Iterable[Path], *, apart_from: Path) -> Inputs:
    """All files that the paths mean: files, whole folders and patterns; nothing from the data folder itself."""
    once: dict[Path, InputFile] = {}
    for given in paths:
        found = [file for path in _fitting(given) for file in _below(path, apart_from)]
        if not found:
            raise InputError(Problem(NOTHING_IN, str(given), details=_suffixes()))
        for file in found:
            once.setdefault(file.path, file)
    named = _distinct(list(once.values()))
    readable = [file for file in named if file.path in _explicit(paths) or _is_readable(file.path)]
    ignored = sorted(file.name for file in named if file not in readable)
    return Inputs(tuple(sorted(readable, key=lambda file: file.name)), tuple(ignored))


def ignored_file(name: str) -> Problem:
    """What is said of a file in a folder that was left out."""
    return Problem(IGNORED, name, details=_suffixes())


def _fitting(given: Path) -> list[Path]:
    found = [given] if given.exists() else [Path(path) for path in sorted(glob.glob(str(given), recursive=True))]  # noqa: PTH207
    if not found:
        raise InputError(Problem(NOT_FOUND, str(given)))
    return [_absolute(path) for path in found]


def _below(path: Path, apart_from: Path) -> list[InputFile]:
    if path.is_file():
        return [InputFile(path, f"{path.parent.name}/{path.name}".lstrip("/"))]
    data = _absolute(apart_from)
    inside = (file for file in sorted(path.rglob("*")) if file.is_file() and data not in file.parents)
    return [InputFile(file, file.relative_to(path.parent).as_posix()) for file in inside if not _is_hidden(file, path)]


def _is_hidden(file: Path, folder: Path) -> bool:
    """Hidden files and folders, the lock files beside an open workbook, and the page that says what a folder holds."""
    parts = file.relative_to(folder).parts
    about = file.stem.casefold() == "readme" and not _is_readable(file)
    return about or any(part.startswith((".", "~$")) for part in parts)


def _distinct(files: list[InputFile]) -> list[InputFile]:
    """Files of one name in different places are told apart by their whole path."""
    names = [file.name for file in files]
    return [file if names.count(file.name) == 1 else InputFile(file.path, file.path.as_posix()) for file in files]


def _explicit(paths: Iterable[Path]) -> set[Path]:
    return {_absolute(path) for path in paths if path.is_file()}


def _is_readable(path: Path) -> bool:
    name = path.name.casefold().removesuffix(".gz")
    return name.endswith(SUFFIXES)


def _absolute(path: Path) -> Path:
    # Not resolved: a link to this month's folder keeps the link's name.
    return Path(os.path.abspath(path))  # noqa: PTH100


def _suffixes() -> dict[str, object]:
    return {"suffixes": ", ".join(SUFFIXES)}
