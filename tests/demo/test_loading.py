from pathlib import Path

import pytest

from pipelines import sources, tidy
from pipelines.demo.timeline import TODAY
from pipelines.inputs import expand
from pipelines.policy import load
from pipelines.tidy.sheet import TidySheet

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
FILES = sorted(path.name for path in SAMPLE.iterdir() if path.suffix in (".xlsx", ".csv"))
FAULTY = "check-ins 2026.csv"


def sheets(name: str) -> list[TidySheet]:
    return [tidy.tidy(raw, policy=load(), today=TODAY) for raw in sources.read(SAMPLE / name, name)]


@pytest.mark.parametrize("name", [name for name in FILES if name != FAULTY])
def test_every_row_of_the_sample_is_kept_without_a_doubt(name):
    for sheet in sheets(name):
        assert (sheet.kept, sheet.problems) == (sheet.rows_in, [])


def test_only_the_two_documented_rows_are_set_aside():
    (log,) = sheets(FAULTY)
    assert (log.set_aside, log.kept) == (2, log.rows_in - 2)
    assert [problem.column for problem in log.problems] == ["Date", "Value / Progress / Confidence"]


def test_every_column_of_a_flat_sheet_is_understood():
    for sheet in (*sheets("2026-Q3 OKR.xlsx"), *sheets("西山分公司 2026-Q3.xlsx")):
        assert sheet.layout == "flat"
        assert sheet.facts["key_result"][["target", "score", "weight"]].notna().any().all()
        assert sheet.facts["objective"][["level", "created_on", "ambition"]].notna().any().all()
        assert len(sheet.facts["alignment"]) > 0


def test_the_page_about_the_sample_is_no_input(tmp_path):
    inputs = expand([SAMPLE], apart_from=tmp_path)
    assert inputs.ignored == ()
    assert len(inputs.files) == len(FILES)
