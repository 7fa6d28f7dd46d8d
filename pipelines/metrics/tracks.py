"""Two tracks (S3): how far a key result came on its base target (保底) and on its stretch target (冲刺)."""

from datetime import date

import numpy as np
import pandas as pd

from pipelines.history import History
from pipelines.metrics.progress import in_order, progress, start_and_target
from pipelines.metrics.results import at_dates
from pipelines.metrics.scores import DECIMALS, counts

COLUMNS = ["key_result_id", "objective_id", "title", "unit", "start", "base_target", "stretch_target", "base_raw",
           "base_score", "stretch_raw", "stretch_score", "track"]  # fmt: skip


def tracks(history: History, *, as_of: date | None = None) -> pd.DataFrame:
    """Both scores of each counted key result that states a base or a stretch target, and the track it reached.

    In: the history's tables objective, key_result, check_in and cycle. The signed formula of progress runs from the
    start to either target; raw is not clamped, the scores are. track: `stretch` or `base`, whichever is reached,
    else `none`; missing without a value. A stated progress says nothing of either target and does not count; nor
    does a target that equals the start. Source: S3.
    """
    rows = _asked(history, as_of)
    # Sorting a whole log for the few key results on two tracks would take most of the time.
    said = in_order(history.check_in[history.check_in["key_result_id"].isin(rows["key_result_id"])])
    start = start_and_target(rows, said)["start"]
    ways = {side: _raw(rows, said, f"{side}_target") for side in ("base", "stretch")}
    figures = {f"{side}_raw": raw for side, raw in ways.items()}
    figures |= {f"{side}_score": raw.clip(0, 1) for side, raw in ways.items()}
    reached = {side: raw.round(DECIMALS) >= 1 for side, raw in ways.items()}
    known = ways["base"].notna() | ways["stretch"].notna()
    track = np.select([reached["stretch"], reached["base"]], ["stretch", "base"], "none")
    told = rows.assign(**figures, start=start, track=pd.Series(track, rows.index, dtype="str").where(known))
    return told[COLUMNS].reset_index(drop=True)


def _asked(history: History, as_of: date | None) -> pd.DataFrame:
    """The counted key results of counted objectives on two tracks, as of the day."""
    goals = history.objective[counts(history.objective)].reset_index(drop=True)
    days = pd.Series(pd.Timestamp(as_of) if as_of else pd.NaT, goals.index, dtype="datetime64[us]")
    when = at_dates(goals, history.cycle, days)[["objective_id", "as_of", "begun", "ended"]]
    stated = history.key_result
    paired = counts(stated) & (stated["base_target"].notna() | stated["stretch_target"].notna())
    return stated[paired].merge(when, on="objective_id")


def _raw(rows: pd.DataFrame, said: pd.DataFrame, name: str) -> "pd.Series[float]":
    """The share of the way to a target, from values alone."""
    valued = said.assign(progress=np.nan)
    measured = rows.assign(target=rows[name], measure="number")[rows[name].notna()]
    return progress(measured, valued)["raw"].reindex(rows.index)
