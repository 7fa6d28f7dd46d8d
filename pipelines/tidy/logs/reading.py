"""From the stretches of a log to its facts and all that is said of it, read twice only where its end decides."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from pipelines.problems import Problem, as_frame
from pipelines.schema import PROBLEM, conform
from pipelines.sources.stretches import Stretch
from pipelines.tidy.logs.log import Log
from pipelines.tidy.logs.passing import Pass, Settled
from pipelines.tidy.logs.repeats import found_twice
from pipelines.tidy.sheet import Decision
from pipelines.tidy.tidying import columns_of, decisions_of, misspelt_columns


@dataclass(frozen=True)
class LogRead:
    """What reading a log told, but for its facts: where every row went, what is wrong, what was decided."""

    rows_in: int
    kept: int
    set_aside: int
    problems: pd.DataFrame
    decisions: list[Decision]
    columns: dict[str, tuple[str, str]]


def read_log(
    log: Log, stretches: Callable[[], Iterator[Stretch]], keep: Callable[[Iterator[pa.Table]], None]
) -> LogRead:
    """The log read stretch by stretch, its facts given to `keep`, again from the beginning where it is read twice.

    Raises InputError if a column cannot be read, StackedError where another table begins further down.
    """
    first = Pass(log)
    keep(first.tables(stretches()))
    made, told = first.witnesses.verdict()
    settled = Settled(first.witnesses.settled(), found_twice(first.hashes))
    stands = not len(settled.repeats) and all(heading == settled.heading for heading in first.headings)
    last = first if stands else Pass(log, settled)
    if not stands:
        first.hashes.clear()
        keep(last.tables(stretches()))
    return LogRead(
        rows_in=last.tally.rows_in,
        kept=last.tally.kept,
        set_aside=last.tally.aside,
        problems=_in_order(log, told, last),
        decisions=decisions_of(log.heading, made),
        columns=columns_of(log.heading),
    )


def _in_order(log: Log, told: list[Problem], last: Pass) -> pd.DataFrame:
    """What is said of columns, rows and headers, by row as of a small sheet."""
    of_sheet = [*last.tally.cells_without_header(log.above), *misspelt_columns(log.above, log.heading)]
    frames = [as_frame(told), *last.tally.problems, as_frame(of_sheet)]
    together = pd.concat([frame for frame in frames if len(frame)] or frames[:1])
    ordered = together.sort_values("row", kind="stable", na_position="first", ignore_index=True)
    return conform(ordered, PROBLEM.columns)
