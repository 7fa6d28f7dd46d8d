"""Sheets with several key results in one row, and tables stacked in one sheet."""

import pytest

from pipelines.problems import InputError
from pipelines.tidy.layouts import derived

WIDE = {
    "like": "flat",
    "headers": ["Objective", "Key Result {n}", "KR{n} Target"],
    "columns": {
        "Key Result {n}": "key_result.title",
        "KR{n} Target": "key_result.target",
        "KR{n} Current": "key_result.current",
    },
}
HEADER = ["Objective", "Quarter", "Key Result 1", "KR1 Target", "KR1 Current",
          "Key Result 2", "KR2 Target", "KR2 Current"]  # fmt: skip


def test_each_key_result_of_a_row_has_the_cells_of_its_number(tidied) -> None:
    sheet = tidied(
        HEADER,
        ["Grow", "2026-Q3", "Deals", "10", "5", "Calls", "100", "x"],
        ["Keep", "2026-Q3", "Renewals", "20", "18", None, None, None],
        ["Plan", "2026-Q3", None, None, None, None, None, None],
        mapping=derived("mine.toml", WIDE),
    )
    assert (sheet.rows_in, sheet.kept, sheet.layout) == (3, 3, "mine.toml")
    assert sheet.facts["objective"]["title"].tolist() == ["Grow", "Keep", "Plan"]
    found = sheet.facts["key_result"][["title", "target", "current", "row", "objective_row"]].astype(object)
    found = found.where(found.notna(), None).to_numpy().tolist()
    assert found == [["Deals", 10, 5, 2, 2], ["Calls", 100, None, 2, 2], ["Renewals", 20, 18, 3, 3]]
    (problem,) = sheet.problems
    assert (problem.cell, problem.value) == ("H2", "x")


LOG = {
    "like": "check_ins",
    "headers": ["Date", "KR #{n}"],
    "is_one_objective": True,
    "title_in_header": True,
    "columns": {"Date": "checked_on", "KR #{n}": "progress", "Total": "objective_score", "Comments": "note"},
}


def test_a_log_is_one_objective_with_a_key_result_for_each_column(tidied) -> None:
    sheet = tidied(
        ["Date", "KR #1", "KR #2", "Total"],
        ["05.04.19", "0.5", "0.7", "0.6"],
        ["Date", "KR #1", "KR #2", "Comments"],
        ["22.03.19", "0.1", None, "started"],
        ["05.04.19", "0.5", "0.7", None],
        ["19.04.19", None, None, "all away"],
        ["dd.mm.yy", "-", "-", "-"],
        file="2019-Q1 Athens.csv",
        mapping=derived("log.toml", LOG),
    )
    assert (sheet.rows_in, sheet.kept, sheet.set_aside, sheet.skipped) == (6, 3, 1, 2)
    objective = sheet.facts["objective"]
    assert objective[["title", "cycle", "score", "row"]].to_numpy().tolist() == [["2019-Q1 Athens", "2019-Q1", 0.6, 2]]
    assert sheet.facts["key_result"]["title"].tolist() == ["KR #1", "KR #2"]
    check_ins = sheet.facts["check_in"]
    assert check_ins["progress"].tolist() == [0.5, 0.7, 0.1, 0.5, 0.7]
    # The 22nd says that days come first, for the rows of the other table too.
    assert check_ins["checked_on"].dt.strftime("%m-%d").tolist() == ["04-05", "04-05", "03-22", "04-05", "04-05"]
    (problem,) = sheet.problems
    assert (problem.rule.code, problem.row) == ("row_without_values", 6)


def test_a_log_without_a_cycle_asks_for_it_and_takes_it_from_a_mapping(tidied) -> None:
    rows = [["Date", "KR #1"], ["22.03.19", "0.1"]]
    with pytest.raises(InputError, match="to which cycle"):
        tidied(*rows, file="athens.csv", mapping=derived("log.toml", LOG))
    days = {"starts_on": "2019-03-04", "ends_on": "2019-04-23"}
    stated = {**LOG, "constants": {"cycle": "Athens testnet", "objective_title": "Athens", **days}}
    sheet = tidied(*rows, file="athens.csv", mapping=derived("log.toml", stated))
    assert sheet.facts["objective"][["title", "cycle"]].to_numpy().tolist() == [["Athens", "Athens testnet"]]
    (cycle,) = sheet.facts["cycle"].to_dict("records")
    assert (cycle["cycle"], str(cycle["ends_on"].date())) == ("Athens testnet", "2019-04-23")


@pytest.mark.parametrize(("order", "day"), [("day-month", "2019-04-03"), ("month-day", "2019-03-04")])
def test_a_mapping_settles_which_comes_first_of_day_and_month(tidied, order: str, day: str) -> None:
    rows = [["key_result", "date", "value"], ["Deals", "03.04.19", "5"]]
    with pytest.raises(InputError, match="day-month or month-day"):
        tidied(*rows)
    sheet = tidied(*rows, mapping=derived("log.toml", {"like": "check_ins", "date_order": order}))
    assert sheet.facts["check_in"]["checked_on"].dt.strftime("%Y-%m-%d").tolist() == [day]


def test_scores_of_a_column_with_a_day_are_check_ins(tidied) -> None:
    mixed = {
        "like": "mixed", "hierarchy": "above", "columns": {"Type": "kind"}, "dated": {"Mid-term": "2026-08-15"},
    }  # fmt: skip
    rows = [
        ["Type", "Title", "Quarter", "Mid-term"],
        ["Objective", "Grow", "2026-Q3", None],
        ["KR", "Deals", None, "0.4"],
        ["KR", "Visits", None, "0.4"],
        ["KR", "Calls", None, None],
    ]
    sheet = tidied(*rows, mapping=derived("mid.toml", mixed))
    found = sheet.facts["check_in"][["key_result_row", "progress", "row"]].to_numpy().tolist()
    assert found == [[3, 0.4, 3], [4, 0.4, 4]]
    without = tidied(*rows, mapping=derived("mid.toml", {**mixed, "dated": {"Mid-term": ""}}))
    assert "check_in" not in without.facts
    assert [problem.rule.code for problem in without.problems] == ["column_without_date"]


def test_a_log_that_nobody_has_begun_states_nothing(tidied) -> None:
    sheet = tidied(["Date", "KR #1"], ["dd.mm.yy", "NA"], file="2019-Q3.csv", mapping=derived("log.toml", LOG))
    assert (sheet.rows_in, sheet.kept, sheet.skipped, sheet.facts) == (1, 0, 1, {})


def test_a_title_that_names_a_part_of_the_sheets_cycle_is_nearer(tidied) -> None:
    rows = [["市场部2026年第三季度OKR"], ["objective", "team"], ["Grow", "Sales"]]
    assert tidied(*rows, sheet="2026年").facts["objective"]["cycle"].tolist() == ["2026-Q3"]
    assert tidied(*rows, sheet="2025年").facts["objective"]["cycle"].tolist() == ["2025"]
