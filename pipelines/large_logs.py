"""Large logs of check-ins on their way from a file to what is kept of it, never whole in memory."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines import parsed
from pipelines.corrections import is_corrections
from pipelines.inputs import InputFile
from pipelines.manner import Manner
from pipelines.parsed import Parsed, SheetCount, in_languages
from pipelines.problems import InputError, Problem, as_frame
from pipelines.schema import CHECK_IN, stated_columns
from pipelines.sources.raw import RawTable
from pipelines.sources.stretches import MisreadError, Stretch, Way, long_text, one_ahead
from pipelines.tidy import rules
from pipelines.tidy.logs.log import Log, StackedError, log_of
from pipelines.tidy.logs.plain import SCHEMA
from pipelines.tidy.logs.reading import LogRead, read_log

TOP = 2_000
"""Rows by which a log is known."""
TEXTS = [column.name for column in stated_columns(CHECK_IN) if column.kind == "text"]


@dataclass(frozen=True)
class LargeLog:
    """What a log gave but for its facts, and its first rows."""

    content: Parsed
    top: RawTable


@dataclass(frozen=True)
class LargeFile:
    """A file that may be a large log, the hash under which what it gives is kept, where that is, and how it is read."""

    file: InputFile
    digest: str
    manner: Manner
    kept_in: Path | None

    def read(self) -> LargeLog | None:
        """The log, its facts kept; none where the file is another or a small one, to be read whole.

        Raises InputError if the file cannot be opened, OSError if what it gives cannot be written.
        """
        with long_text(self.file.path, self.file.name, least=self.manner.large) as text:
            for way in text.ways if text else ():
                try:
                    return self._read(way)
                except MisreadError:
                    continue
                except StackedError:
                    break
        return None

    def _read(self, way: Way) -> LargeLog | None:
        top = RawTable(self.file.name, None, next(way(TOP)).frame())
        return None if is_corrections([top]) else self._begun(top, way)

    def _begun(self, top: RawTable, way: Way) -> LargeLog | None:
        manner = self.manner
        mapping = manner.mapping.of(None) if manner.mapping else None
        try:
            log = log_of(top, policy=manner.policy, today=manner.today, mapping=mapping)
            return LargeLog(self._kept(log, way), top) if log else None
        except InputError as error:
            sheets = [_not_understood(self.file, way(manner.rows))]
            problems = [error.problem, *manner.unused(self.file, sheets, [error.problem])]
            return LargeLog(parsed.parsed([], sheets, problems), top)

    def _kept(self, log: Log, way: Way) -> Parsed:
        stretches = partial(_begin, way, self.manner.rows)
        if self.kept_in is None:
            return self._content(log, read_log(log, stretches, _drop))
        with parsed.aside(self.kept_in, self.digest) as new:
            keep = partial(_write, new / f"{CHECK_IN.name}.parquet")
            content = self._content(log, read_log(log, stretches, keep))
            if not content.failed:
                parsed.tell(new, content)
        return content

    def _content(self, log: Log, read: LogRead) -> Parsed:
        layout = log.heading.layout
        sheet = SheetCount(
            self.file.name, None, layout.name, layout.table, {CHECK_IN.name: read.kept} if read.kept else {},
            rows_in=read.rows_in, kept=read.kept, set_aside=read.set_aside,
            skipped=read.rows_in - read.kept - read.set_aside,
            decisions=in_languages(read.decisions), columns=read.columns,
        )  # fmt: skip
        nothing = [] if read.kept or len(read.problems) else [Problem(rules.NO_DATA, self.file.name)]
        of_file = as_frame([*nothing, *self.manner.unused(self.file, [sheet], [])])
        problems = pd.concat([read.problems, of_file], ignore_index=True) if len(of_file) else read.problems
        return Parsed({}, (sheet,), problems)


def _begin(way: Way, rows: int) -> Iterator[Stretch]:
    return one_ahead(way(rows))


def _write(path: Path, tables: Iterator[pa.Table]) -> None:
    # Of numbers that are all different no list is worth making.
    with pq.ParquetWriter(path, SCHEMA, store_schema=False, use_dictionary=TEXTS) as writer:
        for table in one_ahead(tables):
            writer.write_table(table)


def _drop(tables: Iterator[pa.Table]) -> None:
    deque(tables, maxlen=0)


def _not_understood(file: InputFile, stretches: Iterator[Stretch]) -> SheetCount:
    counts = [(stretch.count, stretch.filled) for stretch in stretches]
    rows, filled = (sum(each) for each in zip(*counts, strict=True))
    return SheetCount(file.name, None, rows_in=rows, set_aside=filled, skipped=rows - filled)
