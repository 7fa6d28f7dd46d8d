"""Two tracks (S3): how far a key result came on its base target (保底) and on its stretch target (冲刺)."""

from datetime import date

import numpy as np
import pandas as pd

from pipelines.history import History
from pipelines.lookup import looked_up
from pipelines.metrics.progress import in_order, share_reached, start_and_target
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
    said = said[said["checked_on"] <= pd.Timestamp(as_of)] if as_of else said
    valued = said.dropna(subset=["value"]).drop_duplicates("key_result_id", keep="last").set_index("key_result_id")
    value = looked_up(rows["key_result_id"], valued["value"])
    value = value if as_of else value.fillna(rows["current"])
    start = start_and_target(rows, said)["start"]
    return tracks_of(rows, start=start, value=value.where(rows["begun"]))


def tracks_of(rows: pd.DataFrame, *, start: "pd.Series[float]", value: "pd.Series[float]") -> pd.DataFrame:
    """`tracks` of key results of which the start and the last value are known, on their index."""
    ways = {side: share_reached(value, start, rows[f"{side}_target"]) for side in ("base", "stretch")}
    figures = {f"{side}_raw": raw for side, raw in ways.items()}
    figures |= {f"{side}_score": raw.clip(0, 1) for side, raw in ways.items()}
    reached = {side: raw.round(DECIMALS) >= 1 for side, raw in ways.items()}
    known = ways["base"].notna() | ways["stretch"].notna()
    track = np.select([reached["stretch"], reached["base"]], ["stretch", "base"], "none")
    told = rows.assign(**figures, start=start, track=pd.Series(track, rows.index, dtype="str").where(known))
    return told[COLUMNS].reset_index(drop=True)


def on_two(key_results: pd.DataFrame) -> pd.DataFrame:
    """The counted key results that state a base or a stretch target."""
    paired = key_results["base_target"].notna() | key_results["stretch_target"].notna()
    return key_results[counts(key_results) & paired]


def _asked(history: History, as_of: date | None) -> pd.DataFrame:
    """The counted key results of counted objectives on two tracks, as of the day."""
    goals = history.objective[counts(history.objective)].reset_index(drop=True)
    days = pd.Series(pd.Timestamp(as_of) if as_of else pd.NaT, goals.index, dtype="datetime64[us]")
    when = at_dates(goals, history.cycle, days)[["objective_id", "as_of", "begun", "ended"]]
    return on_two(history.key_result).merge(when, on="objective_id")
