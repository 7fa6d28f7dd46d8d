"""Files whose every line some program put into quotation marks as a whole, so that each is one cell."""

import csv
import io
import itertools

LINES = 100


def is_quoted_twice(sample: str, delimiters: tuple[str, ...]) -> bool:
    """Whether every row of the sample is one cell that is itself a row of several, as many in each."""
    if not sample.startswith('"'):
        return False
    rows = [row for row in itertools.islice(csv.reader(io.StringIO(sample, newline="")), LINES) if row]
    # The sample may end within a row.
    rows = rows[:-1] if len(rows) > 2 else rows
    return all(len(row) == 1 for row in rows) and any(_are_rows(rows, delimiter) for delimiter in delimiters)


def unquoted(text: io.StringIO) -> str | None:
    """The text without the outer quotation marks; none where some line is more than one cell after all."""
    rows = list(csv.reader(text))
    return "\n".join("".join(row) for row in rows) if all(len(row) <= 1 for row in rows) else None


def _are_rows(rows: list[list[str]], delimiter: str) -> bool:
    try:
        widths = {len(next(csv.reader([row[0]], delimiter=delimiter), [])) for row in rows}
    except csv.Error:
        return False
    return len(rows) > 1 and len(widths) == 1 and widths.pop() > 1
