"""Mapping files: what they may say, what is said of mistakes in them, and how one is proposed."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from pipelines.problems import InputError
from pipelines.sources.raw import RawTable, text_frame
from pipelines.tidy.mapping import SheetMapping, read_mapping
from pipelines.tidy.proposal import proposed
from tests.pipelines.files import loaded, okr, printed, write_csv

HEADERS = ["大目标", "小目标", "打分情况", "何时到期"]
ROWS = [["提升满意度", "NPS 达到 60", 3.5, "2026-09-30"], [None, "投诉下降", 5, "2026-09-30"]]
MINE = """
like = "flat"
[columns]
"大目标" = "objective.title"
"小目标" = "key_result.title"
"打分情况" = "key_result.score"
"何时到期" = ""
[constants]
cycle = "2026-Q3"
team = "客服部"
[scales]
"key_result.score" = [3, 5]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def understood(tmp_path: Path, text: str) -> SheetMapping:
    return read_mapping(written(tmp_path, text))


def test_columns_of_any_name_load_with_a_mapping(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "台账.csv", HEADERS, *ROWS)
    assert okr(tmp_path / "data", "ingest", path).exit_code == 2
    report = loaded(tmp_path / "data", path, "--mapping", written(tmp_path, MINE))
    assert (report["exit"], report["files"][0]["layout"]) == (0, "mine.toml")
    assert report["files"][0]["facts"] == {"objective": 1, "key_result": 2}
    (objective,) = printed(tmp_path / "data", "metrics", "completion", "--by", "team,cycle")
    assert (objective["team"], objective["cycle"], objective["scored"]) == ("客服部", "2026-Q3", 1)
    # 3.5 and 5 on a scale from 3 to 5 are 0.25 and 1; the mean is 0.625.
    assert objective["completion_rate"] == pytest.approx(0.625)


def test_another_mapping_is_another_reading(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "台账.csv", HEADERS, *ROWS)
    mapping = written(tmp_path, MINE)
    assert loaded(tmp_path / "data", path, "--mapping", mapping, "--no-build")["unchanged"] is False
    assert loaded(tmp_path / "data", path, "--mapping", mapping, "--no-build")["unchanged"] is True
    written(tmp_path, MINE.replace("2026-Q3", "2026-Q2"))
    assert loaded(tmp_path / "data", path, "--mapping", mapping, "--replace")["unchanged"] is False
    (row,) = printed(tmp_path / "data", "metrics", "completion", "--by", "cycle")
    assert row["cycle"] == "2026-Q2"


def test_a_mapping_for_each_sheet(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "华东"
    for name in ("华东", "华南"):
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        sheet.append(["要做的事", "怎么算成"])
        sheet.append([f"{name}增长", "签约 10 单"])
    book.save(tmp_path / "分公司.xlsx")
    text = """
[columns]
"要做的事" = "objective.title"
"怎么算成" = "key_result.title"
[sheets."华东".constants]
cycle = "2026-Q3"
team = "华东"
[sheets."华南".constants]
cycle = "2026-Q3"
team = "华南"
"""
    report = loaded(tmp_path / "data", tmp_path / "分公司.xlsx", "--mapping", written(tmp_path, text))
    assert (report["exit"], [sheet["kept"] for sheet in report["files"]]) == (0, [1, 1])
    teams = [row["team"] for row in printed(tmp_path / "data", "metrics", "completion", "--by", "team")]
    assert teams == ["华东", "华南"]


def test_a_mapping_that_fits_nothing_is_said_and_the_file_read_as_usual(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "2026-Q3.csv", ["Objective", "Key result"], ["Grow", "Deals"])
    report = loaded(tmp_path / "data", path, "--mapping", written(tmp_path, MINE))
    assert (report["exit"], report["files"][0]["layout"]) == (0, "flat")
    (problem,) = printed(tmp_path / "data", "problems")
    assert problem["rule"] == "mapping_unused"
    assert "大目标, 小目标, 打分情况" in problem["message"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("like = ", "cannot be read"),
        ('lik = "flat"', "“lik” (like?)"),
        ('like = "flatt"', "“like” is 'flatt', but has to be flat |"),
        ('[columns]\n"A" = "objective.titel"', "“objective.titel”, which is no field of flat (objective.title"),
        ('[constants]\ncycle = ""', "“[constants] cycle” is ''"),
        ('[constants]\nwhen = "2026"', "“when”, which is no field"),
        ('[columns]\n"A" = ""', "“[columns]” is '', but has to be objective.title + key_result.title"),
        ("[scales]\nscore = [5, 3]", "“[scales] score” is [5, 3]"),
        ('[words.status]\nrunning = ["gul"]', "active | cancelled | done | draft"),
        ('[words.mood]\ngood = ["gul"]', "“words” is 'mood'"),
        ('date_order = "month"', "day-month | month-day"),
        ('header_row = "4"', "“header_row” is '4'"),
    ],
)
def test_a_mistake_in_a_mapping_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        understood(tmp_path, text)
    assert said in caught.value.problem.told()
    assert caught.value.problem.told("zh_CN").endswith(("。", "。 "))
    result = okr(tmp_path / "data", "ingest", write_csv(tmp_path / "a.csv", ["A"]), "--mapping", tmp_path / "mine.toml")
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_a_tools_layout_may_be_said_to_differ(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "athens.csv", ["Date", "KR #1", "Total"], ["22.03.19", 0.4, 0.4])
    assert okr(tmp_path / "data", "ingest", path).exit_code == 2
    mapping = written(tmp_path, 'like = "joystream"\n[constants]\ncycle = "2019-Q1"\nobjective_title = "Athens"')
    report = loaded(tmp_path / "data", path, "--mapping", mapping, "--no-build")
    assert report["files"][0]["facts"] == {"objective": 1, "key_result": 1, "check_in": 1}


def raw(*rows: list[str | None], sheet: str | None = None) -> RawTable:
    return RawTable("台账.csv", sheet, text_frame(rows, range(1, len(rows) + 1)))


def test_the_proposal_names_the_evidence_of_every_column_and_is_a_mapping(tmp_path: Path) -> None:
    rows = [["大目标", "关键成果", "打分", "何时到期"], ["增长", "签约", "0.7", "2026-09-30"]]
    text = proposed([raw(["OKR 台账"], *rows)], first_month=1, language="en")
    assert "header_row = 2" in text
    lines = {line.partition(" = ")[0]: line for line in text.splitlines()}
    assert lines['"关键成果"'] == '"关键成果" = "key_result.title"  # B: a known header of this field; 签约'
    assert "almost the header “目标”, which means objective.title" in lines['"大目标"']
    assert "all numbers" in lines['"打分"']
    assert "all dates" in lines['"何时到期"']
    assert 'cycle = ""' in text
    complete = text.replace('"大目标" = ""', '"大目标" = "objective.title"').replace('cycle = ""', 'cycle = "2026-Q3"')
    mapping = understood(tmp_path, complete)
    assert mapping.layouts[0].own.header_row == 2


def test_the_proposal_for_a_sheet_that_is_understood_loads_as_it_is(tmp_path: Path) -> None:
    headers = ["Objective", "Key result", "Quarter", "Score"]
    path = write_csv(tmp_path / "goals.csv", headers, ["G", "D", "2026-Q3", 0.5])
    out = tmp_path / "goals.toml"
    assert okr(tmp_path / "data", "map", path, "--out", out).exit_code == 0
    report = loaded(tmp_path / "data", path, "--mapping", out, "--no-build")
    assert (report["exit"], report["files"][0]["layout"], report["problems"]) == (0, "goals.toml", 0)


def test_the_proposal_speaks_chinese(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "台账.csv", HEADERS, *ROWS)
    assert "接近列名“目标”" in okr(tmp_path / "data", "map", path, OKR_LANG="zh").output


def test_the_proposal_knows_cycles_by_their_spelling() -> None:
    text = proposed([raw(["Dream", "When"], ["Grow", "2026-Q3"])], first_month=1, language="en")
    assert '"When" = "cycle"  # B: not a known header; all cycles; 2026-Q3' in text
    assert "[constants]" not in text


def test_the_proposal_for_a_tools_file_asks_for_the_cycle_that_nothing_states() -> None:
    text = proposed([raw(["Date", "KR #1"], ["22.03.19", "0.1"])], first_month=1, language="en")
    assert 'like = "joystream"' in text
    assert '# "KR #1" = "progress"' in text
    assert 'cycle = ""' in text
