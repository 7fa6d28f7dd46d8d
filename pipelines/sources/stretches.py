"""Large tables in text files, a stretch of rows at a time, so that memory does not grow with the file."""

import codecs
import csv
import itertools
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow_csv

from pipelines.problems import InputError, Problem
from pipelines.sources import rules
from pipelines.sources.delimited import (
    CHUNK,
    DELIMITERS,
    SAMPLE_BYTES,
    arrow_frame,
    arrow_options,
    delimiter_of,
    encoding_of,
    width_of,
)
from pipelines.sources.opening import TEXT, content_of, unpacked
from pipelines.sources.wrapped import is_quoted_twice

SUFFIXES = (".csv", ".tsv")
Item = TypeVar("Item")
TEXTS = pa.dictionary(pa.int32(), pa.string())
ROWS = 500_000
"""Rows of a stretch at most."""
FEW, SMALL_BLOCK = 10_000, 1 << 20
"""So few rows are not worth reading more bytes at a time."""


Way = Callable[[int], Iterator["Stretch"]]
"""Reads a file in stretches of so many rows at most."""


class MisreadError(Exception):
    """The file is not as this way of reading takes it to be; the next one may do."""


@dataclass(frozen=True)
class Stretch:
    """Consecutive rows: the number of the first, how many, and the columns, each holding every distinct text once."""

    first: int
    count: int
    columns: tuple[pa.DictionaryArray, ...]

    def part(self, start: int, length: int) -> "Stretch":
        """At most so many of its rows from the one at this place on, and no text that stands in others."""
        parts = (column.slice(start, length).dictionary_decode().dictionary_encode() for column in self.columns)
        return Stretch(self.first + start, min(length, self.count - start), tuple(parts))

    @property
    def filled(self) -> int:
        """How many of the rows are not blank."""
        some = pa.table({str(at): column.is_valid() for at, column in enumerate(self.columns)})
        return int(some.to_pandas().any(axis=1).sum())

    def frame(self) -> pd.DataFrame:
        """The rows as a frame of text, as whole tables are read."""
        names = [str(position) for position in range(len(self.columns))]
        frame = arrow_frame(pa.table([column.dictionary_decode() for column in self.columns], names=names))
        frame.index = pd.RangeIndex(self.first, self.first + self.count)
        return frame


@dataclass(frozen=True)
class LongText:
    """A large table in a file of UTF-8: how its cells are told apart, and how many each row has if all have as many."""

    path: Path
    name: str
    delimiter: str
    width: int | None

    @property
    def ways(self) -> list[Way]:
        """The ways to read the file, each for where the one before raises MisreadError."""
        lines: list[Way] = [partial(_by_lines, self, strict=strict) for strict in (True, False)]
        return [*([partial(_by_arrow, self)] if self.width else []), *lines]


@contextmanager
def long_text(path: Path, name: str, *, least: int) -> Iterator[LongText | None]:
    """The file, unpacked and in UTF-8, if it is a text file of at least so many bytes with one row per line."""
    plain_name = path.name.casefold().removesuffix(".gz")
    if not plain_name.endswith(SUFFIXES) or (path.suffix != ".gz" and path.stat().st_size < least):
        yield None
        return
    with unpacked(path, name) as plain:
        if plain.stat().st_size < max(least, 1) or content_of(plain) != TEXT:
            yield None
            return
        with _in_utf_8(plain, encoding_of(plain, name)) as text:
            yield _sampled(text, name, "\t" if plain_name.endswith(".tsv") else None)


@contextmanager
def _in_utf_8(path: Path, encoding: str) -> Iterator[Path]:
    if encoding == "utf-8-sig":
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / path.name
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        with path.open("rb") as file, text.open("w", encoding="utf-8", newline="") as out:
            while chunk := file.read(CHUNK):
                out.write(decoder.decode(chunk))
        yield text


def _sampled(path: Path, name: str, delimiter: str | None) -> LongText | None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        sample = file.read(SAMPLE_BYTES)
    if is_quoted_twice(sample, DELIMITERS):
        return None
    delimiter = delimiter or delimiter_of(sample)
    return LongText(path, name, delimiter, width_of(sample, delimiter))


def _by_arrow(text: LongText, rows: int) -> Iterator[Stretch]:
    """At Arrow's speed, if every row has as many cells as those of the sample."""
    block = CHUNK if rows > FEW else SMALL_BLOCK
    options = arrow_options(text.delimiter, text.width or 0, TEXTS, block_size=block)
    first = 1
    try:
        for batch in arrow_csv.open_csv(text.path, **options):
            whole = Stretch(first, len(batch), tuple(batch.columns))
            yield from [whole] if len(batch) <= rows else (whole.part(at, rows) for at in range(0, len(batch), rows))
            first += len(batch)
    except pa.ArrowInvalid as error:
        raise MisreadError from error


def _by_lines(text: LongText, rows: int, *, strict: bool) -> Iterator[Stretch]:
    """Rows of any length, line by line; quotation marks out of place only where `strict` is not asked for."""
    first = 1
    with text.path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=text.delimiter, strict=strict)
        for lines in _parted(_told(reader, text.name), min(rows, ROWS // 5)):
            yield Stretch(first, len(lines), _columns(lines))
            first += len(lines)


def _told(reader: "Iterator[list[str]]", name: str) -> Iterator[list[str]]:
    started = 1
    try:
        for row in reader:
            yield row
            started = reader.line_num + 1  # type: ignore[attr-defined]
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise InputError(Problem(rules.OPEN_QUOTE, name, row=started)) from None
        raise MisreadError from error


def _parted(rows: Iterable[list[str]], length: int) -> Iterator[list[list[str]]]:
    left = iter(rows)
    while part := list(itertools.islice(left, length)):
        yield part


def _columns(rows: list[list[str]]) -> tuple[pa.DictionaryArray, ...]:
    width = max(map(len, rows))
    cells = ([row[at] or None if at < len(row) else None for row in rows] for at in range(width))
    return tuple(pa.array(column, pa.string()).dictionary_encode() for column in cells)


def one_ahead(parts: Iterator[Item]) -> Iterator[Item]:
    """The same parts, each made while the one before it is in use."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        begun = beside.submit(next, parts, None)
        while (part := begun.result()) is not None:
            begun = beside.submit(next, parts, None)
            yield part
