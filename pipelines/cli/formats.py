"""Frames as a terminal table, CSV, JSON or Parquet: missing is missing, whole numbers stay whole."""

import csv
import io
import json
import math
from collections.abc import Iterable
from typing import Any

import pandas as pd
from wcwidth import wcswidth

FORMATS = ("table", "csv", "json", "parquet")
# A spreadsheet would run what starts with one of these, full-width forms included.
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
# Twelve digits keep every figure and drop the noise in the last bits of a sum.
DIGITS = 12


def as_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as flat records of plain values; missing is None."""
    columns = {name: [plain(value) for value in frame[name]] for name in frame.columns}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def as_json(records: Iterable[dict[str, Any]]) -> str:
    """The records as a JSON list, readable and never with NaN."""
    return json.dumps(list(records), ensure_ascii=False, indent=1, allow_nan=False)


def as_csv(frame: pd.DataFrame) -> str:
    """The rows as CSV; text a spreadsheet would take for a formula gets a leading apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(frame.columns)
    for record in as_records(frame):
        writer.writerow([_harmless(_one_cell(value)) for value in record.values()])
    return out.getvalue()


def as_parquet(frame: pd.DataFrame) -> bytes:
    """The rows as a Parquet file."""
    out = io.BytesIO()
    frame.to_parquet(out, index=False)
    return out.getvalue()


def as_table(frame: pd.DataFrame) -> str:
    """The rows as a table that lines up in a terminal, Chinese characters being two columns wide."""
    rows = [[str(name) for name in frame.columns]]
    rows += [[_short(value) for value in record.values()] for record in as_records(frame)]
    numbers = [pd.api.types.is_numeric_dtype(dtype) for dtype in frame.dtypes]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths, numbers) for row in rows)


def plain(value: Any) -> Any:
    """The value as JSON knows it: None for missing, an int, a float, a bool, text or a list; dates as ISO text."""
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float):
        return None if math.isnan(value) else float(f"{value:.{DIGITS}g}")
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value


def _one_cell(value: Any) -> Any:
    if isinstance(value, list):
        return ";".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else value


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _short(value: Any) -> str:
    if value is None:
        return "–"
    text = f"{value:.4g}" if isinstance(value, float) else str(_one_cell(value))
    return " ".join(text.split())


def _width(text: str) -> int:
    # Control characters have no width of their own (−1).
    return max(wcswidth(text), 0)


def _line(row: list[str], widths: list[int], numbers: list[bool]) -> str:
    cells = []
    for text, width, number in zip(row, widths, numbers, strict=True):
        space = " " * (width - _width(text))
        cells.append(space + text if number else text + space)
    return "  ".join(cells).rstrip()
