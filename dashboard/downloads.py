"""What is taken away: CSV as a spreadsheet opens it, with what must be said beside it."""

import pandas as pd

from pipelines import records


def csv(frame: pd.DataFrame, *, guard: str | None = None) -> bytes:
    """The frame as CSV for a spreadsheet (UTF-8 with its mark); the guard stands in a last column of every row."""
    return records.csv(frame.assign(note=guard) if guard else frame).encode("utf-8-sig")
