"""One visit to a page: who asks for what, on which day, in which language."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import quote, urlencode

from dashboard import filters
from dashboard.selection import Selection
from dashboard.tables import facts
from dashboard.wording import Wording
from pipelines.cycles import Cycle, previous, year_before, year_label
from pipelines.policy import Policy

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Visit:
    """What a page needs to ask for its tables and to speak of them."""

    words: Wording
    selection: Selection
    version: str
    today: date
    quarters: tuple[str, ...]
    scope: str = facts.EVERYONE

    @cached_property
    def policy(self) -> Policy:
        """The policy in force."""
        return facts.policy(self.version)

    def key(self, *quarters: str) -> Key:
        """Version, scope and selection, over these quarters in place of the chosen ones if any are given."""
        chosen = replace(self.selection, quarters=quarters) if quarters else self.selection
        return self.version, self.scope, chosen.text()

    def cycle(self, label: str) -> Cycle:
        """The quarter of that label."""
        return facts.quarter_of(label, self.policy)

    @property
    def as_of(self) -> date | None:
        """The past day as of which everything is shown, which is `today` then; none where everything known counts."""
        return self.selection.day

    def ended(self, label: str) -> bool:
        """Whether the quarter is over: one that still runs is not judged, and stands in no trend.

        A past day is over itself, so that a quarter can be seen as it stood at its end.
        """
        return self.cycle(label).ends_on < self.first_open_day

    @property
    def first_open_day(self) -> date:
        """The first day that is not over: today, or the day after a past one."""
        return self.today + timedelta(days=bool(self.as_of))

    def closed(self) -> list[str]:
        """The quarters that have ended."""
        return [label for label in self.quarters if self.ended(label)]

    def unended(self) -> list[str]:
        """Those of the chosen quarters that still run, or the page's own if it does."""
        return [label for label in self.selection.quarters or (self.focus(),) if not self.ended(label)]

    def running(self) -> str | None:
        """The quarter that runs today, once the days are over in which its goals are aligned."""
        for label in self.quarters:
            if self.cycle(label).day(self.policy.rhythm.aligned_by_day) < self.today and not self.ended(label):
                return label
        return None

    def unfinished(self) -> str | None:
        """The last quarter that has begun and not ended, if there is one."""
        return next((label for label in reversed(self.quarters) if not self.ended(label)), None)

    def focus(self) -> str:
        """The quarter a page is about: the last one chosen, else the last that has ended, else the last."""
        chosen = self.selection.among(list(self.quarters))
        return (chosen if self.selection.quarters else self.closed() or chosen)[-1]

    def span(self) -> list[str]:
        """The ended quarters a trend runs over: those chosen if several, else all up to the one the page is about."""
        chosen = [label for label in self.selection.among(list(self.quarters)) if self.ended(label)]
        if self.selection.quarters and len(chosen) > 1:
            return chosen
        return [label for label in self.closed() if label <= self.focus()]

    def window(self) -> list[str]:
        """The ended quarters looked at for challenge: those chosen, else the last ones, as many as policy says."""
        if self.selection.quarters:
            return [label for label in self.selection.among(list(self.quarters)) if self.ended(label)]
        return self.closed()[-self.policy.challenge.window :]

    def compared(self) -> list[str]:
        """The quarters set side by side: those chosen if several, else the page's own after the one before, if any."""
        if len(self.selection.quarters) > 1:
            return self.selection.among(list(self.quarters))
        # With none chosen, the first two serve where the only ended quarter is the first.
        place = max(self.quarters.index(self.focus()), 0 if self.selection.quarters else 1)
        return list(self.quarters[max(0, place - 1) : place + 1])

    def before(self, label: str) -> str | None:
        """The quarter just before, if it holds goals."""
        cycle = previous(self.cycle(label), first_month=self.policy.cycle.first_month)
        return cycle.label if cycle and cycle.label in self.quarters else None

    def year_before(self, label: str) -> str | None:
        """The same quarter of the year before, if it holds goals."""
        cycle = year_before(self.cycle(label), first_month=self.policy.cycle.first_month)
        return cycle.label if cycle and cycle.label in self.quarters else None

    def year(self, label: str) -> str:
        """The year in which the quarter lies, as its annual goals are labelled."""
        cycle = self.cycle(label)
        return year_label(cycle, first_month=self.policy.cycle.first_month) or str(cycle.starts_on.year)

    def week(self, label: str) -> int:
        """The last week of the quarter of which something is known: today's, or the last."""
        return self.cycle(label).week_of(self.today)

    def week_now(self, label: str) -> int | None:
        """The week in which the quarter stands today; none once it has ended."""
        return None if self.ended(label) else self.week(label)

    def sweet_spot(self) -> tuple[float, float]:
        """The sweet spot's two ends."""
        return self.policy.sweet_spot.low, self.policy.sweet_spot.high

    def link(self, **instead: tuple[str, ...]) -> dict[str, list[str]]:
        """The query of a link to this selection and language, with other quarters or teams where given."""
        return self.selection.link(**instead) | filters.language_in_link()

    def goal(self, objective_id: str, shown: str | None = None) -> str:
        """The address of a goal's page; a `grids.links.goal` column shows the text, or else the id."""
        goal = urlencode({"goal": objective_id})
        return f"goal?{'&'.join(filter(None, [goal, self._kept_in_links]))}#{quote(shown or objective_id)}"

    # Asked for hundreds of goals.
    @cached_property
    def _kept_in_links(self) -> str:
        query = Selection(as_of=self.selection.as_of).link() | filters.language_in_link()
        return urlencode(query, doseq=True)


def begin() -> str | None:
    """The version that this run shows from the sidebar to the last chart, whatever is published meanwhile."""
    version = facts.current_version()
    filters.keep("version", version)
    return version


def version_shown() -> str | None:
    """The version with which the run began; none before the first ingest."""
    version: str | None = filters.kept("version", None)
    return version


def current() -> Visit:
    """The visit that is going on; only where a warehouse with goals is there."""
    version = version_shown()
    if version is None:
        raise LookupError("no warehouse; app.py shows what to run instead of a page")
    selection = filters.chosen()
    day = selection.day or facts.today()
    begun = tuple(facts.begun(version, facts.EVERYONE, day))
    return Visit(filters.wording(), selection, version, day, begun)
