"""Lists whose rows are objectives and key results."""

import pytest

HEADER = ["Row ID", "Type", "Title", "Parent", "Time Period", "Team", "Current", "Target"]


def titles(sheet) -> dict[int, str]:
    return {
        int(row): title
        for row, title in zip(sheet.facts["objective"]["row"], sheet.facts["objective"]["title"], strict=True)
    }


def above(sheet) -> list[tuple[str, int]]:
    facts = sheet.facts["key_result"]
    return list(zip(facts["title"], facts["objective_row"].astype(int), strict=True))


def test_a_parent_may_be_named_by_its_row(tidied) -> None:
    sheet = tidied(
        HEADER,
        ["1", "Objective", "Grow", None, "2026-Q3", "Sales", None, None],
        ["2", "Key result", "Deals", "1", None, None, "5", "10"],
        ["3", "Objective", "Grow east", "1\n2", "2026-Q3", "East", None, None],
        ["4", "Key result", "Calls", "3", None, None, "7", "10"],
    )
    assert (sheet.kept, sheet.problems, sheet.table) == (4, [], "key_result")
    assert titles(sheet) == {2: "Grow", 4: "Grow east"}
    assert above(sheet) == [("Deals", 2), ("Calls", 4)]
    links = sheet.facts["alignment"]
    assert links[["objective_row", "parent_row", "parent"]].to_numpy().tolist() == [[4, 2, "Grow"], [4, 3, "Deals"]]


def test_a_key_result_below_a_key_result_belongs_to_the_objective_over_both(tidied) -> None:
    sheet = tidied(
        HEADER,
        ["1", "Objective", "Grow", None, "2026-Q3", "Sales", None, None],
        ["2", "Key result", "Deals", "1", None, None, "5", "10"],
        ["3", "Key result", "Large deals", "2", None, None, "1", "2"],
    )
    assert above(sheet) == [("Deals", 2), ("Large deals", 2)]


def test_outline_numbers_stay_text(tidied) -> None:
    rows = [["1", "Objective", "Grow", "2026-Q3"]]
    rows += [[f"1.{n}", "Key result", f"Result {n}", "2026-Q3"] for n in range(1, 11)]
    rows += [["1.10.1", "Objective", "Below the tenth", "2026-Q3"]]
    sheet = tidied(["Order", "Type", "Title", "Period"], *rows)
    assert [row for _, row in above(sheet)] == [2] * 10
    assert sheet.facts["alignment"][["objective_row", "parent_row"]].to_numpy().tolist() == [[13, 12]]


def test_without_a_word_on_the_hierarchy_key_results_are_not_given_to_the_objective_above(tidied) -> None:
    rows = [["Type", "Title", "Period"], ["Objective", "Grow", "2026"], ["Key result", "Deals", "2026"]]
    sheet = tidied(*rows)
    assert (sheet.kept, sheet.set_aside) == (1, 1)
    (problem,) = sheet.problems
    assert (problem.rule.code, problem.row) == ("key_result_without_objective", 3)
    assert 'hierarchy = "above"' in problem.message()


def test_rows_that_are_neither_are_named(tidied) -> None:
    sheet = tidied(
        HEADER,
        ["1", "Objective", "Grow", None, "2026-Q3", "Sales", None, None],
        ["2", "Project", "Move the office", "1", None, None, None, None],
        ["3", "Key result", "Deals", "1", None, None, "5", "10"],
    )
    assert (sheet.kept, sheet.set_aside, sheet.skipped) == (2, 1, 0)
    (problem,) = sheet.problems
    assert (problem.rule.code, problem.cell, problem.value) == ("row_of_another_kind", "B3", "Project")


@pytest.mark.parametrize("parent", ["Grow (weight: 14.29%, Id: 7)", "7"])
def test_a_parent_may_be_named_by_its_id(tidied, parent: str) -> None:
    sheet = tidied(
        ["ID", "Type", "Title", "Parent", "Time Period", "Team"],
        ["7", "Objective", "Grow", None, "2026-Q3", "Sales"],
        ["8", "Key result", "Deals", parent, "2026-Q3", "Sales"],
    )
    assert sheet.facts["key_result"][["key_result_id", "objective"]].to_numpy().tolist() == [["8", "7"]]


def test_weights_are_shares_of_the_objective_that_the_rows_show(tidied) -> None:
    sheet = tidied(
        ["Row ID", "Type", "Title", "Parent", "Time Period", "Weight"],
        ["1", "Objective", "Grow", None, "2026-Q3", None],
        ["2", "Key result", "Deals", "1", None, "30"],
        ["3", "Key result", "Calls", "1", None, "70"],
    )
    assert sheet.facts["key_result"]["weight"].tolist() == [0.3, 0.7]
