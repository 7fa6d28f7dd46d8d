"""How files are read, and by which hash a reading is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines import fingerprint
from pipelines.inputs import InputFile
from pipelines.parsed import SheetCount
from pipelines.policy import Policy
from pipelines.problems import Problem
from pipelines.tidy import rules
from pipelines.tidy.mapping import SheetMapping

LARGE = 16_000_000
"""Bytes of a log with about as many cells as a file may have for its tables to be kept as they stood."""
ROWS = 500_000


@dataclass(frozen=True)
class Manner:
    """How files are read: under which policy, on which day, with a user's mapping, with hidden sheets or without.

    Logs of `large` bytes and more are read in stretches of at most so many `rows`, which changes nothing but the cost.
    """

    policy: Policy
    today: date
    mapping: SheetMapping | None = None
    hidden: bool = False
    large: int = LARGE
    rows: int = ROWS

    def digest(self, file: InputFile) -> str:
        """The hash of all on which the file's reading depends, but for the day."""
        mapping = self.mapping.text if self.mapping else ""
        context = (repr(self.policy.cycle), fingerprint.of_parser(), mapping, str(self.hidden))
        return fingerprint.of_file(file.path, file.name, *context)

    def unused(self, file: InputFile, sheets: Sequence[SheetCount], problems: Iterable[Problem]) -> list[Problem]:
        """That no sheet fits the mapping, but not of one that does and could not be read for another reason."""
        headless = any(problem.rule in (rules.NO_TABLE, rules.NO_HEADER) for problem in problems)
        others = headless or any(sheet.layout for sheet in sheets)
        unused = self.mapping and others and not any(sheet.layout == self.mapping.name for sheet in sheets)
        return [self.mapping.unused(file.name)] if self.mapping and unused else []
