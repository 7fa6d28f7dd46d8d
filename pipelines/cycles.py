"""Cycles: reading their labels, and where one lies against another."""

import calendar
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

MONTHS_IN = {"year": 12, "half": 6, "quarter": 3, "month": 1}
CHINESE_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
ENGLISH_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}


@dataclass(frozen=True)
class Cycle:
    """A labelled span of days, both ends included."""

    label: str
    kind: str
    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        """How many days the cycle has."""
        return (self.ends_on - self.starts_on).days + 1

    @property
    def weeks(self) -> int:
        """How many weeks it has: sevens from the first day, the last short one included (S0)."""
        return -(-self.days // 7)

    def day(self, number: int) -> date:
        """The cycle's day of that number, the first being 1."""
        return self.starts_on + timedelta(days=number - 1)

    def week_end(self, number: int) -> date:
        """The last day of the week of that number."""
        return min(self.day(7 * number), self.ends_on)

    def week_of(self, day: date) -> int:
        """The week in which the day lies, from 1 to the last, days outside taking the nearest."""
        return min(max(-(-((day - self.starts_on).days + 1) // 7), 1), self.weeks)

    def share_passed(self, day: date) -> float:
        """The share of the cycle's days that have passed at the end of the day, from 0 to 1."""
        return min(max(((day - self.starts_on).days + 1) / self.days, 0.0), 1.0)


def spanning(kind: str, year: int, number: int = 1, *, first_month: int = 1) -> Cycle:
    """The cycle of that kind and number in the (fiscal) year; months are calendar months."""
    length = MONTHS_IN[kind]
    offset = number - 1 if kind == "month" else (number - 1) * length + first_month - 1
    first = _month_start(year, offset)
    last = _month_start(year, offset + length) - timedelta(days=1)
    return Cycle(_label(kind, year, number), kind, first, last)


# Pages ask for the days of the same few quarters a hundred times a run.
@lru_cache(maxsize=1024)
def parse(text: str, *, first_month: int = 1) -> Cycle | None:
    """The cycle that the whole text spells, or none; see `SPELLINGS` for what is accepted."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return next((cycle for spelling in SPELLINGS if (cycle := spelling.read(plain, first_month))), None)


def find_in(text: str, *, first_month: int = 1) -> Cycle | None:
    """The one cycle spelled inside a longer text such as a file name; none if there is none or several."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    for spelling in SPELLINGS:
        found = {cycle for part in spelling.within(plain) if (cycle := spelling.read(part, first_month))}
        if found:
            # A year beside the mark of a shorter cycle that is not understood is no annual cycle.
            unclear = spelling.kind == "year" and SHORTER.search(plain)
            return found.pop() if len(found) == 1 and not unclear else None
    return None


def previous(cycle: Cycle, *, first_month: int = 1) -> Cycle | None:
    """The cycle of the same kind just before; none for custom cycles."""
    return _containing(cycle.kind, cycle.starts_on - timedelta(days=1), first_month)


def year_before(cycle: Cycle, *, first_month: int = 1) -> Cycle | None:
    """The same cycle one year earlier; none for custom cycles."""
    return _containing(cycle.kind, _month_start(cycle.starts_on.year - 1, cycle.starts_on.month - 1), first_month)


def contains(outer: Cycle, inner: Cycle) -> bool:
    """Whether every day of the inner cycle is a day of the outer one."""
    return outer.starts_on <= inner.starts_on and inner.ends_on <= outer.ends_on


def quarter_label(cycle: Cycle, *, first_month: int = 1) -> str | None:
    """The quarter in which the cycle lies, or none for longer and straddling cycles."""
    return _label_around(cycle, "quarter", first_month)


def year_label(cycle: Cycle, *, first_month: int = 1) -> str | None:
    """The year in which the cycle lies, or none for straddling cycles."""
    return _label_around(cycle, "year", first_month)


@dataclass(frozen=True)
class Spelling:
    """One way to write a cycle: a pattern and how its groups give kind, year and number."""

    pattern: str
    kind: str
    number: Callable[[str], int | None] = int

    def read(self, plain: str, first_month: int) -> Cycle | None:
        """The cycle the whole text spells in this way."""
        match = re.fullmatch(self.pattern, plain)
        if not match:
            return None
        number = self.number(match["number"]) if "number" in match.groupdict() else 1
        year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
        valid = number is not None and 1 <= number <= 12 // MONTHS_IN[self.kind]
        return spanning(self.kind, year, number, first_month=first_month) if valid and number else None

    def within(self, plain: str) -> list[str]:
        """The parts of a longer text that this spelling matches, not cut out of a longer number or date."""
        return [match.group() for match in re.finditer(_NOT_INSIDE + rf"(?:{self.pattern})(?![0-9]|-\d)", plain)]


def _chinese_number(written: str) -> int:
    return CHINESE_DIGITS.get(written) or int(written)


_NOT_INSIDE = r"(?:(?<![0-9a-z])|(?<=[a-z])(?=\d))(?<!\d[.\-])"
_YEAR = r"(?:fy ?|y)?(?P<year>20\d\d|\d\d)"
_LONG_YEAR = r"(?:fy ?|y)?(?P<year>20\d\d)"
_CHINESE_YEAR = r"(?P<year>20\d\d|\d\d) ?年?度? ?"

SHORTER = re.compile(r"(?<![a-z])[qh] ?[1-4](?!\d)|季|半年")
SPELLINGS = (
    Spelling(rf"{_YEAR}[ /_.\-]*q(?P<number>[1-4])", "quarter"),
    Spelling(rf"q(?P<number>[1-4])[ /_.\-]*{_YEAR}", "quarter"),
    Spelling(r"(?P<year>20\d\d) ?年度?[ /_.\-]*q(?P<number>[1-4])", "quarter"),
    Spelling(r"(?P<year>20\d\d) ?年度?[ /_.\-]*h(?P<number>[12])", "half"),
    Spelling(rf"{_CHINESE_YEAR}第? ?(?P<number>[1-4一二三四]) ?季度?", "quarter", _chinese_number),
    Spelling(rf"{_YEAR}[ /_.\-]*h(?P<number>[12])", "half"),
    Spelling(rf"h(?P<number>[12])[ /_.\-]*{_YEAR}", "half"),
    Spelling(rf"{_CHINESE_YEAR}(?P<number>[上下]) ?半年?", "half", _chinese_number),
    Spelling(r"(?P<year>20\d\d)[./_\-](?P<number>0[1-9]|1[0-2])", "month"),
    Spelling(r"(?P<year>20\d\d) ?年 ?(?P<number>\d{1,2}) ?月(?:份|度)?", "month"),
    Spelling(rf"(?P<number>[a-z]{{3,9}})\.? {_LONG_YEAR}", "month", ENGLISH_MONTHS.get),
    Spelling(rf"{_LONG_YEAR} (?P<number>[a-z]{{3,9}})\.?", "month", ENGLISH_MONTHS.get),
    Spelling(r"(?P<year>20\d\d) ?(?:年|年度|全年|年全年|年年度)", "year"),
    Spelling(rf"(?:annual|year) {_LONG_YEAR}", "year"),
    Spelling(r"fy ?(?P<year>\d\d)", "year"),
    Spelling(rf"{_LONG_YEAR}(?: annual| full year)?", "year"),
)


def _label(kind: str, year: int, number: int) -> str:
    suffix = {"year": "", "half": f"-H{number}", "quarter": f"-Q{number}", "month": f"-{number:02d}"}
    return f"{year}{suffix[kind]}"


def _month_start(year: int, months_after_january: int) -> date:
    return date(year + months_after_january // 12, months_after_january % 12 + 1, 1)


def _containing(kind: str, day: date, first_month: int) -> Cycle | None:
    if kind not in MONTHS_IN:
        return None
    shift = 0 if kind == "month" else first_month - 1
    months = day.year * 12 + day.month - 1 - shift
    return spanning(kind, months // 12, months % 12 // MONTHS_IN[kind] + 1, first_month=first_month)


def _label_around(cycle: Cycle, kind: str, first_month: int) -> str | None:
    around = _containing(kind, cycle.starts_on, first_month)
    return around.label if around and contains(around, cycle) else None
