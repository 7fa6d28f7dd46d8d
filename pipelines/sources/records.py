"""Files whose records name their own columns: JSON lines and Parquet."""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.problems import InputError, Problem
from pipelines.sources import rules
from pipelines.sources.celltext import as_text
from pipelines.sources.delimited import arrow_frame, decoded
from pipelines.sources.raw import RawTable, text_frame
from pipelines.sources.reasons import told

HEADER_ROW = 0
"""The names stand in no row of the file, so that record n is row n."""


def read_jsonl(path: Path, name: str) -> list[RawTable]:
    """One object a line; the columns are all names in order of appearance."""
    text = decoded(path, name)
    lines = (text.getvalue() if text else path.read_text("utf-8-sig")).split("\n")
    records = {number: _record(line, number, name) for number, line in enumerate(lines, start=1) if line.strip()}
    columns = list(dict.fromkeys(key for record in records.values() for key in record))
    rows = [[json_text(record.get(column)) for column in columns] for record in records.values()]
    return [RawTable(name, None, text_frame([columns, *rows], [HEADER_ROW, *records]))]


def read_parquet(path: Path, name: str) -> list[RawTable]:
    """The file's columns as text; nested values as JSON."""
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise InputError(Problem(rules.DAMAGED, name, details={"reason": told(error, path)})) from None
    frame = arrow_frame(pa.table([_arrow_text(column) for column in table.itercolumns()], names=table.column_names))
    header = text_frame([table.column_names], [HEADER_ROW])
    return [RawTable(name, None, pd.concat([header, frame]) if len(frame.columns) else frame)]


def _record(line: str, number: int, name: str) -> dict[str, object]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise InputError(Problem(rules.BAD_LINE, name, row=number, details={"reason": error})) from None
    if not isinstance(record, dict):
        raise InputError(Problem(rules.BAD_LINE, name, row=number, details={"reason": type(record).__name__}))
    return record


def json_text(value: object) -> str | None:
    """A value of a record as the text of a cell; several, one a line."""
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        return "\n".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else as_text(value)


def _arrow_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_nested(column.type):
        return pa.chunked_array([pa.array([json_text(value) for value in column.to_pylist()], pa.string())])
    if pa.types.is_boolean(column.type) or pa.types.is_temporal(column.type) or pa.types.is_binary(column.type):
        return pa.chunked_array([pa.array([as_text(value) for value in column.to_pylist()], pa.string())])
    return pc.cast(column, pa.string())
