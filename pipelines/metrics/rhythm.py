"""Rhythm (节奏): set, aligned and reviewed on time, followed up week by week, and with what confidence."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from pipelines.history import History
from pipelines.metrics.attention import attention
from pipelines.metrics.grouping import share, summed
from pipelines.metrics.punctuality import with_calendar
from pipelines.metrics.scores import DECIMALS
from pipelines.policy import Policy

CONFIDENT, DOUBTFUL = 0.7, 0.4
"""Net confidence is the share from the one on, less the share below the other."""
ON_TIME = {"set_on_time": "created_known", "aligned_on_time": "aligned_known", "reviewed_on_time": "reviewed_known"}
FIGURES = (
    "objectives", "created_known", "set_on_time", "aligned_known", "aligned_on_time", "reviewed_known",
    "reviewed_on_time", "key_results", "check_in_compliance", "stale", "mean_confidence", "net_confidence",
)  # fmt: skip


def rhythm(
    results: pd.DataFrame,
    history: History,
    *,
    by: Sequence[str] = (),
    policy: Policy,
    today: date,
    as_of: date | None = None,
) -> pd.DataFrame:
    """How OKR itself runs, per group.

    In: the `objective_result` rows to count; the tables team, objective, key_result, check_in. Out: the keys, then
    objectives; created_known, aligned_known, reviewed_known (objectives whose day is known) and of those the shares
    set_on_time, aligned_on_time, reviewed_on_time; key_results (counted); check_in_compliance (weeks with a check-in /
    weeks begun by the day, per key result, then averaged); stale (a number); mean_confidence and net_confidence (share
    ≥ 0.7 − share < 0.4) of the last one each key result states. A share or mean of nothing is missing; silence is
    0 in compliance, for it is what that measures. The day is `as_of`, or else `today`. Source: S0, S1.
    """
    followed = attention(results, history, policy=policy, today=today, as_of=as_of)
    rows = with_rhythm(results, history.objective, followed, policy=policy, as_of=as_of)
    return rhythm_of(rows, history.team, by=by)


def with_rhythm(
    results: pd.DataFrame,
    objectives: pd.DataFrame,
    followed: pd.DataFrame,
    *,
    policy: Policy,
    as_of: date | None = None,
) -> pd.DataFrame:
    """The objectives with all that their rhythm adds up from; `followed` is `attention` of their key results."""
    dated = with_calendar(results, objectives, policy=policy, as_of=as_of)
    rows = dated.drop(columns="key_results").merge(_per_objective(followed), on="objective_id", how="left")
    return rows.fillna(dict.fromkeys(SUMS, 0))


def rhythm_of(rows: pd.DataFrame, teams: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """`rhythm` from objectives that carry all it adds up from, where many groupings of the same ones are asked."""
    sums = summed(rows, teams, by=by, sums=[*ON_TIME, *ON_TIME.values(), *SUMS])
    table = sums.assign(
        check_in_compliance=share(sums["compliance"], sums["begun"]),
        mean_confidence=share(sums["confidence"], sums["stated"]),
        net_confidence=share(sums["confident"] - sums["doubtful"], sums["stated"]),
        **{name: share(sums[name], sums[known]) for name, known in ON_TIME.items()},
    )
    return table.astype({"key_results": "int64", "stale": "int64"})[[*by, *FIGURES]]


def net_confidence(stated: "pd.Series[float]") -> float:
    """The share of 0.7 and more less the share below 0.4; missing where none is stated."""
    known = stated.dropna().round(DECIMALS)
    return float((known >= CONFIDENT).mean() - (known < DOUBTFUL).mean())


SUMS = ("key_results", "compliance", "begun", "stale", "confidence", "stated", "confident", "doubtful")


def _per_objective(followed: pd.DataFrame) -> pd.DataFrame:
    """What adds up over key results, by objective."""
    confidence = followed["confidence"].round(DECIMALS)
    parts = followed.assign(
        key_results=1,
        begun=followed["compliance"].notna(),
        stated=confidence.notna(),
        confident=confidence >= CONFIDENT,
        doubtful=confidence < DOUBTFUL,
    )
    return parts.groupby("objective_id")[list(SUMS)].sum().astype("float64").reset_index()
