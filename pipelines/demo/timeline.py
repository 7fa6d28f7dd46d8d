"""The cycles in which the sample company works, up to its fixed today."""

from collections.abc import Iterator
from datetime import date

from pipelines.cycles import Cycle, previous, spanning

TODAY = date(2026, 11, 8)
OPEN_QUARTER = spanning("quarter", 2026, 4)
FIRST_ANNUAL_GOALS = 2025
MONTHS_SINCE = date(2025, 7, 1)
CHECK_INS = {"quarter": (13, 7), "month": (4, 7), "year": (12, 30)}


def quarters(count: int) -> list[Cycle]:
    """The last so many quarters, oldest first; the last one is open."""
    found = list(_back_from(OPEN_QUARTER, count))
    return found[::-1]


def working_cycles(count: int) -> list[Cycle]:
    """Every cycle with goals in these quarters: the years, the quarters and the months of the monthly branch."""
    spans = quarters(count)
    first = spans[0].starts_on
    years = [spanning("year", year) for year in range(FIRST_ANNUAL_GOALS, TODAY.year + 1)]
    months = [month for span in spans for month in months_of(span) if MONTHS_SINCE <= month.starts_on <= TODAY]
    return [year for year in years if year.ends_on > first] + spans + months


def months_of(quarter: Cycle) -> list[Cycle]:
    """The three months of a quarter."""
    first = quarter.starts_on
    return [spanning("month", first.year, first.month + step) for step in range(3)]


def quarter_with(day: date) -> Cycle:
    """The quarter in which the day lies."""
    return spanning("quarter", day.year, (day.month + 2) // 3)


def code(cycle: Cycle) -> str:
    """The cycle as goal ids begin with it, such as `2026Q3` or `202607`."""
    return cycle.label.replace("-", "")


def is_open(cycle: Cycle) -> bool:
    """Whether the cycle is still running today."""
    return cycle.ends_on >= TODAY


def number(cycle: Cycle) -> int:
    """How many cycles of its kind lie between the year 2000 and it."""
    months = (cycle.starts_on.year - 2000) * 12 + cycle.starts_on.month - 1
    return months // {"year": 12, "quarter": 3, "month": 1}[cycle.kind]


def _back_from(cycle: Cycle | None, count: int) -> Iterator[Cycle]:
    while cycle is not None and count > 0:
        yield cycle
        cycle, count = previous(cycle), count - 1
