"""Text files with one row per line: which encoding, which delimiter, and the cells."""

import codecs
import csv
import io
import itertools
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow_csv

from pipelines.problems import InputError, Problem
from pipelines.sources import rules
from pipelines.sources.raw import RawTable, text_frame
from pipelines.sources.wrapped import is_quoted_twice, unquoted

DELIMITERS = (",", "\t", ";", "|")
SAMPLE_BYTES = 200_000
SAMPLE_ROWS = 100
CHUNK = 16_000_000
START_BYTES = 4_096
BREAKS = str.maketrans("", "", "\t\r\n")
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
csv.field_size_limit(10_000_000)


def read_delimited(path: Path, name: str, *, delimiter: str | None = None) -> list[RawTable]:
    """The file's one table; a row's number is its position among the rows, as a spreadsheet would show it."""
    source, sample = _open(path, name)
    inner = unquoted(_text(source)) if is_quoted_twice(sample, DELIMITERS) else None
    if inner is not None:
        source, sample = io.BytesIO(inner.encode()), inner[:SAMPLE_BYTES]
    delimiter = delimiter or delimiter_of(sample)
    frame = _read_clean(source, delimiter, sample)
    frame = _read_ragged(source, delimiter, name) if frame is None else frame
    return [RawTable(name, None, frame, notes=[Problem(rules.QUOTED_TWICE, name)] if inner else [])]


def decoded(path: Path, name: str) -> io.StringIO | None:
    """The text of a file that is not UTF-8, or none for one that is; raises InputError for neither."""
    encoding = encoding_of(path, name)
    return None if encoding == "utf-8-sig" else io.StringIO(path.read_bytes().decode(encoding), newline="")


def _open(path: Path, name: str) -> tuple[Path | io.BytesIO, str]:
    text = decoded(path, name)
    if text is not None:
        return io.BytesIO(text.getvalue().encode()), text.read(SAMPLE_BYTES)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return path, file.read(SAMPLE_BYTES)


def encoding_of(path: Path, name: str) -> str:
    """How the file writes letters as bytes; raises InputError if it is no text that is known."""
    with path.open("rb") as file:
        start = file.read(START_BYTES)
    unmarked = [encoding for encoding in ("utf-16-le", "utf-16-be") if _reads_as_text(start, encoding)]
    candidates = ("utf-16",) if start[:2] in UTF_16_MARKS else ("utf-8-sig", "gb18030", *unmarked)
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding
    raise InputError(Problem(rules.UNREADABLE_TEXT, name))


def _reads_as_text(start: bytes, encoding: str) -> bool:
    """Whether the bytes, taken so, are lines of assigned characters: those of the other byte order never are."""
    if b"\0" not in start:
        return False
    text = start[: len(start) // 2 * 2].decode(encoding, errors="ignore")
    return "\n" in text and not any(
        unicodedata.category(letter) in ("Cc", "Cn", "Co") for letter in text.translate(BREAKS)
    )


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                # Binary data often happens to be valid GB18030; text holds no NUL.
                if b"\0" in chunk and not encoding.startswith("utf-16"):
                    return False
                if not _is_plain(chunk, encoding, decoder):
                    decoder.decode(chunk)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _is_plain(chunk: bytes, encoding: str, decoder: codecs.IncrementalDecoder) -> bool:
    """Whether the bytes are letters of ASCII, which need no decoding where a letter begins with them."""
    return chunk.isascii() and not encoding.startswith("utf-16") and not decoder.getstate()[0]


def delimiter_of(sample: str) -> str:
    """The delimiter under which most rows have the same number of cells, more than one."""
    return max(DELIMITERS, key=lambda delimiter: _regularity(sample, delimiter))


def _regularity(sample: str, delimiter: str) -> tuple[int, int]:
    widths = Counter(len(row) for row in _sample_rows(sample, delimiter) if len(row) > 1)
    return max(((rows, width) for width, rows in widths.items()), default=(0, 0))


def _sample_rows(sample: str, delimiter: str) -> list[list[str]]:
    return list(itertools.islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), SAMPLE_ROWS))


def _read_clean(source: Path | io.BytesIO, delimiter: str, sample: str) -> pd.DataFrame | None:
    """The whole file at Arrow's speed if every row has the same number of cells, else none."""
    width = width_of(sample, delimiter)
    return _read_arrow(source, delimiter, width) if width else None


def width_of(sample: str, delimiter: str) -> int | None:
    """How many cells the rows have; none where they differ."""
    widths = {len(row) for row in _sample_rows(sample, delimiter)[:-1]}
    return widths.pop() if len(widths) == 1 else None


def _read_arrow(source: Path | io.BytesIO, delimiter: str, width: int) -> pd.DataFrame | None:
    try:
        return arrow_frame(arrow_csv.read_csv(source, **arrow_options(delimiter, width, pa.string())))
    except pa.ArrowInvalid:
        return None


def arrow_options(delimiter: str, width: int, kind: pa.DataType, **reading: Any) -> dict[str, Any]:
    """How Arrow reads a file so that every row is a row and every cell its text, missing where it is blank."""
    names = [str(position) for position in range(width)]
    return {
        "read_options": arrow_csv.ReadOptions(column_names=names, **reading),
        "parse_options": arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False),
        "convert_options": arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, kind), strings_can_be_null=True, null_values=[""]
        ),
    }


def arrow_frame(table: pa.Table) -> pd.DataFrame:
    """A table of text columns as a frame with positions for columns and rows counted from 1."""
    frame = pd.DataFrame({i: pd.Series(column, dtype="str") for i, column in enumerate(table.itercolumns())})
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return frame


def _text(source: Path | io.BytesIO) -> io.StringIO:
    content = source.getvalue() if isinstance(source, io.BytesIO) else source.read_bytes()
    return io.StringIO(content.decode("utf-8-sig"), newline="")


def _read_ragged(source: Path | io.BytesIO, delimiter: str, name: str) -> pd.DataFrame:
    text = _text(source)
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    started = 1
    try:
        for row in reader:
            rows.append(row)
            started = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise InputError(Problem(rules.OPEN_QUOTE, name, row=started)) from None
        text.seek(0)
        rows = list(csv.reader(text, delimiter=delimiter))
    return text_frame(rows, range(1, len(rows) + 1))
