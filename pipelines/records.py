"""Frames as they leave the house: records for JSON, and CSV that no spreadsheet program takes for formulas."""

from csv import QUOTE_NONNUMERIC
from typing import Any

import pandas as pd

# A cell that begins like this is run as a formula when the file is opened in a spreadsheet program; some programs
# turn full-width signs into plain ones.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """One mapping per row: missing values are None, days ISO text, whole numbers whole."""
    plain = frame.copy()
    days: list[str] = list(plain.select_dtypes("datetime").columns)
    for name in days:
        plain[name] = plain[name].dt.strftime("%Y-%m-%d")
    return plain.astype(object).where(plain.notna(), None).to_dict("records")  # type: ignore[return-value]


def csv(frame: pd.DataFrame) -> str:
    """The frame as CSV; headers and text that begin like a formula get an apostrophe in front."""
    safe = frame.apply(lambda column: column.map(_neutral)).rename(columns=lambda name: str(_neutral(name)))
    # Quoting all text keeps a lone carriage return inside its cell.
    text: str = safe.to_csv(index=False, quoting=QUOTE_NONNUMERIC)
    return text


def _neutral(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
