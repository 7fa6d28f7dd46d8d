"""Frames as they leave the house: records for JSON, and CSV that no spreadsheet program takes for formulas."""

from typing import Any

import pandas as pd

# A cell that begins like this is run as a formula when the file is opened in a spreadsheet program.
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """One mapping per row: missing values are None, days ISO text, whole numbers whole."""
    plain = frame.copy()
    days: list[str] = list(plain.select_dtypes("datetime").columns)
    for name in days:
        plain[name] = plain[name].dt.strftime("%Y-%m-%d")
    return plain.astype(object).where(plain.notna(), None).to_dict("records")  # type: ignore[return-value]


def csv(frame: pd.DataFrame) -> str:
    """The frame as CSV; text that begins like a formula gets an apostrophe in front."""
    safe = frame.copy()
    texts: list[str] = list(safe.select_dtypes("str").columns)
    for name in texts:
        active = safe[name].str.startswith(FORMULA_STARTS, na=False)
        safe[name] = safe[name].mask(active, "'" + safe[name])
    return safe.to_csv(index=False)
