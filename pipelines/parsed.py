"""What one file gave, and where that is kept: Parquet in a folder named by the hash of all it depends on."""

import dataclasses
import json
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from pipelines import originals
from pipelines.problems import Problem, as_frame
from pipelines.schema import FACTS, PROBLEM, conform, stated_columns
from pipelines.sources.raw import RawTable
from pipelines.tidy.sheet import Decision
from pipelines.wording import LANGUAGES

SHEETS = "sheets.json"
UNPRINTED = ("decisions", "columns")


@dataclass(frozen=True)
class SheetCount:
    """What was recognised in one sheet, and how many of its rows went where; rows_in = kept + set_aside + skipped.

    `columns` holds the letters and the header of the column that gave each field.
    """

    file: str
    sheet: str | None
    layout: str | None = None
    table: str | None = None
    facts: dict[str, int] = field(default_factory=dict)
    rows_in: int = 0
    kept: int = 0
    set_aside: int = 0
    skipped: int = 0
    decisions: tuple[dict[str, str], ...] = ()
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """What the commands print of it."""
        return {name: value for name, value in dataclasses.asdict(self).items() if name not in UNPRINTED}


@dataclass(frozen=True)
class Parsed:
    """The facts of one file by table, its sheets and what was found wrong; without facts the file failed.

    The facts may be left where they are kept; the sheets count them.
    """

    facts: dict[str, pd.DataFrame]
    sheets: tuple[SheetCount, ...]
    problems: pd.DataFrame

    @property
    def failed(self) -> bool:
        """Whether the file gave nothing at all."""
        return not any(count for sheet in self.sheets for count in sheet.facts.values())

    @property
    def complete(self) -> bool:
        """Whether nothing of the file was set aside."""
        return not (self.problems["kind"] == "set_aside").any()


def in_languages(decisions: Sequence[Decision]) -> tuple[dict[str, str], ...]:
    """What was decided, in each language."""
    return tuple({language: told.told(language) for language in LANGUAGES} for told in decisions)


def parsed(facts: Sequence[dict[str, pd.DataFrame]], sheets: Sequence[SheetCount], problems: list[Problem]) -> Parsed:
    """One file's sheets together, in their order."""
    together = {}
    for table in FACTS:
        frames = [conform(sheet[table.name], stated_columns(table)) for sheet in facts if table.name in sheet]
        if frames:
            together[table.name] = pd.concat(frames, ignore_index=True)
    return Parsed(together, tuple(sheets), as_frame(problems))


def store(data_dir: Path, digest: str, content: Parsed, tables: Sequence[RawTable] = ()) -> None:
    """Keep what the file gave, and its tables as they stood."""
    with aside(data_dir, digest) as new:
        for name, frame in content.facts.items():
            frame.to_parquet(new / f"{name}.parquet", index=False)
        tell(new, content)
        originals.keep(new, tables)


@contextmanager
def aside(data_dir: Path, digest: str) -> Iterator[Path]:
    """A folder to write to that takes the place of what the file gave before, once all is written.

    Written aside and renamed, so that a folder of this name is always whole; one in which nothing is told is dropped.
    """
    new = data_dir / "files" / f".{digest}"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        yield new
        if (new / SHEETS).exists():
            # What was kept under this hash could not be read, else it would not be written again.
            shutil.rmtree(folder(data_dir, digest), ignore_errors=True)
            new.rename(folder(data_dir, digest))
    finally:
        shutil.rmtree(new, ignore_errors=True)


def tell(new: Path, content: Parsed) -> None:
    """Keep beside the facts what is told of the file: its sheets and what was found wrong."""
    content.problems.to_parquet(new / "problem.parquet", index=False)
    sheets = json.dumps([dataclasses.asdict(sheet) for sheet in content.sheets], ensure_ascii=False)
    (new / SHEETS).write_text(sheets, encoding="utf-8")


def load(data_dir: Path, digest: str, *, but: Collection[str] = ()) -> Parsed | None:
    """What the file gave, if it is kept and can be read; the tables left out must be there all the same."""
    try:
        return _read(folder(data_dir, digest), but)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def look_through(data_dir: Path, digest: str) -> Parsed | None:
    """What the file gave, if all of it can be read, with its facts left where they are kept."""
    try:
        content = _read(folder(data_dir, digest), but={table.name for table in FACTS})
        for path in folder(data_dir, digest).glob("*.parquet"):
            _try(path)
        return content
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _read(kept: Path, but: Collection[str]) -> Parsed:
    sheets = [SheetCount(**entry) for entry in json.loads((kept / SHEETS).read_text(encoding="utf-8"))]
    paths = {table: path for table in FACTS if (path := kept / f"{table.name}.parquet").exists()}
    told = {name for sheet in sheets for name, count in sheet.facts.items() if count}
    if lost := sorted(told - {table.name for table in paths}):
        raise FileNotFoundError(", ".join(lost))
    facts = {
        table.name: conform(pd.read_parquet(path), stated_columns(table))
        for table, path in paths.items()
        if table.name not in but
    }
    problems = conform(pd.read_parquet(kept / "problem.parquet"), PROBLEM.columns)
    return Parsed(facts, tuple(sheets), problems)


def _try(path: Path) -> None:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches():
            batch.validate()


def prune(data_dir: Path, needed: set[str]) -> None:
    """Remove every kept file that no standing batch needs, and what a killed call left half written."""
    for kept in (data_dir / "files").glob("*"):
        if kept.name not in needed:
            shutil.rmtree(kept, ignore_errors=True)


def folder(data_dir: Path, digest: str) -> Path:
    """Where what the file gave is kept."""
    return data_dir / "files" / digest
