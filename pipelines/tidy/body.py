"""The rows below a header on their way to facts: cells, values, and what was found wrong."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from pipelines.cycles import Cycle
from pipelines.problems import InputError, Problem, Rule
from pipelines.sources.raw import RawTable
from pipelines.tidy import rules
from pipelines.tidy.headings import Heading
from pipelines.tidy.sheet import Decision

# What is only doubtful in an optional cell sets the row aside in a needed one.
NEEDED = {
    rules.NOT_A_NUMBER.code: rules.NUMBER_NEEDED,
    rules.NOT_A_DATE.code: rules.DATE_NEEDED,
    rules.ERROR_CELL.code: rules.ERROR_NEEDED,
}


class Body:
    """The rows of one sheet that are neither blank nor totals nor headings again."""

    def __init__(
        self,
        raw: RawTable,
        heading: Heading,
        rows: pd.DataFrame,
        links: "Mapping[str, pd.Series[Any]] | None" = None,
        around: Cycle | None = None,
    ) -> None:
        self.links = links or {}
        self.around = around
        self.raw = raw
        self.heading = heading
        self.rows = rows
        self.cells = pd.DataFrame({field: rows[position] for field, position in heading.positions.items()})
        self.parsed: dict[str, pd.Series[Any]] = {}
        self.percent: dict[str, pd.Series[bool]] = {}
        self.aside = pd.Series(False, index=rows.index)
        self.problems: list[Problem] = []
        self.decisions: list[Decision] = []
        self._findings: list[tuple[Rule, str, pd.Series[bool], dict[str, object]]] = []

    def header(self, field: str) -> str:
        """The header of the field as written."""
        return self.heading.written[self.heading.positions[field]]

    def cell(self, label: int, field: str) -> str | None:
        """The name of the field's cell in the row; none for what stands in no cell."""
        return self.raw.cell(label, self.heading.positions[field])

    def value(self, field: str) -> "pd.Series[Any]":
        """The field's values; all missing where the sheet has no such column."""
        return self.parsed.get(field, pd.Series(None, index=self.rows.index, dtype="str"))

    def find(self, rule: Rule, field: str, where: "pd.Series[bool]", **details: object) -> None:
        """Note bad cells; they are told of once it is known whether they were needed. Details may differ by row."""
        if where.any():
            self._findings.append((rule, field, where, details))

    def doubted(self) -> "pd.Series[bool]":
        """The rows of which a cell was noted as bad."""
        bad = pd.Series(False, index=self.rows.index)
        for _, _, where, _ in self._findings:
            bad |= where
        return bad

    def require(self, group: Iterable[str], where: "pd.Series[bool] | None" = None) -> None:
        """Set rows aside that have none of these fields, naming the cell at fault."""
        fields = [field for field in group if field in self.heading.positions]
        present = pd.concat([self.value(field).notna() for field in group], axis=1).any(axis=1)
        lacking = ~present & (True if where is None else where)
        explained = pd.Series(False, index=lacking.index)
        for rule, field, bad, details in self._findings:
            if field in fields:
                self._tell(NEEDED.get(rule.code, rule), field, bad & lacking, details)
                explained |= bad
        self._tell_missing(fields, lacking & ~explained)
        self.aside |= lacking

    def refuse(self, rule: Rule, field: str, value: str, row: int) -> InputError:
        """The error for a column that makes the whole sheet unusable, as its cell in that row shows."""
        return InputError(self._column_problem(rule, field, value, row))

    def doubt_column(self, rule: Rule, field: str, value: str, row: int) -> None:
        """Report a column that counts as blank, as its cell in that row shows."""
        self.problems.append(self._column_problem(rule, field, value, row))

    def tell_doubts(self, kept: "pd.Series[bool]") -> None:
        """Report the bad cells that were not needed, of the rows that stay."""
        for rule, field, bad, details in self._findings:
            if rule.kind == "doubtful":
                self._tell(rule, field, bad & kept, details)

    def tell_notes(self, kept: "pd.Series[bool]") -> None:
        """Pass on what the source noted about cells that are used."""
        if not self.raw.notes:
            return
        rows, columns = kept.index[kept | self.aside], self.heading.positions.values()
        used = {self.raw.cell(int(label), position) for label in rows for position in columns}
        self.problems += [note for note in self.raw.notes if note.cell in used]

    def _tell_missing(self, fields: list[str], where: "pd.Series[bool]") -> None:
        names = " / ".join(self.header(field) for field in fields) or "cycle"
        position = self.heading.positions[fields[0]] if fields else None
        for label in where.index[where]:
            cell = None if position is None else self.raw.cell(int(label), position)
            row = self.raw.source_row(int(label))
            self.problems.append(Problem(rules.MISSING, self.raw.file, self.raw.sheet, row, cell, names))

    def _tell(self, rule: Rule, field: str, where: "pd.Series[bool]", details: dict[str, object]) -> None:
        position, header = self.heading.positions[field], self.header(field)
        for at, value in self.cells.loc[where, field].items():
            label = int(str(at))
            found = None if pd.isna(value) else str(value)
            place = (self.raw.source_row(label), self.raw.cell(label, position), header, found)
            told = {name: each[label] if isinstance(each, pd.Series) else each for name, each in details.items()}
            self.problems.append(Problem(rule, self.raw.file, self.raw.sheet, *place, details=told))

    def _column_problem(self, rule: Rule, field: str, value: str, label: int) -> Problem:
        place = (self.raw.source_row(label), self.cell(label, field), self.header(field))
        return Problem(rule, self.raw.file, self.raw.sheet, *place, value)
