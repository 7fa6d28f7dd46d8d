"""Words and numbers in the reader's language."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
from babel.dates import format_date

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


@dataclass(frozen=True)
class Wording:
    """Speaks one language: messages, counts, shares, changes and days."""

    language: str

    def say(self, message: str, **values: object) -> str:
        """The message in the language, its places filled."""
        return translate(message, self.language, **values)

    def say_plural(self, one: str, many: str, count: int, **values: object) -> str:
        """The form of the message that suits the count, in the language."""
        return translate_plural(one, many, count, self.language, **values)

    def percent(self, share: float | None) -> str:
        """A share as a whole percentage; a dash where it is missing."""
        return NOTHING if share is None or pd.isna(share) else f"{round(100 * share):d}%"

    def points(self, change: float | None) -> str:
        """A change of a share in percentage points, with its sign; a dash where it is missing."""
        return NOTHING if change is None or pd.isna(change) else self._points(round(100 * change))

    def rise(self, before: float, now: float) -> str:
        """The change between two shares that are shown beside it, in the points that the reader counts."""
        return self._points(round(100 * now) - round(100 * before))

    def gap(self, one: float, other: float) -> str:
        """The difference of two shares that are shown beside it, without a sign."""
        return self.say_plural("{count} point", "{count} points", abs(round(100 * one) - round(100 * other)))

    def day(self, day: date) -> str:
        """A day as the language writes it."""
        return format_date(day, "medium", locale=self.language)

    def _points(self, count: int) -> str:
        size = f"{'+' if count > 0 else '−' if count < 0 else '±'}{abs(count)}"
        return self.say_plural("{size} point", "{size} points", abs(count), size=size)


def plain(text: str) -> str:
    """The text with nothing in it that Markdown would act on: titles of goals and names of teams are data."""
    return " ".join(str(text).split()).translate(MARKDOWN)
