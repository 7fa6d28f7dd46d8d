"""Workbooks: what a cell says, and what is refused before or while it is parsed."""

import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from pipelines.problems import InputError
from pipelines.sources import read


def saved(folder: Path, book: Workbook) -> Path:
    path = folder / "目标 2026.xlsx"
    book.save(path)
    return path


def one_cell(folder: Path, value: object, number_format: str = "General") -> object:
    book = Workbook()
    cell = book.active.cell(1, 1, value)
    cell.number_format = number_format
    return read(saved(folder, book), "book")[0].frame.loc[1, 0]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.3, "0%", "30%"),
        (0.075, "0.0%", "7.5%"),
        (0.07, "0%", "7%"),
        (1200.0, "General", "1200"),
        (0.1, "General", "0.1"),
        (2023.1, "0.00", "2023.10"),
        (1234.567, "#,##0.00", "1234.567"),
        (date(2026, 3, 9), "yyyy-mm-dd", "2026-03-09"),
        (datetime(2026, 3, 9, 12, 30), "yyyy-mm-dd hh:mm", "2026-03-09 12:30:00"),
        (True, "General", "TRUE"),
        ("  text ", "General", "  text "),
        ("#N/A", "General", "#N/A"),
    ],
)
def test_a_cell_reads_as_it_is_shown(tmp_path: Path, value: object, number_format: str, text: str) -> None:
    assert one_cell(tmp_path, value, number_format) == text


def test_positions_merged_ranges_and_hidden_sheets_are_kept(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "OKR"
    book.active["B3"] = "x"
    book.active["D5"] = "y"
    book.active.merge_cells("B3:B5")
    book.create_sheet("old").sheet_state = "hidden"
    shown, hidden = read(saved(tmp_path, book), "book")
    assert (shown.sheet, shown.hidden, hidden.hidden) == ("OKR", False, True)
    assert shown.merged == ((3, 1, 5, 1),)
    assert list(shown.frame.index) == [1, 2, 3, 4, 5]
    assert shown.frame.loc[3, 1] == "x"
    assert shown.frame.loc[5, 3] == "y"
    assert pd.isna(shown.frame.loc[4, 1])


def test_a_formula_without_a_stored_value_is_named(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, "=A2*2"])
    table = read(saved(tmp_path, book), "book")[0]
    assert [(note.cell, note.rule.code) for note in table.notes] == [("B2", "formula_without_value")]
    assert pd.isna(table.frame.reindex(columns=[0, 1]).loc[2, 1])


def open_document(path: Path, rows: str) -> Path:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="OKR">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


NUMBER = 'office:value-type="float" office:value="0.5"><text:p>0.5</text:p></table:table-cell>'


def test_open_documents_are_read(tmp_path: Path) -> None:
    text = '<table:table-cell office:value-type="string"><text:p>Objective</text:p></table:table-cell>'
    row = f"<table:table-row>{text}<table:table-cell {NUMBER}</table:table-row>"
    table = read(open_document(tmp_path / "a.ods", row), "a.ods")[0]
    assert table.sheet == "OKR"
    assert table.frame.loc[1].tolist() == ["Objective", "0.5"]


def test_an_open_document_that_claims_billions_of_cells_is_refused(tmp_path: Path) -> None:
    cell = f'<table:table-cell table:number-columns-repeated="16384" {NUMBER}'
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    message = refused(open_document(tmp_path / "a.ods", rows))
    assert "2000 MB of memory" in message


@pytest.mark.parametrize(
    "act",
    ["import socket; socket.socket()", "import subprocess; subprocess.run(['true'])", "import os; os.system('true')"],
)
def test_what_reads_a_workbook_can_reach_neither_the_network_nor_a_program(act: str) -> None:
    script = f"from pipelines.sources.child import limit; limit(); {act}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "PermissionError: a workbook asks for" in done.stderr


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read(path, "book.xlsx")
    return str(caught.value)


def test_one_value_in_the_last_cell_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "Objective"
    book.active["XFD1048576"] = 1
    message = refused(saved(tmp_path, book))
    assert "XFD1048576" in message
    assert "16384 columns" in message


def test_a_format_in_the_last_cell_is_refused_too(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "Objective"
    book.active["XFD1048576"].fill = PatternFill("solid", start_color="FF0000")
    assert "XFD1048576" in refused(saved(tmp_path, book))


def test_a_zip_bomb_is_refused_unpacked(tmp_path: Path) -> None:
    book = Workbook()
    path = saved(tmp_path, book)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * 50_000_000)
    assert "unpacks to 50 MB" in refused(path)


def test_a_workbook_cut_off_is_damaged(tmp_path: Path) -> None:
    path = saved(tmp_path, Workbook())
    path.write_bytes(path.read_bytes()[:-200])
    assert "damaged" in refused(path)


def test_a_workbook_with_a_broken_part_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    assert "damaged" in refused(path)


def test_why_a_file_is_damaged_is_one_line_without_its_place(tmp_path: Path) -> None:
    broken = tmp_path / "a.xlsx"
    with zipfile.ZipFile(saved(tmp_path, Workbook())) as whole, zipfile.ZipFile(broken, "w") as archive:
        for part in whole.namelist():
            archive.writestr(part, b"<worksheet" if "sheet1" in part else whole.read(part))
    parquet = tmp_path / "a.parquet"
    parquet.write_bytes(b"PAR1 PAR1")
    for message in (refused(broken), refused(parquet)):
        assert "damaged" in message
        assert str(tmp_path) not in message
        assert "\n" not in message


def test_an_encrypted_workbook_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert "password" in refused(path)


def test_a_damaged_old_workbook_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    assert "damaged" in refused(path)


def test_an_empty_workbook_says_so(tmp_path: Path) -> None:
    assert "holds no rows" in refused(saved(tmp_path, Workbook()))


def test_cells_struck_out_are_known(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["objective", "key result"])
    book.active.append(["Grow", "Deals"])
    book.active["B2"].font = Font(strike=True)
    (table,) = read(saved(tmp_path, book), "book")
    assert table.struck == {(2, 1)}
