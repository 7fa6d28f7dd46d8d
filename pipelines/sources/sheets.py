"""Workbooks as plain lists; runs in the child process only."""

import warnings
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.merge import MergedCellRange
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pipelines.sources.celltext import as_text
from pipelines.sources.formulas import without_value
from pipelines.sources.limits import LARGEST_AREA

# Drawing the borders of merged cells takes a third of the time, and no border is read.
MergedCellRange.format = lambda _range: None


class RefusedError(Exception):
    """The workbook cannot be used, and why."""

    def __init__(self, reason: str, **details: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details = details


def sheets_of(path: Path, suffix: str) -> list[dict[str, Any]]:
    """Every sheet: name, hidden, merged ranges, numbers and texts of its rows, formulas without a stored value."""
    return _excel(path) if suffix == ".xlsx" else _calamine(path)


def _excel(path: Path) -> list[dict[str, Any]]:
    with warnings.catch_warnings():
        # It warns of extensions it drops, such as conditional formats; none holds data.
        warnings.simplefilter("ignore")
        # Not read-only: that mode knows no merged cells.
        book = load_workbook(path, data_only=True)
    formulas = without_value(path)
    struck = {number for number, font in enumerate(book._fonts) if font.strike}
    return [
        _excel_sheet(sheet) | {"formulas": formulas.get(sheet.title, []), "struck": _struck(sheet, struck)}
        for sheet in book.worksheets
    ]


def _struck(sheet: Any, fonts: set[int]) -> list[tuple[int, int]]:
    """The cells whose text is struck through; few workbooks have such a font, so that few are searched."""
    cells = (cell for row in sheet.iter_rows() for cell in row) if fonts else ()
    return [(cell.row, cell.column - 1) for cell in cells if cell.has_style and cell._style.fontId in fonts]


def _excel_sheet(sheet: Any) -> dict[str, Any]:
    if sheet.max_row * sheet.max_column > LARGEST_AREA:
        cell = sheet.cell(sheet.max_row, sheet.max_column).coordinate
        raise RefusedError("area", cell=cell, rows=sheet.max_row, columns=sheet.max_column)
    rows = {number: [_cell_text(cell) for cell in row] for number, row in enumerate(sheet.iter_rows(), start=1)}
    return {
        "name": sheet.title,
        "hidden": sheet.sheet_state != "visible",
        "merged": [(r.min_row, r.min_col - 1, r.max_row, r.max_col - 1) for r in sheet.merged_cells.ranges],
        "rows": {number: row for number, row in rows.items() if any(row)},
    }


def _cell_text(cell: Any) -> str | None:
    value = cell.value
    # Looking a format up costs more than the rest, and only numbers are shown by it.
    return as_text(value, cell.number_format) if isinstance(value, int | float) else as_text(value)


def _calamine(path: Path) -> list[dict[str, Any]]:
    book = CalamineWorkbook.from_path(path)
    described = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    hidden = {sheet.name: sheet.visible != SheetVisibleEnum.Visible for sheet in described}
    return [_calamine_sheet(book.get_sheet_by_name(name), hidden[name]) for name in hidden]


def _calamine_sheet(sheet: Any, hidden: bool) -> dict[str, Any]:
    if sheet.total_height * sheet.total_width > LARGEST_AREA:
        raise RefusedError(
            "area",
            cell=f"{get_column_letter(sheet.total_width)}{sheet.total_height}",
            rows=sheet.total_height,
            columns=sheet.total_width,
        )
    rows = [[as_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    return {
        "name": sheet.name,
        "hidden": hidden,
        "merged": [(*first, *last) for first, last in _shifted(sheet.merged_cell_ranges or [])],
        "rows": {number: row for number, row in enumerate(rows, start=1) if any(row)},
        "formulas": [],
        "struck": [],
    }


def _shifted(ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return [((first[0] + 1, first[1]), (last[0] + 1, last[1])) for first, last in ranges]
