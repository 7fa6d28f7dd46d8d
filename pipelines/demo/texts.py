"""The texts of goals: every theme told for every segment, as arrays that goals are dealt from."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

KEY_RESULTS_PER_THEME = 4


@dataclass(frozen=True)
class Library:
    """Objective titles by combination, key results by (combination, number), and where each kind's texts lie."""

    titles: npt.NDArray[np.object_]
    key_results: pd.DataFrame
    first: dict[str, int]
    count: dict[str, int]

    def deal(self, kind: str, turn: int, *, monthly: bool) -> npt.NDArray[np.int64]:
        """The kind's combinations in the order in which one cycle uses them; adjacent cycles begin far apart."""
        count = self.count[kind]
        step = count // 3 if monthly else count // 2 + 1
        order = np.random.default_rng([count, self.first[kind]]).permutation(count)
        return self.first[kind] + np.roll(order, -(step * turn) % count)


@cache
def library() -> Library:
    """The texts of `goals.toml`."""
    kinds = tomllib.loads(Path(__file__).with_name("goals.toml").read_text(encoding="utf-8"))
    told = {kind: _tell(texts) for kind, texts in kinds.items()}
    counts = {kind: len(titles) for kind, (titles, _) in told.items()}
    firsts = dict(zip(counts, np.cumsum([0, *counts.values()]).tolist(), strict=False))
    titles = np.array([title for part, _ in told.values() for title in part], dtype=object)
    rows = [row for _, part in told.values() for row in part]
    return Library(titles, pd.DataFrame(rows, columns=["title", "measure", "unit", "start", "target"]), firsts, counts)


def _tell(texts: dict[str, list[dict[str, list[list[object]]]]]) -> tuple[list[str], list[list[object]]]:
    pairs = [(theme, str(segment)) for segment in texts["segments"] for theme in texts["themes"]]
    titles = [_said(theme["objective"], segment) for theme, segment in pairs]
    rows = [[_said(title, segment), *rest] for theme, segment in pairs for title, *rest in theme["key_results"]]
    return titles, rows


def _said(text: object, segment: str) -> str:
    said = str(text).replace("{segment}", segment)
    return said[:1].upper() + said[1:]
