"""Every way in which input can be bad: a file of each, what is said in both languages, and where it stands."""

import base64
import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from pipelines.batches import locked
from tests.pipelines.files import okr, printed
from tests.sharing import made_once

Make = Callable[[Path], Path]
FLAT = "Objective,Key result,Cycle,Start,Target,Score,Weight"
LOG = "key_result,date,value"
# A workbook of Excel 97 with Objective, Key result and Score, packed.
OLD_WORKBOOK = """
H4sIAAAAAAACA+1YTWhTQRD+9uU/tGlSU6EVSihYtVawFaGXmipqDmJt9aAUQZP0HWpDIq9RqQet1hwFwZPipdCLl6oXf9CD3gSF
ih4EQUn06ElQ8NDmOTN5kVR7aMAWlf0eOzs7s7M7b3d29+17NR8pztxrK+EX7IILZTsAb41MUQpUC2GQ3raZreZ+SrbGP4WAnybS
68Hjxpc+nkOe7xIM3HU/Iwp8pHQcpzGYy5qxNcQe8SGp2Id+ogq3SBJCq3jVLDQtdJ3QO1LzidABkVwV2k91i2oE8/HBrj4nio8Z
HaILgdt9IDbvRNKDFjznKL54TVXqerDbGktm/k5Fu7sBs6B5S5hZ00pmiojSBM7imx0DvlZX6tOYlq+tXIHk35fKfcvIrxtuYAr2
SQnwAprwwcUaH3q39+7cNtyzgD6aa0iinfdQ6pSZzo+dNYPAAXMyZpkTZzJ5Uh5J5yyT2kpYuXNU3GsmMxNBtpHVHV6yuhsl6huI
jlKHzEck9sO0fy/c/vL6YGoofkIkU7KjV/b9jewqbFxiCzIOicYQyj53Cb9V6GVpdYPwbUKj9AaUdw61OMz+aalzRbSd1M8OwZv4
php+M/GFz8MP2wuf4luIn0uUzkfn3sZn0EGjMUr2/EyjW3WrmzcYj+LVXDl7xHuhrb/tF34j7PhuO4dbExYRFDYitFLi0VE/S4Yz
VmytlrFWYu1y6iux5nG7YHCJrV/w2Wo0474M3UDN6RqEhoaGhoaGhoaGxmpDOV/x/M3qdm4aXrmCVP7rLFIq698k/y0OI0dPni6m
+5Cl3MJkXfGzHh5VbUut0Kb6v5BxlHq3MI6U+DFed/zSLU/Vvs+KDcN/bgnV23+5Hj9Xuf8fFqCpNQAWAAA="""


def text(content: str | bytes, name: str = "objectives-2025-Q1.csv") -> Make:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


def book(*rows: list[object], name: str = "goals.xlsx", **cells: object) -> Make:
    def make(folder: Path) -> Path:
        workbook = Workbook()
        workbook.active.title = "2025-Q1"
        for row in rows:
            workbook.active.append(row)
        for place, value in cells.items():
            workbook.active[place] = value
        workbook.save(folder / name)
        return folder / name

    return make


GOOD = book(["Objective", "Key result", "Score"], ["Grow", "Deals", 0.5])


def cut_off(folder: Path) -> Path:
    path = GOOD(folder)
    path.write_bytes(path.read_bytes()[:-300])
    return path


def bomb(folder: Path) -> Path:
    path = GOOD(folder)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/media/image1.bmp", bytes(60_000_000))
    return path


def corner(folder: Path) -> Path:
    """A valid workbook below 2 kB whose one value stands in the last cell."""
    start = '<?xml version="1.0"?>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    offices = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{offices}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{offices}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
        f'Type="{offices}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row r="1048576">'
        '<c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
    }
    path = folder / "corner.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, start + part)
    assert path.stat().st_size < 2000
    return path


def old_workbook(name: str) -> Make:
    return text(gzip.decompress(base64.b64decode(OLD_WORKBOOK)), name)


def flat(*rows: str) -> Make:
    return text("\n".join([FLAT, *rows]) + "\n", "goals.csv")


def with_log(*rows: str, key_results: str = "k1,o1,Deals,0,10") -> Make:
    """A folder with one goal, its key results and a log."""

    def make(folder: Path) -> Path:
        (folder / "objectives.csv").write_text("objective_id,cycle,team,title\no1,2025-Q1,Sales,Grow\n")
        (folder / "key_results.csv").write_text(f"key_result_id,objective_id,title,start,target\n{key_results}\n")
        (folder / "check_ins.csv").write_text("\n".join([LOG, *rows]) + "\n")
        return folder

    return make


REFUSED = {
    "a workbook cut off": (cut_off, "goals.xlsx", "damaged or cut off", "已损坏或不完整"),
    "an encrypted workbook": (
        text(b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "a.xlsx"),
        "a.xlsx", "protected by a password", "密码",
    ),
    "an old workbook renamed": (old_workbook("a.xlsx"), "a.xlsx", "looks like .xls", "内容像是 .xls"),
    "a web page renamed": (text("<html><table></table></html>", "a.xls"), "a.xls", "looks like .html", ".html"),
    "another kind of file": (text("whatever", "a.docx"), "a.docx", "are not read", "不读取"),
    "an empty file": (text(""), "csv", "holds no rows", "没有任何行"),
    "an empty workbook": (book(), "goals.xlsx", "holds no rows", "没有任何行"),
    "no header row": (text("1,2,3\n4,5,6\n", "a.csv"), "a.csv", "no header row", "没有找到可识别的表头"),
    "a required column missing": (
        text("id,titel,cycle,team\no1,Grow,2025-Q1,S\n", "objectives.csv"), "“titel”?", "no column title", "缺少列",
    ),
    "two columns for one field": (
        text("Objective,目标,Cycle\nGrow,Grew,2025-Q1\n", "a.csv"), "a.csv", "both mean", "两列都表示",
    ),
    "bytes of several encodings": (
        text("目标,周期\n".encode() + b"\xff\xfe\x81\n" + "增长,2025-Q1\n".encode("gb18030"), "a.csv"),
        "a.csv", "neither UTF-8, UTF-16 nor GB18030", "既不是 UTF-8",
    ),
    "a value in the last cell of a tiny workbook": (corner, "corner.xlsx", "cell XFD1048576", "XFD1048576"),
    "a zip bomb": (bomb, "goals.xlsx", "unpacks to 60 MB", "60 MB"),
    "dates that may be two": (
        text(f"{LOG}\nk1,03/04/2025,1\nk1,05/06/2025,2\n", "a.csv"), "B2", "day-month or month-day", "日-月",
    ),
    "a quotation mark that never ends": (
        text('Objective,Cycle\n"Grow,2025-Q1\n', "a.csv"), "a.csv", "never ends", "引号",
    ),
}  # fmt: skip
LOADED = {
    "a real old workbook": (old_workbook("2025-Q1.xls"), None, None, "", ""),
    "an impossible date": (
        with_log("k1,2025-02-30,1", "k1,2025-03-01,2"), "date_needed", "B2", "not a date", "不是日期",
    ),
    "text in a number": (
        flat("Grow,Deals,2025-Q1,0,many,0.5,1"), "number_unreadable", "E2", "not a number", "不是数字",
    ),
    "percent signs and full-width digits": (flat("Grow,Deals,2025-Q1,０,１０,５０％,100%"), None, None, "", ""),
    "start is target": (flat("Grow,Deals,2025-Q1,5,5,0.5,1"), "start_is_target", "E2", "no progress", "无法"),
    "weights over 100 %": (
        flat("Weigh,Deals,2025-Q1,0,5,0.5,80%", "Weigh,Calls,2025-Q1,0,5,0.5,70%"), "weights_sum", "G3", "150%", "150%",
    ),
    "scores off the scale": (
        flat("Grow,Deals,2025-Q1,0,5,0.5,1", "Grow,Calls,2025-Q1,0,5,-0.2,1"),
        "off_scale", "F3", "outside its scale", "超出",
    ),
    "ids that disagree": (
        text("objective_id,cycle,team,title\no1,2025-Q1,S,Grow\no1,2025-Q1,S,Shrink\n", "objectives.csv"),
        "same_id_disagrees", "D3", "under the same id", "同一",
    ),
    "an unknown parent": (
        text("objective_id,cycle,team,title,parent\no1,2025-Q1,S,Grow,o9\n", "objectives.csv"),
        "parent_unknown", "E2", "is known yet", "尚无",
    ),
    "a circle": (
        text("objective_id,cycle,team,title,parent\nc1,2025-Q1,S,Turn,c2\nc2,2025-Q1,S,Return,c1\n", "objectives.csv"),
        "link_circle", "E3", "closes a circle", "成环",
    ),
    "a check-in outside its cycle": (
        with_log("k1,2024-02-01,1"), "check_in_outside_cycle", "B2", "outside its cycle", "周期",
    ),
    "a check-in in the future": (
        text(f"{LOG}\nTalks,2031-02-01,1\n", "log.csv"), "check_in_in_future", "B2", "in the future", "将来",
    ),
    "a formula without a value": (
        book(["Objective", "Key result", "Score"], ["Grow", "Deals", "=A1*2"]),
        "formula_without_value", "C2", "no stored value", "公式",
    ),
    "an error cell": (
        book(["Objective", "Key result", "Score"], ["Grow", "Deals", "#N/A"]), "cell_error", "C2", "#N/A", "#N/A",
    ),
    "lines quoted twice": (
        text('"Objective,Cycle,Score"\n"Grow,2025-Q1,0.5"\n"Hire,2025-Q1,0.6"\n', "a.csv"),
        "file_quoted_twice", None, "quotation marks as a whole", "整行都在引号中",
    ),
    "GB18030 with a euro sign": (
        text("目标,关键成果,周期\n增长,收入 €200,2025-Q1\n".encode("gb18030"), "a.csv"), None, None, "", "",
    ),
    "UTF-16 without its mark": (
        text("目标,关键成果,周期\n增长,收入,2025-Q1\n".encode("utf-16-le"), "a.csv"), None, None, "", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_used_says_what_it_is_in_both_languages(tmp_path: Path, case: str) -> None:
    make, place, english, chinese = REFUSED[case]
    (tmp_path / "in").mkdir()
    path = make(tmp_path / "in")
    for language, words in (("en", english), ("zh_CN", chinese)):
        result = okr(tmp_path / "data", "ingest", path, OKR_LANG=language)
        assert (result.exit_code, result.exception.__class__) == (2, SystemExit), result.output
        assert place in result.stderr
        assert words in result.stderr
    assert printed(tmp_path / "data", "batches") == []


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every case as a batch of its own in one data folder, built once, and what was printed as each was loaded."""
    return made_once(tmp_path_factory, "doubtful", load_cases)


def load_cases(folder: Path) -> None:
    for number, (make, *_) in enumerate(LOADED.values()):
        (folder / f"{number}").mkdir()
        words = [make(folder / f"{number}"), "--json", "--no-build"]
        result = okr(folder / "data", "ingest", *words, OKR_TODAY="2026-11-08")
        (folder / f"{number}.json").write_text(result.stdout)
    assert okr(folder / "data", "build").exit_code == 0


def told(doubtful: Path, case: str) -> dict[str, dict[str, Any]]:
    """What was found in the case's file, by rule."""
    report = json.loads((doubtful / f"{list(LOADED).index(case)}.json").read_text())
    assert report["batch"]
    problems = printed(doubtful / "data", "problems")
    return {problem["rule"]: problem for problem in problems if problem["batch_id"] == report["batch"]}


@pytest.mark.parametrize("case", LOADED)
def test_what_is_doubtful_names_its_cell_in_both_languages(doubtful: Path, case: str) -> None:
    _, rule, cell, english, chinese = LOADED[case]
    found = told(doubtful, case)
    assert {*found} - {"key_result_unknown"} == ({rule} if rule else set())
    if rule:
        assert found[rule]["cell"] == cell
        assert english in found[rule]["message"]
        assert chinese in found[rule]["message_zh"]


@pytest.mark.parametrize(("language", "words"), [("en", "another load, undo or build"), ("zh_CN", "请等")])
def test_a_second_load_is_told_to_wait(tmp_path: Path, language: str, words: str) -> None:
    with locked(tmp_path / "data"):
        result = okr(tmp_path / "data", "ingest", GOOD(tmp_path), OKR_LANG=language)
    assert result.exit_code == 2
    assert words in result.stderr


@pytest.mark.parametrize(("language", "words"), [("en", "newer version of OKR History"), ("zh_CN", "更新版本")])
def test_a_ledger_of_a_newer_version_is_left_alone(tmp_path: Path, language: str, words: str) -> None:
    (tmp_path / "data" / "batches").mkdir(parents=True)
    (tmp_path / "data" / "batches" / "000001.json").write_text('{"format": 99}')
    result = okr(tmp_path / "data", "ingest", GOOD(tmp_path), OKR_LANG=language)
    assert result.exit_code == 2
    assert words in result.stderr
