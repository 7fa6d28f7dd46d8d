"""Words for choices: level, ambition, status and the like, in English and Chinese."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from pipelines.tidy.cells.folding import by_distinct, folded, words

EVERYBODYS: Mapping[str, str] = MappingProxyType({})


def read_choices(
    text: "pd.Series[Any]", topic: str, own: Mapping[str, str] = EVERYBODYS
) -> "tuple[pd.Series[Any], pd.Series[bool]]":
    """The choice each cell means, in everybody's words or the layout's own, and which cells hold an unknown one."""
    known = {**words()[topic], **own}
    values = by_distinct(text, lambda distinct: distinct.map(folded).map(known)).astype("str")
    blank = by_distinct(text, lambda distinct: distinct.map(folded).isin(words()["blank"])).eq(True)
    return values, text.notna() & values.isna() & ~blank


def topic_of(values: "pd.Series[Any]", topics: tuple[str, ...]) -> str | None:
    """The topic to which every word in the column belongs; none if there is no such topic."""
    found = {folded(value) for value in values.dropna().unique()} - words()["blank"]
    return next((topic for topic in topics if found and found <= words()[topic].keys()), None)
