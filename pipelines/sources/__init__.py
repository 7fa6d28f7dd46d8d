"""The only code that opens input files: one file becomes raw tables of text, every value with its place."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.sources.raw import RawTable

SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".tsv", ".json", ".jsonl", ".parquet")
"""The kinds of files that can be read, each also compressed as `.gz`."""


def read(path: Path, name: str) -> "list[RawTable]":
    """The tables in the file, told about under that name; raises InputError if it cannot be read."""
    # Imported on call: the child process that parses workbooks imports this package and has to start fast.
    from pipelines.sources.opening import read_file  # noqa: PLC0415

    return read_file(path, name)
