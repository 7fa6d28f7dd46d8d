"""Dates as people write them; the order of day and month is decided for a whole column."""

from typing import Any

import pandas as pd

from pipelines.cycles import Cycle
from pipelines.tidy.cells.folding import by_distinct, folded, words

REST = r"(?:[T ,].*)?"
YEAR_FIRST = rf"^(?P<year>\d{{4}})\s*[-/.年]\s*(?P<month>\d{{1,2}})\s*[-/.月]\s*(?P<day>\d{{1,2}})\s*日?{REST}$"
DIGITS_ONLY = r"^(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)$"
YEAR_LAST = rf"^(?P<first>\d{{1,2}})[-/.](?P<second>\d{{1,2}})[-/.](?P<year>\d{{4}}|\d\d){REST}$"
DAY_NAME = rf"^(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<name>[A-Za-z]{{3,9}})\.?,?[ -](?P<year>\d{{4}}){REST}$"
NAME_DAY = rf"^(?P<name>[A-Za-z]{{3,9}})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}}){REST}$"
MILLISECONDS = r"\d{13}"
MONTH_AND_DAY = r"^(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]$"
FOOTNOTE = r"\s*`[^`]{1,4}`$"
YEAR_AT_FIRST = r"\d{4}\s*[-/.年]"
SERIAL = r"[2-7]\d{4}(?:\.\d+)?"
"""Numbers of days from 1954 to 2118, of which a column of days can mean nothing else."""
DAY_MONTH, MONTH_DAY = "day-month", "month-day"
MONTHS_A_YEAR = 12
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class OrderError(Exception):
    """A column whose dates may be day-month or month-day; says one, and where it stands."""

    def __init__(self, example: str, row: int = 0) -> None:
        super().__init__(example)
        self.example = example
        self.row = row


def order_of(text: "pd.Series[Any]") -> str | None:
    """`day-month` or `month-day` where the column shows which comes first; none if nothing or both is shown."""
    parts = (
        pd.Series(text.dropna().unique(), dtype="str").str.normalize("NFKC").str.strip().str.extract(YEAR_LAST).dropna()
    )
    day_first = (parts["first"].astype(int) > MONTHS_A_YEAR).any()
    month_first = (parts["second"].astype(int) > MONTHS_A_YEAR).any()
    return None if day_first == month_first else DAY_MONTH if day_first else MONTH_DAY


def deciding_dates(text: "pd.Series[Any]") -> "pd.Series[Any]":
    """The few of a column's cells that show what all of them do: the order of day and month, and numbers of days."""
    left = text[~text.str.match(YEAR_AT_FIRST).eq(True)].dropna()
    if left.empty:
        return left
    shown = [left.str.fullmatch(SERIAL).eq(True)]
    for written in (left.str.normalize("NFKC").str.strip(), without_footnotes(left)):
        parts = written.str.extract(YEAR_LAST)
        first, second = (parts[name].astype("float64") for name in ("first", "second"))
        shown += [first > MONTHS_A_YEAR, second > MONTHS_A_YEAR, first.notna() & first.ne(second)]
    return text.loc[sorted({row.index[0] for each in shown if len(row := left[each])})]


def read_dates(
    text: "pd.Series[Any]", *, order: str | None = None, around: Cycle | None = None, utc_hours: float = 0.0
) -> "tuple[pd.Series[Any], pd.Series[bool]]":
    """The days, and which cells hold none; raises OrderError if neither column nor `order` tells day from month."""
    try:
        days = by_distinct(
            text, lambda distinct: _read_distinct(_from_milliseconds(distinct, utc_hours), order, around)
        ).astype("datetime64[us]")
    except OrderError as error:
        raise OrderError(error.example, int(str(text.eq(error.example).idxmax()))) from None
    odd = text.notna() & days.isna()
    blank = text[odd].map(folded).isin(words()["blank"])
    bad = odd.copy()
    bad[odd] = ~blank
    return days, bad


def _from_milliseconds(distinct: "pd.Series[Any]", utc_hours: float) -> "pd.Series[Any]":
    """Times that count milliseconds from 1970 as days where these are that far ahead of UTC."""
    counted = distinct.str.fullmatch(MILLISECONDS).eq(True)
    if not counted.any():
        return distinct
    times = pd.to_datetime(distinct[counted].astype("int64"), unit="ms") + pd.Timedelta(hours=utc_hours)
    return pd.Series(distinct.mask(counted, times.dt.strftime("%Y-%m-%d").reindex(distinct.index)), dtype="str")


def has_serials(text: "pd.Series[Any]") -> bool:
    """Whether a column of days holds numbers of days, as spreadsheets show dates without a format."""
    return bool(text.str.fullmatch(SERIAL).eq(True).any())


def _of_serials(plain: "pd.Series[Any]") -> "pd.Series[Any]":
    """Days counted from 1899-12-30, as spreadsheets number them (their 1900 was a leap year)."""
    numbers = pd.to_numeric(plain.where(plain.str.fullmatch(SERIAL).eq(True)), errors="coerce").floordiv(1)
    return pd.Series(pd.to_datetime(numbers, unit="D", origin=pd.Timestamp("1899-12-30")))


def _within(parts: pd.DataFrame, around: Cycle) -> pd.DataFrame:
    """Month and day with the year that brings them into the cycle, or nearest to it."""
    years = range(around.starts_on.year - 1, around.ends_on.year + 2)
    middle = pd.Timestamp(around.day(around.days // 2))
    days = {str(year): _days(parts.assign(year=str(year))) for year in years}
    away = pd.DataFrame({year: (day - middle).abs() for year, day in days.items()}).dropna(how="all")
    return parts.assign(year=away.idxmin(axis=1).astype("str").reindex(parts.index))


def _read_distinct(distinct: "pd.Series[Any]", order: str | None, around: Cycle | None) -> "pd.Series[Any]":
    plain = without_footnotes(distinct)
    parts = plain.str.extract(YEAR_FIRST)
    if parts["year"].notna().equals(plain.notna()):
        return _days(parts)
    if around:
        parts = parts.combine_first(_within(plain.str.extract(MONTH_AND_DAY), around))
    for pattern in (DIGITS_ONLY, DAY_NAME, NAME_DAY):
        parts = parts.combine_first(_numbered(plain.str.extract(pattern)))
    parts = parts.combine_first(_year_last(plain, distinct, order))
    return _days(parts).fillna(_of_serials(plain))


def without_footnotes(text: "pd.Series[Any]") -> "pd.Series[Any]":
    """The cells in plain letters, without the marks of footnotes."""
    return text.str.normalize("NFKC").str.replace(FOOTNOTE, "", regex=True).str.strip()


def _days(parts: pd.DataFrame) -> "pd.Series[Any]":
    return pd.to_datetime(parts["year"] + "-" + parts["month"] + "-" + parts["day"], format="%Y-%m-%d", errors="coerce")


def _numbered(parts: pd.DataFrame) -> pd.DataFrame:
    if "name" not in parts:
        return parts
    numbers = {name: str(number) for number, name in enumerate(MONTHS, start=1)}
    return parts.assign(month=parts["name"].str[:3].str.casefold().map(numbers)).drop(columns="name")


def _year_last(plain: "pd.Series[Any]", distinct: "pd.Series[Any]", order: str | None) -> pd.DataFrame:
    parts = plain.str.extract(YEAR_LAST)
    found = parts.dropna()
    order = order or order_of(plain)
    unclear = found.index[found["first"].astype(int) != found["second"].astype(int)]
    if order is None and len(unclear):
        raise OrderError(str(distinct[unclear[0]]))
    names = {"first": "month", "second": "day"} if order == MONTH_DAY else {"first": "day", "second": "month"}
    century = parts["year"].where(parts["year"].str.len() == 4, "20" + parts["year"])
    return parts.assign(year=century).rename(columns=names)
