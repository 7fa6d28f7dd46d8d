"""Check-ins and confidence week by week of a quarter, added up by group: what calendar and curve are drawn from."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from pipelines.cycles import Cycle
from pipelines.metrics.attention import WEEK, followed
from pipelines.metrics.grouping import share, with_teams_above
from pipelines.metrics.progress import in_order
from pipelines.metrics.rhythm import CONFIDENT, DOUBTFUL
from pipelines.metrics.scores import DECIMALS
from pipelines.schema import ATTENTION_WEEK, conform

ONE_DAY = np.timedelta64(1, "D")
GROUP = ["quarter", "cycle", "team_id", "level", "ambition"]
Matrix = np.ndarray[Any, np.dtype[Any]]


def attention_weeks(
    results: pd.DataFrame, key_results: pd.DataFrame, check_ins: pd.DataFrame, *, quarter: Cycle, day: date
) -> pd.DataFrame:
    """The table `attention_week` of one quarter, up to the day: one row per group and week begun.

    In: `objective_result`, of which the quarter's rows count; `key_result`, or anything with its id, objective and
    status; `check_in`. A key result is due in a week of which its cycle, begun by the day, holds at least half, so that
    a week never counts for two months; it is checked with a check-in in it, within its cycle. Confidence is the last
    one stated by the week's end, or by the day. Groups lie within a cycle: computed cycle by cycle and put together it
    is the same. Source: S0, S1.
    """
    rows = followed(results[results["quarter"] == quarter.label], key_results)
    about = results[["objective_id", "quarter", "cycle", "level", "ambition"]].drop_duplicates("objective_id")
    rows = rows.merge(about, on="objective_id")
    weeks = weeks_begun(quarter, day)
    said = check_ins[check_ins["checked_on"] <= pd.Timestamp(day)].assign(
        place=lambda rest: pd.Index(rows["key_result_id"]).get_indexer(rest["key_result_id"]),
        week=lambda rest: (rest["checked_on"] - pd.Timestamp(quarter.starts_on)).dt.days // WEEK,
    )
    # What was said before a quarter counts from its first week, once that has begun.
    said = said[(said["place"] >= 0) & (said["week"].clip(lower=0) < len(weeks))]
    groups = rows.groupby(GROUP, dropna=False, sort=True)
    counts = _counts(rows, said, weeks, pd.Timestamp(day))
    sums = {name: _added(groups.ngroup().to_numpy(), cells) for name, cells in counts.items()}
    settled = _settled(groups.ngroup().to_numpy(), rows, said, weeks, counts["due"])
    keys = groups[["key_result_id"]].size().reset_index()[GROUP]
    table = keys.loc[np.repeat(np.arange(len(keys)), len(weeks))].reset_index(drop=True)
    numbers = np.tile(np.arange(1, len(weeks) + 1), len(keys))
    return conform(table.assign(week=numbers, **sums, settled_on=settled), ATTENTION_WEEK.columns)


def settled(weeks: pd.DataFrame, day: date) -> bool:
    """Whether the rows kept of a quarter, begun by the day, hold on it: nothing they count is dated after it."""
    return not (weeks["settled_on"] > pd.Timestamp(day)).any()


def calendar_of(weeks: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
    """`check_in_calendar` from rows of `attention_weeks`, those to be counted."""
    sums = weeks[weeks["due"] > 0].groupby(["team_id", "week"], dropna=False)[["due", "checked"]].sum()
    wide = with_teams_above(sums.reset_index().rename(columns={"due": "key_results"}), teams)
    table = wide.groupby(["team", "team_id", "week"], dropna=False)[["key_results", "checked"]].sum().reset_index()
    table = table.astype({"week": "int64", "key_results": "int64", "checked": "int64"})
    return table.assign(share=share(table["checked"], table["key_results"])).drop(columns="team_id")


def confidence_of(weeks: pd.DataFrame, *, quarter: Cycle, day: date) -> pd.DataFrame:
    """`confidence_by_week` from rows of `attention_weeks`, those to be counted."""
    begun = weeks_begun(quarter, day)
    numbers = pd.Index([number for number, _, _ in begun], name="week", dtype="int64")
    columns = ["key_results", "stated", "confidence", "confident", "doubtful"]
    sums = weeks.groupby("week")[columns].sum().reindex(numbers, fill_value=0)
    counts = sums.astype(dict.fromkeys(("key_results", "stated"), "int64")).astype({"confidence": "float64"})
    table = counts[["key_results", "stated"]].assign(
        mean_confidence=share(counts["confidence"], counts["stated"]).astype("float64"),
        net_confidence=share((counts["confident"] - counts["doubtful"]).astype("float64"), counts["stated"]),
    )
    table.insert(0, "as_of", pd.to_datetime([min(last, day) for _, _, last in begun]))
    return table.reset_index()


def weeks_begun(quarter: Cycle, day: date) -> list[tuple[int, date, date]]:
    """The quarter's weeks begun by the day, each with its number, first and last day."""
    starts = [quarter.day(WEEK * place + 1) for place in range(quarter.weeks)]
    return [(number, start, quarter.week_end(number)) for number, start in enumerate(starts, 1) if start <= day]


def _counts(
    rows: pd.DataFrame, said: pd.DataFrame, weeks: list[tuple[int, date, date]], day: pd.Timestamp
) -> dict[str, Matrix]:
    """What is counted of each key result (row) in each week (column)."""
    due, checked, confidence = _due(rows, weeks, day), _checked(rows, said, weeks), _confidence(rows, said, weeks)
    level = np.round(confidence, DECIMALS)
    return {
        "key_results": np.ones(due.shape),
        "due": due,
        "checked": due & checked,
        "stated": ~np.isnan(confidence),
        "confidence": np.nan_to_num(confidence),
        "confident": level >= CONFIDENT,
        "doubtful": level < DOUBTFUL,
    }


def _due(rows: pd.DataFrame, weeks: list[tuple[int, date, date]], day: pd.Timestamp) -> Matrix:
    """Whether each row's cycle, begun by the day, holds at least half of the days of each week."""
    first, last = (np.array([week[end] for week in weeks], dtype="datetime64[D]") for end in (1, 2))
    starts, ends = (rows[[name]].to_numpy().astype("datetime64[D]") for name in ("starts_on", "ends_on"))
    held = np.fmin(ends, last) - np.fmax(starts, first) + ONE_DAY
    due: Matrix = (starts <= day.to_datetime64()) & (held * 2 >= last - first + ONE_DAY)
    return due


def _checked(rows: pd.DataFrame, said: pd.DataFrame, weeks: list[tuple[int, date, date]]) -> Matrix:
    cells = np.zeros((len(rows), len(weeks)), dtype=bool)
    spans = rows[["starts_on", "ends_on"]].iloc[said["place"]].set_axis(said.index)
    inside = said[said["checked_on"].between(spans["starts_on"], spans["ends_on"]) & (said["week"] >= 0)]
    cells[inside["place"], inside["week"]] = True
    return cells


def _confidence(rows: pd.DataFrame, said: pd.DataFrame, weeks: list[tuple[int, date, date]]) -> Matrix:
    """The last confidence stated by the end of each week; what was stated before the quarter counts from its first."""
    cells = np.full((len(rows), len(weeks)), np.nan)
    stated = in_order(said[said["confidence"].notna()])
    stated = stated.assign(week=stated["week"].clip(lower=0)).drop_duplicates(["place", "week"], keep="last")
    cells[stated["place"], stated["week"]] = stated["confidence"]
    return pd.DataFrame(cells).ffill(axis=1).to_numpy()


def _added(places: Matrix, cells: Matrix) -> Matrix:
    """The sums of the cells by group and week, one group after the other."""
    weeks = cells.shape[1]
    slots = (places[:, None] * weeks + np.arange(weeks)).ravel()
    return np.bincount(slots, cells.ravel(), (places.max(initial=-1) + 1) * weeks)


def _settled(
    places: Matrix, rows: pd.DataFrame, said: pd.DataFrame, weeks: list[tuple[int, date, date]], due: Matrix
) -> "pd.Series[pd.Timestamp]":
    """The first day on which each group's week is as counted: that of its last check-in, or of a cycle that begins."""
    number = len(weeks)
    starts = np.array([first for _, first, _ in weeks], dtype="datetime64[D]")
    latest = np.tile(starts, places.max(initial=-1) + 1)
    inside = said[said["week"] >= 0]
    slots = places[inside["place"]] * number + inside["week"].to_numpy()
    np.maximum.at(latest, slots, inside["checked_on"].to_numpy().astype("datetime64[D]"))
    begins = rows["starts_on"].to_numpy().astype("datetime64[D]")
    row, week = np.nonzero(due & (begins[:, None] > starts))
    np.maximum.at(latest, places[row] * number + week, begins[row])
    return pd.Series(latest.astype("datetime64[us]"))
