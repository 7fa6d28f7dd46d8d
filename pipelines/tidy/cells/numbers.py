"""Numbers as people write them."""

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pipelines.tidy.cells.folding import by_distinct, folded, words
from pipelines.tidy.cells.markup import plain_text

UNITS = {"": 1.0, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}
CURRENCY = r"(?:[¥$€£]|rmb|cny|usd|eur)?"
NUMBER = re.compile(
    rf"{CURRENCY}(?P<sign>[+-]?){CURRENCY}(?P<digits>[\d.,]*\d[\d.,]*(?:e[+-]?\d+)?)"
    r"(?P<unit>百万|千万|[千万亿]?)(?P<percent>%?)(?:元|分|rmb|cny|usd|eur)?"
)
MARKED = re.compile(r"[*`]")
THOUSANDS_COMMA = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
THOUSANDS_POINT = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+")
DECIMAL_COMMA = re.compile(r"\d+,\d+")


@dataclass(frozen=True)
class Numbers:
    """A column of numbers; percent cells hold the number before the sign."""

    amounts: "pd.Series[float]"
    percent: "pd.Series[bool]"
    bad: "pd.Series[bool]"


def read_numbers(text: "pd.Series[Any]", *, stated: bool = False) -> Numbers:
    """The numbers in the cells; `stated` also takes words for reached and not reached, as 1 and 0."""
    parsed = by_distinct(text, lambda distinct: _read_distinct(distinct, stated))
    values = parsed["value"].astype("float64")
    percent = parsed["percent"].eq(True)
    bad = text.notna() & values.isna() & ~parsed["blank"].eq(True)
    return Numbers(values, percent, bad)


def _read_distinct(distinct: "pd.Series[Any]", stated: bool) -> pd.DataFrame:
    values = pd.to_numeric(distinct, errors="coerce").astype("float64")
    values = values.where(np.isfinite(values))
    percent, blank = np.zeros(len(distinct), bool), np.zeros(len(distinct), bool)
    found = values.to_numpy(copy=True)
    # Only what pandas cannot read goes through Python, once for each spelling.
    for position in np.flatnonzero(np.isnan(found)):
        found[position], percent[position], blank[position] = _read(distinct[position], stated)
    return pd.DataFrame({"value": found, "percent": percent, "blank": blank})


def _read(text: str, stated: bool) -> tuple[float, bool, bool]:
    word = folded(text)
    if stated and word in words()["stated"]:
        return float(words()["stated"][word]), False, False
    if word in words()["blank"]:
        return math.nan, False, True
    # A footnote mark, or a result in bold after its terms, as in pages pasted into a sheet.
    read = plain_text(text) if MARKED.search(text) else text
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", read).casefold()).replace("−", "-")
    match = NUMBER.fullmatch(plain)
    number = _digits(match["digits"]) if match else None
    if match is None or number is None:
        return math.nan, False, False
    value = float(f"{match['sign']}{number}") * UNITS[match["unit"]]
    return value, bool(match["percent"]), False


def _digits(text: str) -> str | None:
    if THOUSANDS_COMMA.fullmatch(text):
        return text.replace(",", "")
    if THOUSANDS_POINT.fullmatch(text) or DECIMAL_COMMA.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return text if re.fullmatch(r"\d+\.?\d*(?:e[+-]?\d+)?|\.\d+", text) else None
