"""Words and numbers in the reader's language."""

from dataclasses import dataclass
from datetime import date
from numbers import Integral
from typing import Any

import pandas as pd
from babel.dates import format_date

from pipelines.metrics.scores import DECIMALS
from pipelines.wording import mark, translate, translate_plural

NOTHING = "–"
MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]()<>#+-.!|~$^=&@"} | {":": ":\u200b"})

AMBITIONS = {
    "committed": mark("Committed"),
    "aspirational": mark("Aspirational"),
    "unknown": mark("Not labelled"),
}
LEVELS = {
    "company": mark("Company"),
    "department": mark("Department"),
    "team": mark("Team"),
    "individual": mark("Individual"),
    "unknown": mark("Level unknown"),
}
BANDS = {
    "excellent": mark("Excellent"),
    "good": mark("Good"),
    "medium": mark("Medium"),
    "fair": mark("Fair"),
    "poor": mark("Poor"),
}


class Count(int):
    """A whole number that is printed with its thousands apart where it has five digits or more."""

    def __format__(self, form: str) -> str:
        return format(int(self), form or ("," if abs(self) >= 10_000 else ""))


@dataclass(frozen=True)
class Wording:
    """Speaks one language: messages, counts, shares, changes and days."""

    language: str

    def say(self, message: str, **values: object) -> str:
        """The message in the language, its places filled."""
        return translate(message, self.language, **_readable(values))

    def say_plural(self, one: str, many: str, count: int, **values: object) -> str:
        """The form of the message that suits the count, in the language."""
        return translate_plural(one, many, Count(count), self.language, **_readable(values))

    def percent(self, share: float | None, low: float = 0.0, high: float = 1.0) -> str:
        """A share as a percentage, whole unless that would belie whether it lies below, within or above the bounds.

        A dash where it is missing.
        """
        if share is None or pd.isna(share):
            return NOTHING
        printed = (f"{100 * share:.{decimals}f}" for decimals in range(DECIMALS - 1))
        side = _side(share, low, high)
        return next(text for text in printed if _side(float(text) / 100, low, high) == side) + "%"

    def points(self, change: float | None) -> str:
        """A change of a share in percentage points, exact until it is rounded here; a dash where it is missing."""
        return NOTHING if change is None or pd.isna(change) else self._points(round(100 * change))

    def gap(self, one: float, other: float) -> str:
        """The difference of two shares in percentage points, without a sign."""
        return self.say_plural("{count} point", "{count} points", abs(round(100 * (one - other))))

    def day(self, day: date) -> str:
        """A day as the language writes it."""
        return format_date(day, "medium", locale=self.language)

    def _points(self, count: int) -> str:
        size = signed(count)
        return self.say_plural("{size} point", "{size} points", abs(count), size=size)


def signed(count: Any) -> str:
    """A whole number with its sign, a true minus; zero has none, and a missing number is a dash."""
    if pd.isna(count):
        return NOTHING
    return f"{round(count):+d}".replace("-", "−") if round(count) else "0"


def _readable(values: dict[str, object]) -> dict[str, object]:
    """The values, whole numbers such that they are read at a glance."""
    return {name: Count(value) if isinstance(value, Integral) else value for name, value in values.items()}


def _side(share: float, low: float, high: float) -> int:
    """Below (-1), within (0) or above (1) the bounds, as every threshold is met: after rounding."""
    rounded = round(share, DECIMALS)
    return int(rounded > high) - int(rounded < low)


def plain(text: str) -> str:
    """The text with nothing in it that Markdown would act on: titles of goals and names of teams are data."""
    return " ".join(str(text).split()).translate(MARKDOWN)


def amount(value: float | None) -> str:
    """A number in its own unit as people write it, thousands apart; a dash where it is missing."""
    if value is None or pd.isna(value):
        return NOTHING
    rounded = round(value, 2)
    return (
        f"{rounded:,.0f}".replace("-", "−")
        if rounded == round(rounded)
        else f"{rounded:,.2f}".rstrip("0").replace("-", "−")
    )
