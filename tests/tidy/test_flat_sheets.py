"""Flat sheets: one row per key result, its objective repeated, merged or left blank."""

import pandas as pd
import pytest

from pipelines.problems import InputError

HEADER = ["目标（O）", "O权重", "负责人", "关键成果（KRs）", "KR权重", "评分"]


def three_ways() -> dict[str, tuple[list[list[str | None]], tuple[tuple[int, int, int, int], ...]]]:
    first = ["增长", "60%", "张三", "签约", "30%", "63%"]
    last = ["留存", "40%", "李四", "续约", "100%", "80%"]
    repeated = [first, ["增长", "60%", "张三", "回款", "70%", "75%"], last]
    blank = [first, [None, None, None, "回款", "70%", "75%"], last]
    return {
        "repeated": (repeated, ()),
        "blank": (blank, ()),
        "merged": (blank, tuple((2, column, 3, column) for column in range(3))),
    }


@pytest.mark.parametrize("way", ["repeated", "blank", "merged"])
def test_every_way_to_show_the_objective_gives_the_same_facts(tidied, way: str) -> None:
    rows, merged = three_ways()[way]
    sheet = tidied(HEADER, *rows, sheet="2026Q3", merged=merged)
    assert (sheet.layout, sheet.table, sheet.kept) == ("flat", "key_result", 3)
    objectives, key_results = sheet.facts["objective"], sheet.facts["key_result"]
    assert objectives[["title", "weight", "owner", "row"]].to_numpy().tolist() == [
        ["增长", 0.6, "张三", 2],
        ["留存", 0.4, "李四", 4],
    ]
    assert key_results[["title", "weight", "score", "objective_row"]].to_numpy().tolist() == [
        ["签约", 0.3, 0.63, 2],
        ["回款", 0.7, 0.75, 2],
        ["续约", 1.0, 0.8, 4],
    ]
    assert not sheet.problems


def test_an_owner_that_changes_within_an_objective_is_the_key_results(tidied) -> None:
    sheet = tidied(
        ["cycle", "objective", "key result", "owner"],
        ["2026-Q3", "Grow", "Deals", "Ann"],
        [None, None, "Renewals", "Bob"],
    )
    assert sheet.facts["key_result"]["owner"].tolist() == ["Ann", "Bob"]
    assert sheet.facts["objective"]["owner"].isna().all()


@pytest.mark.parametrize(("merged", "table"), [(((2, 3, 3, 3),), "objective"), ((), "key_result")])
def test_a_score_merged_over_the_rows_is_the_objectives(tidied, merged, table: str) -> None:
    sheet = tidied(
        ["cycle", "objective", "key result", "score"],
        ["2026-Q3", "Grow", "Deals", "0.7"],
        [None, None, "Renewals", None],
        merged=merged,
    )
    assert [name for name in ("objective", "key_result") if sheet.facts[name]["score"].notna().any()] == [table]


def test_self_and_superior_scores_stay_apart(tidied) -> None:
    sheet = tidied(["周期", "目标", "关键结果", "自评分", "上级评分"], ["2026年三季度", "增长", "签约", "90", "70"])
    assert sheet.facts["key_result"][["score_self", "score"]].to_numpy().tolist() == [[0.9, 0.7]]


@pytest.mark.parametrize(
    ("columns", "cells", "expected"),
    [
        (["progress"], ["40%"], (0, 1, 0.4)),
        (["progress"], ["0.4"], (0, 1, 0.4)),
        (["start", "target", "progress"], ["10", "20", "0.5"], (10, 20, 15)),
        (["target", "progress"], ["20", "0.5"], (0, 20, 10)),
        (["target", "current", "progress"], ["20", "10", "0.5"], (0, 20, 10)),
        (["target", "current", "progress"], ["20", "10", "0.9"], (0, 1, 0.9)),
        (["start", "target", "current"], ["0%", "90%", "45%"], (0, 90, 45)),
    ],
)
def test_progress_without_a_date_becomes_a_value(tidied, columns, cells, expected: tuple[float, ...]) -> None:
    sheet = tidied(["cycle", "objective", "key result", *columns], ["2026-Q3", "Grow", "Deals", *cells])
    fact = sheet.facts["key_result"].iloc[0]
    assert tuple(fact[["start", "target", "current"]]) == pytest.approx(expected)


def test_a_milestone_is_reached_or_not(tidied) -> None:
    sheet = tidied(
        ["cycle", "objective", "key result", "measure", "current"],
        ["2026-Q3", "Grow", "Launch", "里程碑", "已完成"],
        [None, None, "Move", "milestone", "no"],
    )
    assert sheet.facts["key_result"][["start", "target", "current"]].to_numpy().tolist() == [[0, 1, 1], [0, 1, 0]]


@pytest.mark.parametrize(
    ("weights", "shares"),
    [
        (("30", "40", "30"), (0.3, 0.4, 0.3)),
        (("0.3", "0.4", "0.3"), (0.3, 0.4, 0.3)),
        (("5", "10", "85"), (0.05, 0.1, 0.85)),
        (("40", "40", "40"), (0.4, 0.4, 0.4)),
        (("1", "2", "1"), (0.25, 0.5, 0.25)),
        (("1", "1", "1"), (1 / 3, 1 / 3, 1 / 3)),
        (("5", "3", "2"), (0.5, 0.3, 0.2)),
        (("30%", "40%", None), (0.3, 0.4, None)),
    ],
)
def test_weights_are_fractions_percentages_or_proportions(tidied, weights, shares) -> None:
    rows = [["2026-Q3", "Grow", f"KR {number}", weight] for number, weight in enumerate(weights)]
    sheet = tidied(["cycle", "objective", "key result", "weight"], *rows)
    found = [None if pd.isna(weight) else pytest.approx(weight) for weight in sheet.facts["key_result"]["weight"]]
    assert found == list(shares)


def test_proportions_with_a_gap_count_as_blank_and_are_told(tidied) -> None:
    rows = [["2026-Q3", "Grow", f"KR {number}", weight] for number, weight in enumerate(("5", "3", None))]
    sheet = tidied(["cycle", "objective", "key result", "weight"], *rows)
    assert [problem.rule.code for problem in sheet.problems] == ["scale_unclear_blank"]
    assert sheet.facts["key_result"]["weight"].isna().all()


def test_totals_headings_blanks_and_repeats_are_skipped(tidied) -> None:
    header = ["cycle", "objective", "key result", "score"]
    row = ["2026-Q3", "Grow", "Deals", "0.7"]
    sheet = tidied(
        ["Our goals"],
        header,
        row,
        [None] * 4,
        header,
        row,
        ["2026-Q3", "合计：", None, "0.7"],
        ["Total"],
        [None, None, "Calls", "0.5"],
    )
    assert (sheet.rows_in, sheet.kept, sheet.skipped, sheet.set_aside) == (7, 2, 5, 0)
    assert sheet.facts["key_result"]["row"].tolist() == [3, 9]
    assert sheet.facts["key_result"]["objective_row"].tolist() == [3, 3]


def test_an_objective_in_a_row_of_its_own_is_kept(tidied) -> None:
    sheet = tidied(["cycle", "objective", "key result"], ["2026-Q3", "Grow", None], [None, None, "Deals"])
    assert sheet.kept == 2
    assert sheet.facts["objective"]["row"].tolist() == [2]
    assert sheet.facts["key_result"]["objective_row"].tolist() == [2]


def test_a_row_without_a_key_result_is_set_aside(tidied) -> None:
    sheet = tidied(
        ["cycle", "objective", "key result", "target"], ["2026-Q3", "Grow", "A", "1"], [None, None, None, "5"]
    )
    assert (sheet.kept, sheet.set_aside) == (1, 1)
    assert (sheet.problems[0].cell, sheet.problems[0].column) == ("C3", "key result")


def test_one_title_in_two_teams_is_two_objectives(tidied) -> None:
    sheet = tidied(
        ["cycle", "team", "objective", "key result"],
        ["2026-Q3", "Sales", "Grow", "Deals"],
        ["2026-Q3", "Research", "Grow", "Papers"],
    )
    assert sheet.facts["objective"]["team"].tolist() == ["Sales", "Research"]
    assert sheet.facts["key_result"]["objective_row"].tolist() == [2, 3]


def test_rows_that_disagree_about_their_objective_are_told(tidied) -> None:
    sheet = tidied(
        ["cycle", "objective", "O weight", "key result"],
        ["2026-Q3", "Grow", "0.6", "Deals"],
        ["2026-Q3", "Grow", "0.5", "Calls"],
    )
    assert [(problem.rule.code, problem.cell) for problem in sheet.problems] == [("objective_disagrees", "C3")]
    assert sheet.facts["objective"]["weight"].tolist() == [0.6]


def test_a_type_column_is_given_to_what_it_speaks_of(tidied) -> None:
    sheet = tidied(["周期", "目标", "关键结果", "类型"], ["2026-Q3", "增长", "签约", "挑战型"])
    assert sheet.facts["objective"]["ambition"].tolist() == ["aspirational"]


def test_two_weights_for_the_key_result_are_refused_only_if_the_objective_has_one_too(tidied) -> None:
    sheet = tidied(["周期", "目标", "权重", "关键结果", "KR权重"], ["2026-Q3", "增长", "0.5", "签约", "1"])
    assert sheet.facts["objective"]["weight"].tolist() == [0.5]
    with pytest.raises(InputError, match="both mean weight"):
        tidied(["周期", "目标", "权重", "O权重", "关键结果", "KR权重"], ["2026-Q3", "增长", "0.5", "0.5", "签约", "1"])


TEAMS_BESIDE = ["cycle", "team", "objective", "key result"]


@pytest.mark.parametrize(
    ("row", "header", "above", "here"),
    [
        (["2026-Q3", "Research", None, "Papers"], "team", "Sales", "Research"),
        (["2026-Q4", "Sales", None, "Papers"], "cycle", "2026-Q3", "2026-Q4"),
    ],
)
def test_a_row_of_another_team_or_cycle_without_a_title_is_not_guessed(tidied, row, header, above, here) -> None:
    sheet = tidied(TEAMS_BESIDE, ["2026-Q3", "Sales", "Grow", "Deals"], row, [None, None, None, "More"])
    assert (sheet.kept, sheet.set_aside) == (1, 2)
    assert sheet.facts["objective"]["title"].tolist() == ["Grow"]
    (first, *_) = [problem for problem in sheet.problems if problem.rule.code == "objective_title_missing"]
    assert (first.cell, first.column, first.row) == ("C3", "objective", 3)
    for said in ("C3", f"“{header}” says “{here}”", f"“Grow”, belongs to “{above}”", "Write the title"):
        assert said in first.message()


def test_a_row_without_a_title_goes_on_with_the_objective_above_however_its_team_and_cycle_are_spelled(tidied) -> None:
    sheet = tidied(
        TEAMS_BESIDE,
        ["2026-Q3", "Sales", "Grow", "Deals"],
        ["2026Q3", "sales ", None, "Calls"],
        ["Q3 2026", "-", None, "Visits"],
    )
    assert (sheet.kept, len(sheet.facts["objective"]), sheet.problems) == (3, 1, [])


def test_days_that_say_the_cycle_are_compared_as_days(tidied) -> None:
    header = ["start date", "end date", "objective", "key result"]
    sheet = tidied(
        header,
        ["2026-07-01", "2026-09-30", "Grow", "Deals"],
        ["2026/7/1", "2026/9/30", None, "Calls"],
        ["2026-10-01", "2026-12-31", None, "Visits"],
    )
    assert (sheet.kept, len(sheet.facts["objective"])) == (2, 1)
    assert [(problem.cell, problem.details["other"]) for problem in sheet.problems] == [("C4", "start date")]


def test_the_title_merged_over_rows_of_several_teams_is_stated_for_each(tidied) -> None:
    rows = [["2026-Q3", "Sales", "Grow", "Deals"], ["2026-Q3", "Research", None, "Papers"]]
    sheet = tidied(TEAMS_BESIDE, *rows, merged=((2, 2, 3, 2),))
    assert (sheet.kept, sheet.facts["objective"]["team"].tolist()) == (2, ["Sales", "Research"])


def test_an_objective_in_a_row_of_its_own_has_the_team_that_its_key_results_state(tidied) -> None:
    sheet = tidied(
        TEAMS_BESIDE,
        [None, None, "Grow", None],
        ["2026-Q3", "Sales", None, "Deals"],
        ["2026-Q3", "Research", None, "Papers"],
    )
    assert sheet.facts["objective"][["team", "cycle", "row"]].to_numpy().tolist() == [["Sales", "2026-Q3", 2]]
    assert [problem.row for problem in sheet.problems] == [4]


def test_a_row_of_another_team_does_not_decide_whose_column_owner_is(tidied) -> None:
    sheet = tidied(
        [*TEAMS_BESIDE, "owner"],
        ["2026-Q3", "Sales", "Grow", "Deals", "Ann"],
        [None, "Research", None, "Papers", "Bob"],
    )
    assert sheet.facts["objective"]["owner"].tolist() == ["Ann"]
