"""What is taken away: CSV as a spreadsheet opens it, with what must be said beside it."""

from typing import Any

import pandas as pd

from pipelines import records


def headed(frame: pd.DataFrame, columns: dict[str, Any]) -> pd.DataFrame:
    """The columns that the page shows, headed as on the page, where a reader finds what they mean."""
    return frame[list(columns)].set_axis([column["label"] for column in columns.values()], axis=1)


def csv(frame: pd.DataFrame, *, guard: str | None = None) -> bytes:
    """The frame as CSV for a spreadsheet (UTF-8 with its mark); the guard stands in a last column of every row."""
    return records.csv(frame.assign(note=guard) if guard else frame).encode("utf-8-sig")
