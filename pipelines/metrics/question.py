"""What can be asked of the metrics, and how a question that no figure answers is refused."""

from dataclasses import dataclass
from datetime import date

from pipelines.wording import mark


@dataclass(frozen=True)
class Question:
    """Which figure, grouped by what, of which cycles and teams, as of when; `today` is the day where none is asked."""

    name: str
    by: tuple[str, ...] = ()
    cycles: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    as_of: date | None = None
    at_day: int | None = None
    today: date | None = None

    @property
    def day(self) -> date | None:
        """The day up to which weeks have begun and cycles are open."""
        return self.as_of or self.today


class QuestionError(ValueError):
    """A question no figure answers; `message` and `values` say why, for translation."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message.format(**values))
        self.message = message
        self.values = values


NO_FIGURE = mark("There is no figure “{name}”. There are: {names}.")
NO_KEY = mark("{name} cannot be shown by {key}. There are: {keys}.")
KEY_TWICE = mark("--by names {key} twice. Name each key once.")
TWO_CYCLES = mark("compare needs exactly two --cycle, the earlier one first, such as --cycle 2025-Q3 --cycle 2025-Q4.")
DAY_WITHOUT_COMPARE = mark("--at-day belongs to compare. Use --as-of with a date instead.")
DAY_TOO_SMALL = mark("--at-day counts from 1, the first day of the cycle.")
DAY_AND_DATE = mark("--at-day and --as-of exclude each other. Leave one out.")
NO_DAY = mark("{name} needs a day: how far open cycles have come. Give one with --as-of.")
