"""The plain template: each table in either language, its references, and what is refused."""

from pathlib import Path

import pandas as pd
import pytest

from pipelines.policy import load
from pipelines.problems import InputError
from pipelines.sources import read
from pipelines.tidy import tidy
from pipelines.tidy.cells.folding import words
from pipelines.tidy.layouts import layouts

REAL = Path(__file__).parents[3] / "shared" / "real" / "protocol_labs"


def codes(sheet) -> list[str]:
    return [problem.rule.code for problem in sheet.problems]


def test_every_field_of_a_layout_is_a_column_of_the_schema_or_turned_into_one() -> None:
    settled = {
        "kind",
        "row_id",
        "id",
        "parent_row",
        "type",
        "owner",
        "weight",
        "score",
        "score_self",
        "status",
        "progress",
        "parent",
        "starts_on",
        "ends_on",
    }
    references = {"objective_id", "objective_title", "key_result_id", "key_result_title", "cycle", "team"}
    for layout in layouts().values():
        parts = [layouts()["objectives"], layouts()["key_results"]] if layout.name == "mixed" else [layout]
        for field in layout.written:
            meaning = any(part.column(field).meaning for part in parts)
            known = meaning or field in settled | references
            assert known, (layout.name, field)


def test_every_choice_has_words_and_every_word_a_choice() -> None:
    for layout in layouts().values():
        for field in layout.written:
            column = layout.column(field)
            if column.choices:
                topic = f"{layout.table}_kind" if column.name == "kind" else column.name
                assert set(words()[topic].values()) == set(column.choices)


def test_objectives_with_parents_give_alignment(tidied) -> None:
    sheet = tidied(
        ["objective_id", "cycle", "team", "title", "level", "parent"],
        ["o1", "2026Q3", "Sales", "Grow", "Team", "c1; c2\nc3；c4"],
        ["o2", "2026Q3", "Sales", "Keep", "team", None],
    )
    assert (sheet.layout, sheet.table, sheet.kept) == ("objectives", "objective", 2)
    assert sheet.facts["objective"]["cycle"].tolist() == ["2026-Q3"] * 2
    alignment = sheet.facts["alignment"]
    assert alignment["parent"].tolist() == ["c1", "c2", "c3", "c4"]
    assert alignment["objective_row"].tolist() == [2] * 4
    assert alignment["objective"].tolist() == ["o1"] * 4
    assert alignment["relation"].eq("contributes").all()


def test_key_results_name_their_objective_by_id_or_title(tidied) -> None:
    sheet = tidied(
        ["目标编号", "目标", "关键成果", "权重", "初始值", "目标值", "单位"],
        ["o1", None, "签约", "30%", "0", "50万", "元"],
        [None, "增长", "续约", "70%", "0", "12", None],
        file="关键成果.csv",
    )
    facts = sheet.facts["key_result"]
    assert sheet.layout == "key_results"
    assert facts["objective"].tolist() == ["o1", "增长"]
    assert facts["weight"].tolist() == [0.3, 0.7]
    assert facts["target"].tolist() == [500_000, 12]


def test_a_log_is_known_by_its_columns(tidied) -> None:
    sheet = tidied(
        ["Date", "Objective", "Key result", "Value", "Unit", "Confidence", "Note", "By"],
        ["2026-07-05", "Grow", "Deals", "3", "deals", "0.8", "fine", "Ann"],
        file="export.csv",
    )
    fact = sheet.facts["check_in"].iloc[0]
    assert (fact["key_result"], fact["objective"], fact["value"], fact["confidence"]) == ("Deals", "Grow", 3, 0.8)
    assert any("Unit" in decision.told() for decision in sheet.decisions)


@pytest.mark.parametrize(
    ("file", "rows", "table"),
    [
        ("teams.csv", [["team", "parent_team", "kind"], ["Sales", "Company", "Department"]], "team"),
        ("x.csv", [["部门", "上级部门", "分管领导"], ["销售部", "公司", "王总"]], "team"),
        ("people.csv", [["person", "team", "rank"], ["Ann", "Sales", "Senior"]], "person"),
        ("x.csv", [["姓名", "部门", "职级"], ["张三", "销售部", "M1"]], "person"),
        ("cycles.csv", [["cycle", "starts_on", "ends_on"], ["Sprint", "2026-01-01", "2026-02-15"]], "cycle"),
        ("x.csv", [["objective", "parent", "relation"], ["o1", "c1", "supports"]], "alignment"),
        ("x.csv", [["objective_id", "changed_on", "field", "old"], ["o1", "2026-01-09", "title", "A"]], "change"),
    ],
)
def test_the_other_tables_are_read(tidied, file: str, rows: list[list[str]], table: str) -> None:
    sheet = tidied(*rows, file=file)
    assert (sheet.table, sheet.kept, len(sheet.facts[table])) == (table, 1, 1)
    assert sheet.facts[table]["row"].tolist() == [2]
    assert not sheet.problems


def test_a_link_without_a_relation_contributes_and_a_dash_names_nothing(tidied) -> None:
    links = tidied(["objective", "parent", "relation"], ["o1", "c1", None], ["o2", "c1", "协同"], file="alignment.csv")
    assert links.facts["alignment"]["relation"].tolist() == ["contributes", "supports"]
    goals = tidied(["cycle", "objective", "team", "parent"], ["2026-Q3", "Grow", "-", "无"])
    assert goals.facts["objective"]["team"].isna().all()
    assert "alignment" not in goals.facts


def test_listed_cycles_get_their_days_from_their_label(tidied) -> None:
    sheet = tidied(
        ["cycle", "starts_on", "ends_on"], ["2026Q3", None, None], ["Sprint 1", None, None], file="cycles.csv"
    )
    assert sheet.facts["cycle"][["cycle", "kind"]].to_numpy().tolist() == [["2026-Q3", "quarter"]]
    assert sheet.facts["cycle"]["ends_on"].tolist() == [pd.Timestamp("2026-09-30")]
    assert sheet.set_aside == 1


def test_a_needed_cell_sets_the_row_aside_and_is_named(tidied) -> None:
    sheet = tidied(
        ["key_result", "date", "value"],
        ["k1", "2026-02-30", "1"],
        ["k1", None, "1"],
        ["k1", "2026-02-20", "lots"],
        ["k1", "2026-02-20", "#N/A"],
        [None, "2026-02-20", "1"],
        ["k1", "2026-02-20", "2"],
        file="check_ins.csv",
    )
    assert (sheet.rows_in, sheet.kept, sheet.set_aside) == (6, 1, 5)
    assert codes(sheet) == ["date_needed", "cell_missing", "number_needed", "cell_error_needed", "cell_missing"]
    assert [problem.cell for problem in sheet.problems] == ["B2", "B3", "C4", "C5", "A6"]
    assert sheet.problems[0].value == "2026-02-30"


def test_a_bad_optional_cell_counts_as_blank_and_is_told(tidied) -> None:
    sheet = tidied(
        ["cycle", "objective", "ambition", "score", "created_on"],
        ["2026-Q3", "Grow", "bold", "high", "someday"],
        ["2026-Q3", "Keep", "承诺型", "1.3", "2026-07-01"],
        ["2026-Q3", "Sell", "-", "#REF!", "—"],
    )
    assert sheet.kept == 3
    assert sorted(codes(sheet)) == ["cell_error", "date_unreadable", "number_unreadable", "off_scale", "word_unknown"]
    assert sheet.facts["objective"]["score"].tolist()[1] == 1.3
    assert sheet.facts["objective"].loc[0, ["ambition", "score", "created_on"]].isna().all()


def test_a_score_without_a_scale_stops_the_sheet_but_a_confidence_does_not(tidied) -> None:
    with pytest.raises(InputError, match="fits neither"):
        tidied(["cycle", "objective", "score"], ["2026-Q3", "Grow", "7.5"])
    log = tidied(["key_result", "date", "value", "confidence"], ["k", "2026-07-01", "1", "4"], file="check_ins.csv")
    assert codes(log) == ["scale_unclear_blank"]
    assert log.facts["check_in"]["confidence"].isna().all()


def test_dates_in_either_order_stop_a_log(tidied) -> None:
    with pytest.raises(InputError, match="day-month"):
        tidied(["key_result", "date", "value"], ["k", "03/04/2026", "1"], file="check_ins.csv")


def test_start_at_target_and_days_to_come_are_doubtful(tidied) -> None:
    goals = tidied(["objective_id", "key_result", "start", "target"], ["o1", "k", "5", "5"], file="key_results.csv")
    assert codes(goals) == ["start_is_target"]
    assert goals.problems[0].cell == "D2"
    log = tidied(["key_result", "date", "value"], ["k", "2027-01-01", "1"], file="check_ins.csv")
    assert codes(log) == ["check_in_in_future"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["Please read this first"], ["Fill in the next sheet"]], "no header row"),
        ([["objective", "目标", "cycle"], ["a", "b", "2026"]], "“objective” and “目标”"),
        ([["objektive", "cycle", "team", "owner"], ["a", "2026", "b", "c"]], "“objektive”?"),
        ([["objective", "team", "owner"], ["a", "b", "c"]], "to which cycle"),
    ],
)
def test_a_sheet_that_cannot_be_used_says_why(tidied, rows: list[list[str]], words: str) -> None:
    with pytest.raises(InputError) as caught:
        tidied(*rows)
    assert words in str(caught.value)
    assert str(caught.value).startswith("goals.csv")


@pytest.mark.parametrize(
    ("file", "sheet", "titles", "cycle"),
    [
        ("goals.xlsx", "2026年第三季度", [], "2026-Q3"),
        ("OKR 2026Q2.xlsx", "Sales", [], "2026-Q2"),
        ("2026-Q1/goals.csv", None, [], "2026-Q1"),
        ("goals.csv", None, [["管理周期：2025年第四季度"], []], "2025-Q4"),
    ],
)
def test_the_cycle_may_stand_around_the_table(tidied, file, sheet, titles, cycle) -> None:
    tidy_sheet = tidied(*titles, ["objective", "team"], ["Grow", "Sales"], file=file, sheet=sheet)
    assert tidy_sheet.facts["objective"]["cycle"].tolist() == [cycle]


def test_days_make_a_cycle_of_their_own_or_name_a_known_one(tidied) -> None:
    sheet = tidied(
        ["objective", "cycle", "start date", "end date"],
        ["Grow", "Sprint 1", "2026-01-05", "2026-02-15"],
        ["Keep", None, "2026-07-01", "2026-09-30"],
        ["Sell", None, "2026-07-05", "2026-09-30"],
        ["Move", "Sprint 2", None, None],
    )
    labels = ["Sprint 1", "2026-Q3", "2026-07-05/2026-09-30", "Sprint 2"]
    assert sheet.facts["objective"]["cycle"].tolist() == labels
    assert sheet.facts["cycle"]["cycle"].tolist() == ["Sprint 1", "2026-07-05/2026-09-30"]


@pytest.mark.skipif(not REAL.exists(), reason="the public record of Protocol Labs is not at hand")
@pytest.mark.parametrize(
    ("name", "counts"),
    [("objectives", (64, 64, 0, 0)), ("key_results", (211, 211, 0, 0)), ("check_ins", (341, 285, 48, 8))],
)
def test_a_real_record_is_accounted_for_row_by_row(name: str, counts: tuple[int, ...]) -> None:
    path = REAL / f"{name}.csv"
    sheet = tidy(read(path, path.name)[0], policy=load(), today=pd.Timestamp("2026-11-08").date())
    assert (sheet.rows_in, sheet.kept, sheet.set_aside, sheet.skipped) == counts
    assert len(sheet.facts[name.removesuffix("s")]) == counts[1]
    columns = pd.Series([problem.column for problem in sheet.problems]).value_counts().to_dict()
    assert columns == ({"date": 46, "score": 2} if name == "check_ins" else {})
