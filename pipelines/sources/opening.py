"""From a path to raw tables: what the file is, by its name and by its first bytes."""

import gzip
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from pipelines.problems import InputError, Problem
from pipelines.sources import SUFFIXES, rules
from pipelines.sources.delimited import read_delimited
from pipelines.sources.limits import MEGABYTE
from pipelines.sources.nested import read_json
from pipelines.sources.raw import RawTable
from pipelines.sources.records import read_jsonl, read_parquet
from pipelines.sources.workbook import read_workbook

LARGEST_UNPACKED = 4_000 * MEGABYTE
TEXT = "text"
READERS: dict[str, Callable[[Path, str], list[RawTable]]] = {
    ".xlsx": partial(read_workbook, suffix=".xlsx"),
    ".xls": partial(read_workbook, suffix=".xls"),
    ".ods": partial(read_workbook, suffix=".ods"),
    ".csv": read_delimited,
    ".tsv": partial(read_delimited, delimiter="\t"),
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".parquet": read_parquet,
}
CONTENTS = {suffix: TEXT if suffix in (".csv", ".tsv", ".json", ".jsonl") else suffix for suffix in SUFFIXES}
CONTENT_NAMES = {TEXT: ".csv / .tsv / .json / .jsonl"}


def read_file(path: Path, name: str) -> list[RawTable]:
    """The tables in the file, unpacked first if it is compressed; raises InputError if it cannot be read."""
    with unpacked(path, name) as plain:
        return _read_plain(plain, name, _suffix(plain, name))


@contextmanager
def unpacked(path: Path, name: str) -> Iterator[Path]:
    """The file itself, or what a compressed one holds."""
    if path.suffix.casefold() != ".gz":
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / path.stem
        _unpack(path, plain, name)
        yield plain


def _read_plain(path: Path, name: str, suffix: str) -> list[RawTable]:
    if path.stat().st_size == 0:
        raise InputError(Problem(rules.EMPTY, name))
    found = content_of(path)
    if found == ".encrypted":
        raise InputError(Problem(rules.ENCRYPTED, name))
    if found != CONTENTS[suffix]:
        details: dict[str, object] = {"suffix": suffix, "found": CONTENT_NAMES.get(found, found)}
        raise InputError(Problem(rules.WRONG_SUFFIX, name, details=details))
    tables = READERS[suffix](path, name)
    if not any(len(table.frame) for table in tables):
        raise InputError(Problem(rules.EMPTY, name))
    return tables


def _suffix(path: Path, name: str) -> str:
    suffix = path.suffix.casefold()
    if suffix not in READERS:
        details: dict[str, object] = {"suffix": path.suffix or path.name, "accepted": ", ".join(SUFFIXES)}
        raise InputError(Problem(rules.UNKNOWN_SUFFIX, name, details=details))
    return suffix


def content_of(path: Path) -> str:
    """What kind of file this is, by its first bytes."""
    with path.open("rb") as file:
        start = file.read(512)
    if start.startswith(b"PK\x03\x04"):
        return _zip_content(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound_content(path)
    if start.startswith(b"PAR1"):
        return ".parquet"
    if start.startswith(b"\x1f\x8b"):
        return ".gz"
    return ".html" if start.lstrip().lower().startswith((b"<html", b"<!doctype html", b"<?xml", b"<table")) else TEXT


def _zip_content(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        # Cut off: let the suffix decide, its reader tells what is wrong.
        return path.suffix.casefold() if path.suffix.casefold() in (".xlsx", ".ods") else ".zip"
    if "xl/workbook.xml" in names:
        return ".xlsx"
    return ".ods" if "content.xml" in names else ".zip"


def _compound_content(path: Path) -> str:
    # Encrypted workbooks are OLE2 files with a stream of this name, in UTF-16.
    return ".encrypted" if "EncryptedPackage".encode("utf-16-le") in path.read_bytes() else ".xls"


def _unpack(path: Path, plain: Path, name: str) -> None:
    try:
        with gzip.open(path, "rb") as packed, plain.open("wb") as unpacked:
            _copy(packed, unpacked, name)
    except gzip.BadGzipFile:
        found = content_of(path)
        details: dict[str, object] = {"suffix": ".gz", "found": CONTENT_NAMES.get(found, found)}
        raise InputError(Problem(rules.WRONG_SUFFIX, name, details=details)) from None
    except (EOFError, zlib.error) as error:
        raise InputError(Problem(rules.DAMAGED, name, details={"reason": error})) from None


def _copy(packed: gzip.GzipFile, unpacked: BinaryIO, name: str) -> None:
    size = 0
    while chunk := packed.read(16 * MEGABYTE):
        size += len(chunk)
        if size > LARGEST_UNPACKED:
            details: dict[str, object] = {"limit": LARGEST_UNPACKED // MEGABYTE}
            raise InputError(Problem(rules.TOO_BIG, name, details=details))
        unpacked.write(chunk)
