"""Looking things up by their texts, by the million."""

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd


def among(values: "pd.Series[Any]", wanted: Collection[Any]) -> "pd.Series[bool]":
    """Whether each text is one of those wanted; a missing one never is.

    `Series.isin` turns every wanted text into an object of its own, which takes many times as long.
    """
    others = pd.Series(list(wanted) if isinstance(wanted, set) else wanted, dtype=values.dtype)
    codes, _ = pd.factorize(pd.concat([values, others], ignore_index=True))
    known = np.zeros(codes.max(initial=-1) + 2, dtype=bool)
    known[codes[len(values) :]] = True
    # Missing texts have the code −1, which is the last place.
    known[-1] = False
    return pd.Series(known[codes[: len(values)]], index=values.index, dtype=bool)


def looked_up(keys: "pd.Series[Any]", values: "pd.Series[Any]") -> "pd.Series[Any]":
    """The value of each key, on the index of the keys; missing for unknown keys.

    Unlike `Series.map`, which answers with floats where it finds nothing. Of several values for a key the first counts.
    """
    known = values if values.index.is_unique else values[~values.index.duplicated()]
    # No groups of categories have narrower codes than the keys, which pandas 3.1 then refuses to look up.
    known = known if len(known) else known.set_axis(keys.iloc[:0])
    return known.reindex(keys).set_axis(keys.index)
