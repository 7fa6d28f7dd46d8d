"""Headers and words as people vary them, folded to one spelling."""

import re
import tomllib
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

PUNCTUATION = re.compile(r"[\s_\-/.*?()\[\]【】%:#·\ufeff\u200b\U0001f300-\U0001faff]+")


def folded(text: str) -> str:
    """The text without case, width, spaces and punctuation."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    # A sign that is all there is, such as a dash, must not fold to nothing.
    return PUNCTUATION.sub("", plain) or plain.strip()


def by_distinct(text: "pd.Series[Any]", parse: Callable[["pd.Series[Any]"], Any]) -> Any:
    """The parser's answer for each cell, asked once for each distinct text; missing cells stay missing."""
    codes, distinct = pd.factorize(text)
    return parse(pd.Series(distinct, dtype="str")).reindex(codes).set_axis(text.index)


@cache
def words() -> dict[str, Any]:
    """The vocabulary, each list of words folded: by topic, or by topic and meaning."""
    content = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    return {topic: folded_words(entry) for topic, entry in content.items()}


def folded_words(entry: Any) -> Any:
    """A list of words, or words listed by their meaning, with each word folded."""
    if isinstance(entry, list):
        return frozenset(map(folded, entry))
    return {folded(word): meaning for meaning, listed in entry.items() for word in listed}
