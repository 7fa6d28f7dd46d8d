"""The columns of a stretch as their distinct texts, since most texts stand in many rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.sources.stretches import Stretch

Flags = np.ndarray[Any, np.dtype[np.bool_]]
Places = np.ndarray[Any, np.dtype[np.int32]]
Hashes = np.ndarray[Any, np.dtype[np.uint64]]
SPREAD = 0x9E3779B97F4A7C15
"""An odd number whose multiples differ in all their bits."""


@dataclass(frozen=True)
class Cells:
    """One column: its distinct texts, the last of them missing, and for each row the place of its text."""

    texts: "pd.Series[Any]"
    places: Places

    def where(self, said: "pd.Series[bool]") -> Flags:
        """The rows whose text is one for which this is said."""
        flags = said.to_numpy(dtype=bool)
        # Most is said of no text, or of all but the missing one, which spares looking up each row's.
        if not flags.any():
            return np.zeros(len(self.places), dtype=bool)
        return self.places != -1 if flags[:-1].all() and not flags[-1] else np.asarray(flags[self.places])

    def rows(self, chosen: Flags) -> "pd.Series[Any]":
        """The texts of the chosen rows."""
        return self.texts.take(self.places[chosen])

    def first_rows(self, chosen: Flags, first: int) -> "pd.Series[Any]":
        """Each text of the chosen rows once, under the number of the row where it stands first."""
        rows = np.flatnonzero(chosen)[::-1]
        found = np.full(len(self.texts), -1, dtype="int64")
        # Of several rows with one text the last assigned stays, which is the first.
        found[self.places[rows]] = rows
        texts = self.texts[found >= 0].dropna()
        return texts.set_axis(found[texts.index] + first).sort_index()


def cells_of(stretch: Stretch, width: int) -> dict[int, Cells]:
    """The stretch by position, without space around its texts; columns up to this width that it lacks are blank."""
    found = {at: _cells(column) for at, column in enumerate(stretch.columns)}
    nothing = Cells(pd.Series([None], dtype="str"), np.zeros(stretch.count, dtype="int32"))
    return {**dict.fromkeys(range(width), nothing), **found}


def _cells(column: pa.DictionaryArray) -> Cells:
    texts = pd.Series(pa.chunked_array([column.dictionary, pa.nulls(1, pa.string())]), dtype="str").str.strip()
    # A blank cell has the place -1, which is the last.
    return Cells(texts.where(texts != ""), column.indices.fill_null(-1).to_numpy())


def cells_in(rows: pd.DataFrame) -> dict[int, Cells]:
    """The same of a frame of text."""
    return {int(str(at)): _distinct(rows[at]) for at in rows}


def _distinct(text: "pd.Series[Any]") -> Cells:
    places, texts = pd.factorize(text)
    return Cells(pd.Series([*texts, None], dtype="str"), places.astype("int32"))


def row_hashes(columns: Mapping[int, Cells], count: int) -> Hashes:
    """A number for each row that depends on its texts and their columns; a blank cell counts for nothing."""
    total = np.zeros(count, dtype="uint64")
    for at, cells in columns.items():
        of_text = pd.util.hash_array(cells.texts.to_numpy(dtype=object), categorize=False)
        of_text[cells.texts.isna().to_numpy()] = 0
        factor = np.uint64((2 * at + 1) * SPREAD % 2**64)
        total += (of_text * factor)[cells.places]
    return total
