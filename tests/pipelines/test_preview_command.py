"""`okr preview`: what loading a file would give, and `okr ingest --progress`: how far it has come."""

import json
from pathlib import Path
from typing import Any

from tests.pipelines.files import OBJECTIVES, company, loaded, okr, write_csv, write_workbook

ODD = [
    ["大目标", "小目标", "哪个部门", "打分情况"],
    ["口碑", "推荐率 60%", "华东", 4],
    ["口碑", "回访 200 家", "华东", 5],
    ["", "", "华东", 5],
]
MAPPING = """like = "flat"
header_row = 1
[columns]
"大目标" = "objective.title"
"小目标" = "key_result.title"
"打分情况" = "key_result.score"
[constants]
cycle = "2026-Q3"
[scales]
"key_result.score" = [3, 5]
"""


def previewed(data: Path, *words: object) -> list[dict[str, Any]]:
    result = okr(data, "preview", *words)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_known_sheet_is_told_column_by_column(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "in" / "objectives.csv", OBJECTIVES, ["o1", "2025-Q1", "Sales", "Grow", 0.5])
    (found,) = previewed(tmp_path / "data", path)
    (sheet,) = found["sheets"]
    assert (found["file"], found["failed"], found["unchanged"], found["earlier"]) == (
        "in/objectives.csv", False, False, [],
    )  # fmt: skip
    assert (sheet["layout"], sheet["like"], sheet["header_row"], sheet["needs_cycle"]) == (
        "objectives", "objectives", 1, False,
    )  # fmt: skip
    assert [(column["letters"], column["field"]) for column in sheet["columns"]] == [
        ("A", "objective_id"), ("B", "cycle"), ("C", "team"), ("D", "title"), ("E", "score"),
    ]  # fmt: skip
    assert sheet["first_rows"] == [["o1", "2025-Q1", "Sales", "Grow", "0.5"]]
    assert not (tmp_path / "data").exists(), "nothing is written"


def test_an_odd_sheet_is_shown_as_it_stands_and_read_as_the_mapping_says(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "in" / "odd.xlsx", 回顾=ODD)
    (before,) = previewed(tmp_path / "data", path)
    (sheet,) = before["sheets"]
    assert (before["failed"], sheet["layout"], sheet["like"], sheet["needs_cycle"]) == (True, None, "flat", True)
    assert [column["header"] for column in sheet["columns"]] == ODD[0]
    assert before["problems"][0]["kind"] == "set_aside"

    mapping = tmp_path / "odd.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    (after,) = previewed(tmp_path / "data", path, "--mapping", mapping)
    (sheet,) = after["sheets"]
    assert (after["failed"], sheet["kept"], sheet["set_aside"]) == (False, 2, 1)
    assert sheet["facts"]["key_result"] == 2
    assert sheet["columns"][0]["field"] == "objective.title"
    assert {problem["cell"] for problem in after["problems"]} >= {"B4"}


def test_what_a_load_would_mean_for_earlier_ones_is_told(tmp_path: Path) -> None:
    data = tmp_path / "data"
    folder = company(tmp_path / "company")
    loaded(data, folder / "objectives.csv")
    assert previewed(data, folder / "objectives.csv")[0]["unchanged"]
    write_csv(folder / "objectives.csv", OBJECTIVES, ["o1", "2025-Q1", "Sales", "Grow", 0.7])
    (found,) = previewed(data, folder / "objectives.csv")
    assert (found["unchanged"], found["earlier"]) == (False, [1])


def test_what_cannot_be_read_is_told_in_the_same_form(tmp_path: Path) -> None:
    for name, content in (("broken.xlsx", b"PK\x03\x04 cut off"), ("photo.jpg", b"\xff\xd8\xff"), ("empty.csv", b"")):
        (tmp_path / name).write_bytes(content)
        (found,) = previewed(tmp_path / "data", tmp_path / name)
        assert found["failed"]
        assert len(found["problems"]) == 1
        assert found["sheets"] == []


def test_progress_is_told_file_by_file_and_leaves_the_report_as_it_is(tmp_path: Path) -> None:
    folder = company(tmp_path / "company")
    result = okr(tmp_path / "data", "ingest", folder, "--json", "--progress")
    assert [line.split("\t") for line in result.stderr.splitlines()] == [
        ["progress", "0", "3", "company/check_ins.csv"],
        ["progress", "1", "3", "company/key_results.csv"],
        ["progress", "2", "3", "company/objectives.csv"],
        ["progress", "3", "3", ""],
    ]
    assert json.loads(result.stdout)["batch"] == 1
