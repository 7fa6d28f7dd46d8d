"""Comparing what people write: normal forms, and ids made from them."""

import hashlib
import unicodedata

import pandas as pd


def normal(text: str) -> str:
    """The text in NFKC, casefolded, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def normalised(texts: pd.Series) -> pd.Series:
    """Each text in its normal form; missing stays missing."""
    # Each different text once: references and titles repeat, and this is half of what resolving costs.
    codes, different = pd.factorize(texts.to_numpy(dtype=object))
    forms = pd.Series([*map(normal, different), None], dtype="str")
    return forms.take(codes).set_axis(texts.index)


def derived(prefix: str, parts: pd.DataFrame) -> pd.Series:
    """An id for each row: the prefix and ten hexadecimal digits that depend on the row's texts alone."""
    filled = parts.astype("str").fillna("")
    ids = ["\x1f".join(row) for row in filled.itertuples(index=False, name=None)]
    return pd.Series([digest(prefix, text) for text in ids], index=parts.index, dtype="str")


def digest(prefix: str, text: str) -> str:
    """The prefix and ten hexadecimal digits of the text's SHA-256."""
    return prefix + hashlib.sha256(text.encode()).hexdigest()[:10]
