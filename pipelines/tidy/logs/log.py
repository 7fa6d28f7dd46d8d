"""A log of check-ins whose rows stand alone, and what its first rows tell of it."""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from pipelines.cycles import Cycle
from pipelines.policy import Policy
from pipelines.problems import Problem
from pipelines.sources.raw import RawTable
from pipelines.tidy.headings import Heading, find_heading
from pipelines.tidy.layouts import Layout
from pipelines.tidy.logs.plain import KEYS
from pipelines.tidy.row_cycles import cycle_around
from pipelines.tidy.shapes.blocks import Block, further_headings
from pipelines.tidy.shapes.parts import Part, surrounding_values
from pipelines.tidy.tidying import last_searched_row, parts_of


class StackedError(Exception):
    """Further down stands a header that names other columns, so that rows do not stand alone."""


@dataclass(frozen=True)
class Log:
    """A log by the rows from its first to its header."""

    above: RawTable
    heading: Heading
    around: Cycle | None
    first_month: int
    today: date

    @property
    def width(self) -> int:
        """So many columns every stretch has at least."""
        return max(self.heading.positions.values()) + 1

    @property
    def has_plain_rows(self) -> bool:
        """Whether cells say what they say whatever stands around them, so that most rows are read by their texts."""
        own = self.heading.layout.own
        fills = own.instead or own.markup or own.total_rows or surrounding_values(self.above, self.heading)
        return not fills and any(field in self.heading.positions for field in KEYS)

    def part(self, rows: pd.DataFrame, heading: Heading) -> tuple[Part, tuple[Problem, ...]]:
        """The rows that are data, and what is said of others; raises StackedError where a row heads another table."""
        if further_headings(rows, heading):
            raise StackedError
        raw = replace(self.above, frame=pd.concat([self.above.frame, rows]))
        parts = parts_of(raw, Block(heading, rows))
        return parts.parts[0], parts.problems


def log_of(top: RawTable, *, policy: Policy, today: date, mapping: Layout | None = None) -> Log | None:
    """The log that begins so, none if this is another table; raises InputError if it has no header that is known."""
    first_month = policy.cycle.first_month
    anywhere = cycle_around(top, last_searched_row(top), first_month)
    heading = find_heading(top, needs_cycle=anywhere is None, mapping=mapping)
    if not _rows_stand_alone(heading):
        return None
    above = replace(top, frame=top.frame[top.frame.index <= heading.row])
    return Log(above, heading, cycle_around(top, heading.row, first_month), first_month, today)


def _rows_stand_alone(heading: Heading) -> bool:
    own = heading.layout.own
    reshaped = heading.numbered or own.is_one_objective or own.check_ins_from
    return heading.layout.base == "check_ins" and not (reshaped or own.of_key_results or own.left_out)
