"""Numbers, shares, dates and words as people write them."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.cycles import parse
from pipelines.tidy.cells.choices import read_choices, topic_of
from pipelines.tidy.cells.dates import OrderError, read_dates
from pipelines.tidy.cells.numbers import read_numbers
from pipelines.tidy.cells.shares import ScaleError, read_shares
from pipelines.tidy.layouts import derived


def text(*cells: str | None) -> pd.Series:
    return pd.Series(list(cells), dtype="str")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("0,5", 0.5),
        (".6", 0.6),
        ("-3", -3.0),
        ("−3", -3.0),
        ("５０", 50.0),
        ("50万", 500_000.0),
        ("1.2亿", 120_000_000.0),
        ("¥1,200", 1200.0),
        ("8000元", 8000.0),
        ("80分", 80.0),
        (" 12 ", 12.0),
        ("1e3", 1000.0),
        ("0.1 *", 0.1),
        ("0.45`*`", 0.45),
        ("(0.55,0.65) **0.58**", 0.58),
    ],
)
def test_a_number_is_understood(written: str, number: float) -> None:
    numbers = read_numbers(text(written))
    assert numbers.amounts[0] == pytest.approx(number)
    assert not numbers.percent[0]
    assert not numbers.bad[0]


@pytest.mark.parametrize("written", ["~~0.5~~", "about 5", "5-6", "1,23,4", "12个", "inf", "1.2.3", "abc"])
def test_text_is_no_number(written: str) -> None:
    assert read_numbers(text(written)).bad[0]


@pytest.mark.parametrize("written", [None, "-", "n/a", "无", "暂无"])
def test_a_dash_is_blank_and_not_wrong(written: str | None) -> None:
    numbers = read_numbers(text(written, "1"))
    assert pd.isna(numbers.amounts[0])
    assert not numbers.bad[0]


@pytest.mark.parametrize(("written", "number"), [("30%", 30.0), ("75％", 75.0), ("7.5 %", 7.5)])
def test_percent_signs_are_told_apart(written: str, number: float) -> None:
    numbers = read_numbers(text(written))
    assert (numbers.amounts[0], numbers.percent[0]) == (number, True)


@pytest.mark.parametrize(("written", "number"), [("已完成", 1.0), ("TRUE", 1.0), ("否", 0.0), ("target", 0.7)])
def test_reached_or_not_counts_where_it_may(written: str, number: float) -> None:
    assert read_numbers(text(written), stated=True).amounts[0] == number
    assert read_numbers(text(written)).bad[0]


@pytest.mark.parametrize(
    ("cells", "header", "shares"),
    [
        (("0.5", "1"), "score", (0.5, 1.0)),
        (("1.3", "0"), "score", (1.3, 0.0)),
        (("63", "100"), "score", (0.63, 1.0)),
        (("120", "5"), "progress", (1.2, 0.05)),
        (("30%", "0.4"), "weight", (0.3, 0.4)),
        (("30%", "40"), "weight", (0.3, 0.4)),
        (("5", "12"), "Progress %", (0.05, 0.12)),
        (("5", "12"), "进度百分比", (0.05, 0.12)),
        (("7", "8"), "confidence (0-10)", (0.7, 0.8)),
        (("7", "10"), "信心指数（十分制）", (0.7, 1.0)),
        (("-", None), "score", (None, None)),
    ],
)
def test_a_column_has_one_scale(cells: tuple[str, ...], header: str, shares: tuple[float, ...]) -> None:
    values = read_shares(text(*cells), header).amounts
    assert [None if pd.isna(value) else pytest.approx(value) for value in values] == list(shares)


@pytest.mark.parametrize("largest", ["1.6", "5", "10", "19", "151", "1000"])
def test_a_scale_that_could_be_anything_is_refused(largest: str) -> None:
    with pytest.raises(ScaleError):
        read_shares(text("0.5", largest), "score")


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-09",
        "2026/3/9",
        "2026.3.9",
        "2026年3月9日",
        "２０２６年３月９日",
        "2026-03-09 12:30:00",
        "2026-03-09T12:30:00Z",
        "20260309",
        "9 March 2026",
        "9-Mar-2026",
        "Mar 9, 2026",
    ],
)
def test_a_day_is_understood(written: str) -> None:
    days, bad = read_dates(text(written))
    assert days[0] == pd.Timestamp("2026-03-09")
    assert not bad[0]


@pytest.mark.parametrize("written", ["2026-02-30", "4500", "450000", "3月9日", "soon", "2026", "13/13/2026"])
def test_what_is_no_day_is_said(written: str) -> None:
    assert read_dates(text(written))[1].all()


def test_the_order_of_day_and_month_is_the_columns() -> None:
    assert read_dates(text("03/04/2026", "25/12/2026"))[0][0] == pd.Timestamp("2026-04-03")
    assert read_dates(text("03/04/2026", "12/25/2026"))[0][0] == pd.Timestamp("2026-03-04")
    assert read_dates(text("04.04.26"))[0][0] == pd.Timestamp("2026-04-04")


@pytest.mark.parametrize("column", [("03/04/2026",), ("25/12/2026", "12/25/2026", "01/02/2026")])
def test_an_order_that_cannot_be_told_is_refused(column: tuple[str, ...]) -> None:
    with pytest.raises(OrderError):
        read_dates(text(*column))


@pytest.mark.parametrize(
    ("topic", "written", "meaning"),
    [
        ("ambition", "承诺型", "committed"),
        ("ambition", "commited", "committed"),
        ("ambition", "Aspirational", "aspirational"),
        ("level", "部门", "department"),
        ("origin", "自下而上", "bottom_up"),
        ("adoption", "承接", "taken_over"),
        ("status", "Cancelled", "cancelled"),
        ("measure", "百分比", "percent"),
        ("relation", "协同", "supports"),
    ],
)
def test_words_of_both_languages_are_known(topic: str, written: str, meaning: str) -> None:
    values, bad = read_choices(text(written, "xyz", None), topic)
    assert values[0] == meaning
    assert bad.tolist() == [False, True, False]


def test_a_type_column_is_what_all_its_words_speak_of() -> None:
    assert topic_of(text("承诺型", "挑战型"), ("level", "ambition")) == "ambition"
    assert topic_of(text("公司", "个人"), ("level", "ambition")) == "level"
    assert topic_of(text("公司", "挑战型"), ("level", "ambition")) is None


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(min_value=-1e12, max_value=1e12).map(lambda number: round(number, 6)), min_size=1))
def test_a_number_with_separators_is_the_number(amounts: list[float]) -> None:
    written = text(*(f"{amount:,.6f}" for amount in amounts))
    assert read_numbers(written).amounts.tolist() == pytest.approx(amounts, abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31)), min_size=1))
def test_a_day_survives_every_unambiguous_spelling(days: list[date]) -> None:
    for pattern in ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m.%d"):
        read, bad = read_dates(text(*(format(day, pattern) for day in days)))
        assert read.dt.date.tolist() == days
        assert not bad.any()


def test_numbers_in_a_column_of_days_are_a_spreadsheets_days() -> None:
    days, bad = read_dates(text("46000", "46000.75", "2025-12-10"))
    assert days.dt.strftime("%Y-%m-%d").tolist() == ["2025-12-09", "2025-12-09", "2025-12-10"]
    assert not bad.any()


@pytest.mark.parametrize(
    ("written", "cycle", "day"),
    [("3月9日", "2026-Q1", "2026-03-09"), ("12月28日", "2026-Q1", "2025-12-28"), ("1月5日", "2025-Q4", "2026-01-05")],
)
def test_a_day_without_a_year_lies_in_the_cycle_around_or_next_to_it(written: str, cycle: str, day: str) -> None:
    days, bad = read_dates(text(written, "2026-03-01"), around=parse(cycle))
    assert (days[0], bad[0]) == (pd.Timestamp(day), False)


def test_of_several_teams_in_a_cell_the_first_counts_and_is_named(tidied) -> None:
    sheet = tidied(["objective", "key result", "quarter", "team"], ["Grow", "Deals", "2026-Q3", "East; West"])
    assert sheet.facts["objective"]["team"].tolist() == ["East"]
    (problem,) = sheet.problems
    assert (problem.rule.code, problem.cell) == ("several_teams", "D2")
    assert "“East”" in problem.message()


def test_words_for_confidence_have_the_numbers_that_a_mapping_gives_them(tidied) -> None:
    rows = [["key_result", "date", "confidence"], ["Deals", "2026-07-05", "Green"], ["Calls", "2026-07-05", "0.4"]]
    assert tidied(*rows).set_aside == 1
    words = {"like": "check_ins", "words": {"confidence": {"0.8": ["Green", "绿"]}}}
    facts = tidied(*rows, mapping=derived("mine.toml", words)).facts["check_in"]
    assert facts["confidence"].tolist() == [0.8, 0.4]


def test_a_scale_of_a_mapping_runs_from_its_low_end(tidied) -> None:
    scale = {"like": "objectives", "scales": {"score": [3, 5]}}
    rows = [["objective", "quarter", "score"], ["a", "2026-Q3", "3"], ["b", "2026-Q3", "4.5"]]
    sheet = tidied(*rows, mapping=derived("mine.toml", scale))
    assert sheet.facts["objective"]["score"].tolist() == [0.0, 0.75]
    assert "“score” is read on the scale 3–5." in [decision.told() for decision in sheet.decisions]


def test_a_row_struck_out_in_the_text_is_set_aside(tidied) -> None:
    rows = [["objective", "key result", "quarter"], ["Grow", "Deals", "2026-Q3"], ["Grow", "~~Calls~~", "2026-Q3"]]
    sheet = tidied(*rows)
    assert (sheet.kept, sheet.set_aside) == (1, 1)
    assert [(problem.rule.code, problem.cell) for problem in sheet.problems] == [("row_struck_out", "B3")]
