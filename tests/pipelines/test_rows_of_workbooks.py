"""No row of a real workbook is lost: rows in = kept + set aside + skipped, from the file on the disk to the report."""

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipelines import policy
from pipelines.inputs import InputFile
from pipelines.manner import Manner
from pipelines.parsed import load
from pipelines.reading import read_files
from tests.pipelines.files import write_workbook

HEADERS = (
    ["Objective", "Key result", "Score", "Weight", "Owner"],
    ["目标", "关键成果", "完成度", "周期", "部门"],
    ["key_result", "date", "value", "confidence", "note"],
    ["Type", "Title", "Parent", "Score", "Cycle"],
    ["nothing", "that", "is", "known", "here"],
)
VALUES = st.sampled_from(
    [None, None, "Grow", "Keep", "2026-Q3", date(2026, 7, 5), 0.5, 80, "#N/A", "=A1*2", " ", "合计", "Objective", True]
)
SHEETS = st.tuples(
    st.sampled_from(HEADERS), st.lists(st.lists(VALUES, min_size=5, max_size=5), max_size=7), st.integers(0, 2)
)


# Few examples of many sheets: every example starts a process that reads the workbook.
@given(contents=st.lists(SHEETS, min_size=6, max_size=10))
def test_every_row_of_every_sheet_is_in_one_place(contents) -> None:
    sheets = {
        f"2026-Q3 ({place})": [["Goals"]] * titles + [header, *rows, *rows[:1]]
        for place, (header, rows, titles) in enumerate(contents)
    }
    with tempfile.TemporaryDirectory() as folder:
        path = write_workbook(Path(folder) / "book.xlsx", **sheets)
        manner = Manner(policy.load(), date(2026, 11, 8))
        (reading,) = read_files([InputFile(path, "book.xlsx")], manner, kept_in=Path(folder))
        kept = load(Path(folder), reading.digest)
    assert len(reading.content.sheets) == len(sheets)
    facts, problems = reading.content.facts, reading.content.problems
    for sheet in reading.content.sheets:
        assert sheet.rows_in == sheet.kept + sheet.set_aside + sheet.skipped
        assert min(sheet.kept, sheet.set_aside, sheet.skipped) >= 0
        rows = {int(row) for frame in facts.values() for row in frame.loc[frame["sheet"] == sheet.sheet, "row"]}
        here = problems[(problems["sheet"] == sheet.sheet) & (problems["kind"] == "set_aside")]
        assert not rows & set(here["row"].dropna())
        assert len(rows) <= sheet.kept
    assert kept is None or {name: len(kept.facts[name]) for name in facts} == {n: len(f) for n, f in facts.items()}
