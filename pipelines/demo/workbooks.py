"""Writes workbooks that are the same, byte for byte, for the same content."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.demo.sheets import DATE, PERCENT, PLAIN, Sheet

CREATED = datetime(2026, 11, 8)
NUMBER_FORMATS = {PLAIN: "General", PERCENT: "0%", DATE: "yyyy-mm-dd"}


def write_workbook(path: Path, sheets: list[Sheet]) -> None:
    """One workbook with these sheets."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"title": path.stem, "author": "Farridge Group", "created": CREATED})
        title, header = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True})
        formats = {
            kind: book.add_format({"num_format": code, "valign": "top"}) for kind, code in NUMBER_FORMATS.items()
        }
        for sheet in sheets:
            written = book.add_worksheet(sheet.name)
            first = _heading(written, sheet, title, header)
            for place, column in enumerate(sheet.frame.columns):
                _column(written, sheet, column, (first, place), formats[sheet.formats[column]])


def _heading(written: Worksheet, sheet: Sheet, title: Format, header: Format) -> int:
    row = 0
    if sheet.title:
        written.merge_range(0, 0, 0, 5, sheet.title, title)
        row = 2
    written.write_row(row, 0, list(sheet.frame.columns), header)
    written.freeze_panes(row + 1, 0)
    return row + 1


def _column(written: Worksheet, sheet: Sheet, column: str, corner: tuple[int, int], style: Format) -> None:
    row, place = corner
    values = _plain(sheet.frame[column])
    if column not in sheet.merged:
        for offset, value in enumerate(values):
            written.write(row + offset, place, value, style)
        return
    for count in sheet.groups:
        _merged(written, (row, place), count, values[row - corner[0]], style)
        row += count


def _merged(written: Worksheet, corner: tuple[int, int], count: int, value: Any, style: Format) -> None:
    row, place = corner
    if count > 1:
        written.merge_range(row, place, row + count - 1, place, value, style)
    else:
        written.write(row, place, value, style)


def _plain(values: pd.Series) -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(values):
        return [value.to_pydatetime() if pd.notna(value) else None for value in pd.to_datetime(values)]
    return [None if pd.isna(value) or value == "" else value for value in values.tolist()]
