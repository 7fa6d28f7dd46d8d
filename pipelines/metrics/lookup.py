"""Looking values up by key, with the values' own type even where nothing is found."""

from typing import Any

import pandas as pd


def looked_up(keys: "pd.Series[Any]", values: "pd.Series[Any]") -> "pd.Series[Any]":
    """The value of each key, on the index of the keys; missing for unknown keys.

    Unlike `Series.map`, which answers with floats where it finds nothing. Of several values for a key the first counts.
    """
    return values[~values.index.duplicated()].reindex(keys).set_axis(keys.index)
