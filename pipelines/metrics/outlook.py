"""Outlook: between which rates a running cycle is likely to end, from how cycles closed before went on."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from pipelines.cycles import Cycle
from pipelines.lookup import looked_up
from pipelines.metrics.grouping import counted, with_teams_above

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Steps = tuple[float, float, float]

FEWEST_PAIRS = 30
RANGE = ("outlook", "low", "high")


@dataclass(frozen=True)
class Past:
    """What outlooks learn from: `objective_result` of everything, its `objective_week`, and the table `team`.

    Of the weeks those are needed in which a running cycle stands, and the last ones of cycles.
    """

    results: pd.DataFrame
    weeks: pd.DataFrame
    teams: pd.DataFrame
    _known: dict[tuple[str, int, date], Steps] = field(default_factory=dict, repr=False, compare=False)

    def steps(self, *, kind: str, week: int, day: date) -> Steps:
        """The `ranks` of what was `still_to_come`, worked out once: they are the same for whichever rates are asked."""
        key = (kind, week, day)
        if key not in self._known:
            self._known[key] = ranks(still_to_come(self, kind=kind, week=week, day=day))
        return self._known[key]


def outlooks(rates: "pd.Series[float]", cycle: Cycle, past: Past, *, day: date) -> pd.DataFrame:
    """Where rates in a running cycle may end: the rate plus what was still to come in closed cycles of its kind.

    In: average completion (0–1) of teams in the cycle as of the day. Out, on the same index: outlook, low, high: the
    rate plus the median, the conformal 10 % and the 90 % rank of `still_to_come`, clamped to 0–1. Missing where the
    rate is, and everywhere under 30 pairs. Source: our definition; split conformal prediction after Vovk et al.,
    Algorithmic Learning in a Random World, 2005.
    """
    steps = past.steps(kind=cycle.kind, week=cycle.week_of(day), day=day)
    ends = {name: (rates + step).clip(0, 1) for name, step in zip(RANGE, steps, strict=True)}
    return pd.DataFrame(ends, index=rates.index, dtype="float64")


def still_to_come(past: Past, *, kind: str, week: int, day: date) -> Numbers:
    """How far each team, with all below it, still came between the end of a week and the end of its cycle.

    Out: one difference of average completion (end − week) per team and cycle of the kind whose last day is the day
    or before; the null team is one of them. Left out: cycles without such a week, and teams without a score at
    either end. Every week is as of its own last day, so that nothing later than the day is used.
    """
    rows = counted(past.results)
    rows = rows[(rows["cycle_kind"] == kind) & (rows["ends_on"] <= pd.Timestamp(day))]
    then = past.weeks[past.weeks["week"] == week].set_index("objective_id")["score"]
    last = past.weeks[past.weeks["as_of"].isin(rows["ends_on"].unique())]
    last = last[last["as_of"] == looked_up(last["objective_id"], rows.set_index("objective_id")["ends_on"])]
    ends = last.set_index("objective_id")["score"]
    rows = rows.assign(then=looked_up(rows["objective_id"], then), end=looked_up(rows["objective_id"], ends))
    wide = with_teams_above(rows[["objective_id", "team_id", "cycle", "then", "end"]], past.teams)
    rates = wide.groupby(["team_id", "cycle"], dropna=False)[["then", "end"]].mean()
    return (rates["end"] - rates["then"]).dropna().to_numpy(dtype="float64")


def ranks(differences: Numbers) -> Steps:
    """The median, the conformal 10 % rank and the conformal 90 % rank; missing under 30 differences.

    Of n sorted differences the ranks are the ⌊(n + 1) / 10⌋th and the ⌈9 (n + 1) / 10⌉th, between which a further
    one of the same kind lies with a probability of at least 80 %.
    """
    number = len(differences)
    if number < FEWEST_PAIRS:
        return (np.nan, np.nan, np.nan)
    ordered = np.sort(differences)
    # In whole numbers, because 0.1 × 30 is not quite 3.
    low, high = (number + 1) // 10, -(-9 * (number + 1) // 10)
    return float(np.median(ordered)), float(ordered[low - 1]), float(ordered[high - 1])
