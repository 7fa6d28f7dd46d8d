"""Formula cells that the program which wrote the workbook never calculated; parsers show them as blank.

Runs in the child process only, whose limits hold whatever the XML asks for.
"""

import posixpath
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from openpyxl.utils import column_index_from_string

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
CELL = re.compile(rb"<c\s([^>]*?r=\"([A-Z]{1,3})(\d{1,7})\"[^>]*)(?<!/)>(.*?)</c>", re.DOTALL)
# A formula may well give an empty text; then the cell says that it holds text.
VALUE = re.compile(rb"<v>[^<]|<is>|t=\"str\"")


def without_value(path: Path) -> dict[str, list[tuple[int, int]]]:
    """By sheet, the row and column of each formula without a stored value."""
    with zipfile.ZipFile(path) as archive:
        return {name: _in_sheet(archive.read(part)) for name, part in _parts(archive).items()}


def _in_sheet(xml: bytes) -> list[tuple[int, int]]:
    # Most sheets hold no formula; looking for one is far cheaper than reading the cells.
    if b"<f>" not in xml and b"<f " not in xml:
        return []
    return [
        (int(row), column_index_from_string(column.decode()) - 1)
        for attributes, column, row, content in CELL.findall(xml)
        if b"<f" in content and not VALUE.search(attributes + content)
    ]


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    sheets = ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(SHEET)  # noqa: S314
    parts = {sheet.get("name", ""): posixpath.join("/xl", targets.get(sheet.get(RELATION), "")) for sheet in sheets}
    present = set(archive.namelist())
    return {name: part[1:] for name, part in parts.items() if part[1:] in present}
