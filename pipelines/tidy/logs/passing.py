"""One pass through a log: each stretch becomes facts by what is known of the whole columns by then."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.schema import empty
from pipelines.sources.stretches import Stretch
from pipelines.tidy.headings import Heading
from pipelines.tidy.logs.cells import Cells, Flags, Hashes, cells_in, cells_of, row_hashes
from pipelines.tidy.logs.log import Log
from pipelines.tidy.logs.plain import COLUMNS, PlainRows, read_plain, unsure
from pipelines.tidy.logs.repeats import Repeats
from pipelines.tidy.logs.tally import Tally
from pipelines.tidy.logs.witnesses import Witnesses
from pipelines.tidy.understanding import understood

Columns = dict[int, Cells]


@dataclass(frozen=True)
class Settled:
    """What a pass through the whole log has shown: the heading with its columns decided, and the marks of repeats."""

    heading: Heading
    repeats: Hashes


@dataclass
class Pass:
    """A reading of the log from its header to its end; the first settles what a second reads by, if there must be one.

    `headings` are those by which stretches were read, `hashes` the marks of all rows that were.
    """

    log: Log
    settled: Settled | None = None
    headings: list[Heading] = field(default_factory=list)
    hashes: list[Hashes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.witnesses = Witnesses(self.log.above, self.log.heading)
        self.tally = Tally(self.log.heading)
        self.repeats = Repeats(self.settled.repeats) if self.settled else None

    def tables(self, stretches: Iterable[Stretch]) -> Iterator[pa.Table]:
        """The check-ins of each stretch, in the order of its rows; raises StackedError where another table begins."""
        for stretch in stretches:
            passed = max(0, self.log.heading.row + 1 - stretch.first)
            if passed < stretch.count:
                yield self._facts(stretch.part(passed, stretch.count) if passed else stretch)

    def _facts(self, stretch: Stretch) -> pa.Table:
        first, columns = stretch.first, cells_of(stretch, self.log.width)
        self.tally.look_over(columns, stretch.count, first)
        odd = self._unsure(columns, stretch.count)
        heading = self._heading(columns, odd, first)
        plain = self._plain(columns, heading, odd)
        others = plain.doubted | odd
        kept = self._new(columns, ~others)
        self.tally.kept += int(kept.sum())
        return plain.facts(kept, first, self.log.above.file, self._of_others(columns, others, first, heading))

    def _unsure(self, columns: Columns, count: int) -> Flags:
        if self.log.has_plain_rows:
            return unsure(self.log.heading, columns)
        return np.ones(count, dtype=bool)

    def _plain(self, columns: Columns, heading: Heading, odd: Flags) -> PlainRows:
        if odd.all():
            return PlainRows({}, {}, odd)
        return read_plain(self.log.above, heading, columns, first_month=self.log.first_month, today=self.log.today)

    def _heading(self, columns: Columns, odd: Flags, first: int) -> Heading:
        """The heading by which the stretch is read: as settled before, or by what has been seen up to here."""
        if self.settled:
            return self.settled.heading
        self.witnesses.see_below(columns)
        others = self.log.part(_frame(columns, odd, first), self.log.heading)[0].rows if odd.any() else None
        for name in self.witnesses.fields:
            at = self.log.heading.positions[name]
            seen = [columns[at].first_rows(~odd, first)] + ([] if others is None else [others[at]])
            self.witnesses.see_read(name, pd.concat(seen))
        heading = self.witnesses.settled()
        self.headings += [heading] if heading not in self.headings[-1:] else []
        return heading

    def _of_others(self, columns: Columns, odd: Flags, first: int, heading: Heading) -> pd.DataFrame:
        """What the rows give that are read as a small sheet is."""
        if not odd.any():
            return empty(COLUMNS)
        part, struck = self.log.part(_frame(columns, odd, first), heading)
        if part.rows.empty:
            self.tally.take_in(struck)
            return empty(COLUMNS)
        new = self._new(cells_in(part.rows), np.ones(len(part.rows), dtype=bool))
        repeated = pd.Series(~new, index=part.rows.index)
        given = understood(
            part, around=self.log.around, first_month=self.log.first_month, today=self.log.today, repeated=repeated
        )
        self.tally.take_in([*given.problems, *struck], given)
        return given.facts.get("check_in", empty(COLUMNS))

    def _new(self, columns: Columns, read: Flags) -> Flags:
        """The rows of those read that do not repeat an earlier one, as far as that is known."""
        if self.repeats is None:
            self.hashes.append(row_hashes(columns, len(read))[read])
            return read
        return read & ~self.repeats.among(columns, read)


def _frame(columns: Columns, chosen: Flags, first: int) -> pd.DataFrame:
    """The chosen rows as they stand, under their numbers."""
    rows = {at: cells.rows(chosen).reset_index(drop=True) for at, cells in columns.items()}
    return pd.DataFrame(rows).set_axis(np.flatnonzero(chosen) + first, axis=0)
