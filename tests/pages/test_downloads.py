"""What is taken away cannot run in a spreadsheet."""

import io
from csv import reader

import pandas as pd
import pytest

from dashboard.downloads import csv, headed
from pipelines.records import FORMULA_STARTS


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_and_no_header_starts_a_formula(start):
    written = csv(pd.DataFrame({f"{start}head": [f"{start}cmd", "plain", -1.5]}))
    header, first, *rest = list(reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert header == [f"'{start}head"]
    assert first == [f"'{start}cmd"]
    assert rest == [["plain"], ["-1.5"]]


def test_the_file_is_headed_as_the_page():
    columns = {"rate": {"label": "2026-Q3"}, "team": {"label": "团队"}}
    frame = headed(pd.DataFrame({"team": ["财务"], "rate": [71.0], "path": ["Finance"]}), columns)
    assert frame.to_dict("list") == {"2026-Q3": [71.0], "团队": ["财务"]}


def test_the_guard_stands_in_every_row_and_chinese_survives():
    read = pd.read_csv(io.BytesIO(csv(pd.DataFrame({"团队": ["财务", "销售"]}), guard="得分高")), encoding="utf-8-sig")
    assert list(read["note"]) == ["得分高", "得分高"]
    assert list(read["团队"]) == ["财务", "销售"]
