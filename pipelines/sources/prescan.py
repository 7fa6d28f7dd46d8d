"""A look at a workbook before it is parsed, since a few bytes can claim terabytes."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from pipelines.problems import InputError, Problem, Rule
from pipelines.sources import rules
from pipelines.sources.limits import LARGEST_AREA, MEGABYTE
from pipelines.sources.reasons import told

LARGEST_FILE = 100 * MEGABYTE
LARGEST_MEMBER = 400 * MEGABYTE
LARGEST_RATIO = 100
HARMLESS = 20 * MEGABYTE
"""Below this size a member may be packed as tightly as it likes."""
CHUNK = 4 * MEGABYTE
# A cell with content: self-closing ones carry only a format.
CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r=[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^>]*(?<!/)>")


def prescan(path: Path, name: str) -> None:
    """Refuse what is too large, unpacks to too much, or has a cell too far out; raises InputError."""
    if path.stat().st_size > LARGEST_FILE:
        raise _refusal(rules.TOO_BIG, name, limit=LARGEST_FILE // MEGABYTE)
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(archive, name)
            for member in archive.namelist():
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member):
                    _check_area(archive, member, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise _refusal(rules.DAMAGED, name, reason=told(error, path)) from None


def _check_members(archive: zipfile.ZipFile, name: str) -> None:
    for member in archive.infolist():
        packed_tightly = member.file_size > max(HARMLESS, LARGEST_RATIO * member.compress_size)
        if member.file_size > LARGEST_MEMBER or packed_tightly:
            raise _refusal(rules.BOMB, name, member=member.filename, size=member.file_size // MEGABYTE)


def _check_area(archive: zipfile.ZipFile, member: str, name: str) -> None:
    last_row, last_column = 0, b""
    for row, column in _cells(archive, member):
        last_row = max(last_row, row)
        last_column = max(last_column, column, key=lambda letters: (len(letters), letters))
    width = column_number(last_column.decode())
    if last_row * width > LARGEST_AREA:
        cell = f"{last_column.decode()}{last_row}"
        raise _refusal(rules.AREA, name, cell=cell, rows=last_row, columns=width)


def _cells(archive: zipfile.ZipFile, member: str) -> Iterator[tuple[int, bytes]]:
    with archive.open(member) as part:
        rest = b""
        while chunk := part.read(CHUNK):
            text = rest + chunk
            # A tag may be cut in two: keep what follows the last complete one.
            end = text.rfind(b">") + 1
            rest = text[end:]
            for column, row in CELL.findall(text[:end]):
                yield int(row), column.upper()


def column_number(letters: str) -> int:
    """The number of a column, `A` being 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _refusal(rule: Rule, name: str, **details: object) -> InputError:
    return InputError(Problem(rule, name, details=details))
