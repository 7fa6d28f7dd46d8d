"""A cell's value as text: one spelling for each value, whatever program wrote it."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

DECIMALS = re.compile(r"0\.(0+)(?:_.*)?$")


def as_text(value: object, number_format: str = "General") -> str | None:
    """The text of a value: numbers as short as possible, percent cells with their sign, dates in ISO, blank is none."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        return _number(value, number_format)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if not isinstance(value, timedelta) else f"{value.total_seconds() / 3600:g} h"


def _number(value: int | float | Decimal, number_format: str) -> str:
    exact = Decimal(str(value))
    if not exact.is_finite():
        return str(value)
    if "%" in number_format:
        return f"{_plain(exact * 100)}%"
    # Only zeros are added: 2023.10 shown with two decimals is October, not January.
    shown = DECIMALS.search(number_format)
    text = _plain(exact)
    decimals = len(text.partition(".")[2])
    return f"{exact:.{len(shown[1])}f}" if shown and decimals < len(shown[1]) else text


def _plain(exact: Decimal) -> str:
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
