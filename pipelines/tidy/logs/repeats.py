"""Exact repeats of rows anywhere in a log: suspected by a number of 64 bits for each row, then told by the texts."""

import hashlib
from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipelines.tidy.logs.cells import Cells, Flags, Hashes, row_hashes


def found_twice(hashes: list[Hashes]) -> Hashes:
    """The numbers that more than one row has."""
    numbers = np.concatenate(hashes) if hashes else np.zeros(0, dtype="uint64")
    numbers.sort()
    return np.unique(numbers[1:][numbers[1:] == numbers[:-1]])


class Repeats:
    """Tells the rows that stood before already from the others, stretch by stretch."""

    def __init__(self, suspected: Hashes) -> None:
        self.suspected = suspected
        self._seen: set[bytes] = set()

    def among(self, columns: Mapping[int, Cells], read: Flags) -> Flags:
        """Which of the rows that are read repeat an earlier one."""
        repeated = np.zeros(len(read), dtype=bool)
        if not len(self.suspected):
            return repeated
        for row in np.flatnonzero(read & np.isin(row_hashes(columns, len(read)), self.suspected)):
            # Of so many rows as a log may repeat, the texts themselves would not fit into memory.
            texts = {at: cells.texts.iloc[cells.places[row]] for at, cells in columns.items()}
            said = [(at, text) for at, text in texts.items() if not pd.isna(text)]
            digest = hashlib.sha256(repr(said).encode()).digest()
            repeated[row] = digest in self._seen
            self._seen.add(digest)
        return repeated
