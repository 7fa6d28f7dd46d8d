"""Large logs, read in stretches: whatever the length of a stretch, the same comes out as when they are read whole."""

import csv
import gzip
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import parsed, policy
from pipelines.inputs import InputFile
from pipelines.manner import LARGE, Manner
from pipelines.parsed import Parsed
from pipelines.reading import open_file, read_files
from pipelines.tidy.mapping import SheetMapping, read_mapping
from tests.pipelines.files import loaded, write_csv

TODAY = date(2026, 11, 8)
NEVER = 10**12
HEADERS = ["KR", "date", "value", "progress", "confidence", "status", "note", "team", "cycle"]
KEYS = ["K1", "K1 ", "K2", "“K3”", "关键结果一", "Total", "合计", "-", "~~K4~~", "", "KR", 'k,"5"', "Tötal"]
DAYS = ["2026-03-02", "2026-03-09", "2027-01-01", "2026/3/2", "20260302", "46000", "soon", "", "Mar 3, 2026", "date"]
ORDERED = [*DAYS, "3/2/2026", "13/2/2026", "4/5/2026", "5/5/26"]
CONFUSED = [*ORDERED, "2/13/2026"]
VALUES = ["1", "2.5", "1,000", "a lot", "", "30%", "#N/A", "完成", "-", "value"]
SHARES = ["0.3", "1", "30%", "33.3333333333333%", "", "#REF!", "high", "-0.1", "完成"]
PERCENTS = [*SHARES, "70", "100"]
ODD = [*PERCENTS, "7000"]
NOTES = ["fine", "", "two\nlines", "n/a", "so “it” is", " fine"]


def cells_of(days: list[str], shares: list[str], confidence: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    lists = [KEYS, days, VALUES, shares, confidence, ["on track", "", "x"], NOTES,
             ["Sales", "A; B", "-", "Total", ""], ["2026-Q1", "2026年第1季度", "季度", ""]]  # fmt: skip
    return st.tuples(*map(st.sampled_from, lists))


rows_of_logs = st.one_of(
    *(
        st.lists(cells_of(days, shares, confidence), min_size=1, max_size=20)
        for days in (DAYS, ORDERED, CONFUSED)
        for shares, confidence in ((SHARES, SHARES), (SHARES, PERCENTS), (PERCENTS, ODD), (ODD, SHARES))
    )
)
columns_of_logs = st.sampled_from([9, 7, 5, 3])


def manner(rows: int | None = None, mapping: SheetMapping | None = None) -> Manner:
    """Reads in stretches of so many rows, or whole."""
    sizes = {"large": NEVER} if rows is None else {"large": 0, "rows": rows}
    return Manner(policy.load(), TODAY, mapping, **sizes)


def read_whole(path: Path, mapping: SheetMapping | None = None) -> Parsed:
    return read_files([InputFile(path, path.name)], manner(None, mapping), kept_in=None)[0].content


def read_in_stretches(path: Path, rows: int, mapping: SheetMapping | None = None) -> Parsed:
    with tempfile.TemporaryDirectory() as data:
        reading = read_files([InputFile(path, path.name)], manner(rows, mapping), kept_in=Path(data))[0]
        assert not reading.content.facts
        kept = parsed.load(Path(data), reading.digest)
        return replace(reading.content, facts=kept.facts if kept else {})


def assert_same(stretches: Parsed, whole: Parsed) -> None:
    assert stretches.sheets == whole.sheets
    pd.testing.assert_frame_equal(stretches.problems, whole.problems)
    assert stretches.facts.keys() == whole.facts.keys()
    for name, facts in whole.facts.items():
        pd.testing.assert_frame_equal(stretches.facts[name], facts)


def written(path: Path, rows: list[tuple[str, ...]], *, width: int = 9, encoding: str = "utf-8") -> Path:
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file).writerows([HEADERS[:width], *(row[:width] for row in rows)])
    return path


def assert_stretches_change_nothing(rows: list[tuple[str, ...]], width: int, length: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder) / "log.csv", rows, width=width)
        assert_same(read_in_stretches(path, length), read_whole(path))


@given(rows=rows_of_logs, width=columns_of_logs, length=st.integers(4, 9))
@settings(max_examples=8, deadline=None)
def test_the_length_of_a_stretch_changes_nothing(rows: list[tuple[str, ...]], width: int, length: int) -> None:
    assert_stretches_change_nothing(rows, width, length)


@pytest.mark.thorough
@given(rows=rows_of_logs, width=columns_of_logs, length=st.integers(1, 12))
@settings(max_examples=300, deadline=None)
def test_the_length_of_no_stretch_changes_anything(rows: list[tuple[str, ...]], width: int, length: int) -> None:
    assert_stretches_change_nothing(rows, width, length)


PLAIN = [("K1", f"2026-03-{day:02}", str(day), "0.5", "0.6", "on track", "fine") for day in range(1, 13)]
LATE_SCALE = [*PLAIN, ("K2", "2026-03-13", "3", "55", "0.6", "on track", "in percent, as is all")]
LATE_ORDER = [("K1", f"{day}/{day + 1}/2026", "1", "", "", "", "") for day in range(1, 12)] + [
    ("K1", "3/25/2026", "1", "", "", "", "")
]
BOTH_ORDERS = [*LATE_ORDER, ("K1", "25/3/2026", "1", "", "", "", "")]
NO_SCALE = [*PLAIN, ("K1", "2026-03-13", "1", "0.5", "7", "on track", "of ten, perhaps")]
NO_SCALE_NEEDED = [*PLAIN, ("K1", "2026-03-13", "1", "7", "0.5", "on track", "of ten, perhaps")]
REPEATED = [*PLAIN, *PLAIN[:5], ("Total", "2026-03-09", "9", "385", "", "", ""), PLAIN[2], ("",) * 7, ("",) * 7]
STACKED = [*PLAIN, ("KR", "date", "confidence", "value", "progress", "status", "note"), *PLAIN[:3]]
ALL_BAD = [("K1", "soon", "1", "", "", "", "")] * 3


@pytest.mark.parametrize(
    "rows",
    [PLAIN, LATE_SCALE, LATE_ORDER, BOTH_ORDERS, NO_SCALE, NO_SCALE_NEEDED, REPEATED, STACKED, ALL_BAD],
    ids=["plain", "scale", "order", "orders", "no scale", "no scale needed", "repeated", "stacked", "all bad"],
)
def test_what_a_late_row_decides_holds_for_all(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    path = written(tmp_path / "log.csv", rows, width=7)
    assert_same(read_in_stretches(path, 4), read_whole(path))


def test_a_scale_shown_by_the_last_row_is_that_of_the_first(tmp_path: Path) -> None:
    read = read_in_stretches(written(tmp_path / "log.csv", LATE_SCALE, width=7), 4)
    assert read.facts["check_in"]["progress"].tolist() == [0.005] * 12 + [0.55]
    assert read.facts["check_in"]["row"].tolist() == list(range(2, 15))


HEADER = "关键结果,日期,当前值,信心指数,说明\n"
LINES = "".join(f'增长“{at}”,2026-03-{at:02},{at},{at % 10},"说 ""{at}""，\n行"\n' for at in range(1, 20))
TEXTS = {
    "gb18030.csv": (HEADER + LINES).encode("gb18030"),
    "utf-16.csv": (HEADER + LINES).encode("utf-16"),
    "marked.csv": (HEADER + LINES).encode("utf-8-sig"),
    "packed.csv.gz": gzip.compress((HEADER + LINES).encode()),
    "tabs.tsv": (HEADER + LINES).replace(",", "\t").encode(),
    "returns.csv": (HEADER + LINES).replace("\n", "\r\n").encode(),
    "short and long rows.csv": (HEADER + LINES + "K1,2026-03-09\nK1,2026-03-09,3,4,so,and,on\n" + LINES).encode(),
    "quotes out of place.csv": (HEADER + LINES + 'K1,2026-03-09,3,4,"so" it is\n' + LINES).encode(),
    "open quote.csv": (HEADER + LINES + 'K1,2026-03-09,3,4,"so').encode(),
    "quoted twice.csv": "".join(f'"{line}"\n' for line in ("KR,date,value", "K1,2026-03-09,1")).encode(),
    "2026-Q1 title.csv": ("进展 2026-Q1\n\n" + HEADER + LINES + "K1,3月9日,1,,\n").encode(),
    "no header.csv": "".join(f"a{at},b\n" for at in range(50)).encode(),
    "another table.csv": b"objective,cycle,team\nGrow,2026-Q1,Sales\n",
    "no rows.csv": HEADER.encode(),
    "cells beside.csv": b"KR,date,value,,noto\nK1,2026-03-02,1,,\n\nK1,2026-03-09,,x,y\nK2,2026-03-09,1,z,\n",
    "blank lines below.csv": (HEADER + LINES + "\n" * 9 + "K1,2026-03-09,3,4,so\n" + "\n" * 9).encode(),
}


@pytest.mark.parametrize("name", TEXTS)
def test_every_kind_of_text_file_is_read_in_stretches_as_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(TEXTS[name])
    assert_same(read_in_stretches(path, 7), read_whole(path))


MAPPING = """
like = "check_ins"
[columns]
"What" = "key_result_title"
"When" = "checked_on"
"How far" = "progress"
"Sure" = "confidence"
[constants]
team = "Sales"
[scales]
confidence = 10
"""


@pytest.mark.parametrize("header", ["What,When,How far,Sure", "KR,date,progress,confidence"])
def test_a_mapping_holds_for_every_stretch(tmp_path: Path, header: str) -> None:
    (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    path = tmp_path / "log.csv"
    lines = [f"K{at % 5},2026-03-{at:02},{at}%,{at % 11}" for at in range(1, 20)]
    path.write_text("\n".join([header, *lines, *lines[:3]]), encoding="utf-8")
    mapping = read_mapping(tmp_path / "mapping.toml")
    assert_same(read_in_stretches(path, 6, mapping), read_whole(path, mapping))


def long_log(folder: Path) -> Path:
    """A log of few rows and many bytes: 20 check-ins, 4 of them twice, and 12 rows without a day."""
    rows = [("k1", f"2025-0{month}-0{day}", "5", "x" * 500_000) for month in (2, 3) for day in range(10)]
    dated = [(key, day.replace("-00", "-10"), value, note) for key, day, value, note in rows]
    header = ["key_result_id", "checked_on", "value", "note"]
    return write_csv(folder / "log.csv", header, *dated, *dated[:4], *[("k1", "", "5", "y" * 500_000)] * 12)


def test_the_command_loads_a_large_log_as_any_other(tmp_path: Path) -> None:
    data, log = tmp_path / "data", long_log(tmp_path)
    assert log.stat().st_size > LARGE
    tried = loaded(data, "--dry-run", log)
    done = loaded(data, "--no-build", log)
    [file] = done["files"]
    assert (tried["exit"], done["exit"], done["problems"]) == (1, 1, 12)
    assert tried["files"] == [file]
    assert [file[name] for name in ("rows_in", "kept", "set_aside", "skipped")] == [36, 20, 12, 4]
    assert loaded(data, "--no-build", log)["unchanged"]


def test_a_large_sheet_of_corrected_problems_is_read_whole(tmp_path: Path) -> None:
    sheet = write_csv(tmp_path / "problems.csv", ["rule", "file", "sheet", "cell", "value", "corrected"], ["a"] * 6)
    opened = open_file(InputFile(sheet, sheet.name), manner(1), None)
    assert opened.content is None
    assert len(opened.tables[0].frame) == 2


def test_a_large_log_whose_kept_rows_are_damaged_is_read_again(tmp_path: Path) -> None:
    data, log = tmp_path / "data", written(tmp_path / "log.csv", PLAIN, width=7)
    read = [read_files([InputFile(log, log.name)], manner(5), kept_in=data)[0]]
    [kept] = (data / "files").glob("*/check_in.parquet")
    kept.write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])
    read += [read_files([InputFile(log, log.name)], manner(5), kept_in=data)[0]]
    assert read[0].load == read[1].load
    content = parsed.load(data, read[0].digest)
    assert content is not None
    assert len(content.facts["check_in"]) == len(PLAIN)
