"""Cells pasted from a page: emphasis, links, pictures and footnote marks around what they say."""

import re
from typing import Any

import pandas as pd

from pipelines.tidy.cells.folding import by_distinct

PICTURE_OR_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
MARK = re.compile(r"`[^`]{1,4}`")
"""A footnote mark such as `1.` or `*`."""
BOLD = re.compile(r"\*\*(.*?)\*\*")
STRUCK = re.compile(r"~~.*?~~")
SIGNS = re.compile(r"[*`]+")
NUMBER = re.compile(r"[-+]?[\d.,]+%?")


def without_markup(frame: pd.DataFrame) -> pd.DataFrame:
    """The cells as they read: what is struck out gone, and the result alone where it stands in bold after its terms."""
    return pd.DataFrame({at: by_distinct(frame[at], _plain_column).astype("str") for at in frame})


def _plain_column(distinct: "pd.Series[Any]") -> "pd.Series[Any]":
    plain = distinct.map(plain_text)
    return plain.where(plain != "")


def plain_text(cell: str) -> str:
    """One cell without its markup."""
    text = MARK.sub("", STRUCK.sub("", PICTURE_OR_LINK.sub(r"\1", cell)))
    bold = BOLD.findall(text)
    result = len(bold) == 1 and NUMBER.fullmatch(bold[0].strip())
    return bold[0].strip() if result else SIGNS.sub("", text).strip()
