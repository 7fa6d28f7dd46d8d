from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.cycles import contains, find_in, parse, previous, quarter_label, spanning, year_before, year_label

SPELLINGS = [
    ("2025-Q3", "2025-Q3"),
    ("Q3 2025", "2025-Q3"),
    ("Q3 Y2025", "2025-Q3"),
    ("2025Q3", "2025-Q3"),
    ("25Q3", "2025-Q3"),
    ("FY25-Q3", "2025-Q3"),
    ("２０２５Ｑ３", "2025-Q3"),
    ("2025年第三季度", "2025-Q3"),
    ("2025年三季度", "2025-Q3"),
    ("2025 第三季度", "2025-Q3"),
    ("2025年7月", "2025-07"),
    ("2022 年 3 月", "2022-03"),
    ("2025.07", "2025-07"),
    ("2025.10", "2025-10"),
    ("July 2025", "2025-07"),
    ("2025全年", "2025"),
    ("2025年度", "2025"),
    ("Annual 2025", "2025"),
    ("Y2025", "2025"),
    ("2025-H1", "2025-H1"),
    ("2025年上半年", "2025-H1"),
]


@pytest.mark.parametrize(("written", "label"), SPELLINGS)
def test_spellings_are_read(written: str, label: str) -> None:
    cycle = parse(written)
    assert cycle
    assert cycle.label == label


@pytest.mark.parametrize("written", ["Sprint A", "2023.1", "2025-13", "2025-Q5", "Q3", "", "12", "2025-07-31"])
def test_what_is_no_cycle_is_not_guessed(written: str) -> None:
    assert parse(written) is None


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("远岭集团 2025Q3 OKR.xlsx", "2025-Q3"),
        ("OKR2025Q3", "2025-Q3"),
        ("okr_2025-07_西山", "2025-07"),
        ("objectives-2025-q3.csv", "2025-Q3"),
        ("check-ins 2025", "2025"),
        ("2024Q1 and 2025Q2", None),
        ("log-2025-07-31", None),
        ("Sheet1", None),
    ],
)
def test_one_cycle_is_found_in_a_name(name: str, label: str | None) -> None:
    cycle = find_in(name)
    assert (cycle.label if cycle else None) == label


def test_a_fiscal_year_shifts_the_days_not_the_label() -> None:
    cycle = parse("2025-Q4", first_month=4)
    assert cycle
    assert (cycle.starts_on, cycle.ends_on) == (date(2026, 1, 1), date(2026, 3, 31))
    assert quarter_label(spanning("month", 2026, 2), first_month=4) == "2025-Q4"
    before = year_before(cycle, first_month=4)
    assert before
    assert before.label == "2024-Q4"


def test_weeks_are_sevens_from_the_first_day() -> None:
    cycle = spanning("quarter", 2025, 1)
    assert (cycle.days, cycle.weeks) == (90, 13)
    assert cycle.week_end(1) == date(2025, 1, 7)
    assert cycle.week_end(13) == date(2025, 3, 31)
    assert [cycle.week_of(day) for day in (date(2024, 12, 1), date(2025, 1, 7), date(2025, 1, 8))] == [1, 1, 2]
    assert cycle.share_passed(date(2025, 2, 14)) == 0.5


@settings(max_examples=100)
@given(st.sampled_from(["year", "half", "quarter", "month"]), st.integers(2001, 2098), st.integers(1, 12))
def test_the_cycle_before_ends_the_day_before(kind: str, year: int, month: int) -> None:
    cycle = spanning(kind, year)
    before = previous(cycle)
    assert before
    assert (cycle.starts_on - before.ends_on).days == 1
    assert parse(cycle.label) == cycle
    inner = spanning("month", year, month)
    around = spanning("year", year)
    assert contains(around, inner)
    assert not contains(inner, around)
    assert year_label(inner) == around.label


@pytest.mark.parametrize("text", ["2026年Q3", "2026年 Q3", "2026年度Q3", "市场部2026年Q3 OKR"])
def test_a_quarter_after_the_chinese_year_is_no_year(text: str) -> None:
    found = find_in(text)
    assert found is not None
    assert found.label == "2026-Q3"


def test_a_year_beside_the_mark_of_a_shorter_cycle_that_is_not_understood_is_not_guessed() -> None:
    assert find_in("2026年季度总结") is None
    assert find_in("2026年 Q7") == find_in("2026年")
