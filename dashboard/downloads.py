"""What is taken away: CSV that a spreadsheet cannot run as a formula."""

from csv import QUOTE_NONNUMERIC

import pandas as pd

# Full-width forms count as well: some spreadsheets turn them into the plain ones.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv(frame: pd.DataFrame, *, guard: str | None = None) -> bytes:
    """The frame as CSV for a spreadsheet (UTF-8 with its mark); the guard stands in a last column of every row."""
    rows = frame.assign(note=guard) if guard else frame
    safe = rows.apply(lambda column: column.map(neutral))
    text: str = safe.rename(columns=lambda name: str(neutral(name))).to_csv(index=False, quoting=QUOTE_NONNUMERIC)
    return text.encode("utf-8-sig")


def neutral(value: object) -> object:
    """The value, with an apostrophe in front where a spreadsheet would take the text for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) else value
