"""Completion within a quarter, at the end of each of its weeks; months within it stand at the same day."""

from datetime import date

import numpy as np
import pandas as pd

from pipelines.cycles import Cycle
from pipelines.metrics.grouping import counted
from pipelines.schema import OBJECTIVE_WEEK, conform


def by_week(results: pd.DataFrame, weeks: pd.DataFrame, *, quarter: Cycle, last: int | None = None) -> pd.DataFrame:
    """Average completion at the end of each week of the quarter, up to the week `last`.

    In: `objective_result` and `objective_week` (others' rows are ignored). Out: quarter, week (from 1), objectives,
    scored, missing, completion_rate (mean score of the scored, 0–1; missing where none is). An objective whose own
    cycle is shorter keeps its last score; one whose cycle has not begun is missing. No rows for no objectives.
    """
    return by_week_of(scores_by_week(results, weeks, quarter=quarter), quarter=quarter, last=last)


def by_week_of(table: pd.DataFrame, *, quarter: Cycle, last: int | None = None) -> pd.DataFrame:
    """`by_week` from the rows of `scores_by_week` that are asked for."""
    numbers = range(1, min(last or quarter.weeks, quarter.weeks) + 1)
    scored = table.count()
    frame = pd.DataFrame({"quarter": quarter.label, "week": list(table.columns), "objectives": len(table)})
    frame = frame.assign(scored=scored.to_numpy(), missing=len(table) - scored.to_numpy())
    frame = frame.assign(completion_rate=table.mean().to_numpy())
    return frame[frame["week"].isin(numbers)] if len(table) else frame.iloc[:0]


def at_week(results: pd.DataFrame, weeks: pd.DataFrame, *, quarter: Cycle, week: int) -> pd.DataFrame:
    """The quarter's objectives with their score as of the end of that week, or of its last one, for a score.

    In and missing values as `by_week`; out: `objective_result`, the quarter's counted rows alone.
    """
    table = scores_by_week(results, weeks, quarter=quarter)
    return at_week_of(results, table, quarter=quarter, week=week)


def at_week_of(results: pd.DataFrame, table: pd.DataFrame, *, quarter: Cycle, week: int) -> pd.DataFrame:
    """`at_week` from `scores_by_week`, of these objectives or of more."""
    rows = results[results["counted"] & (results["quarter"] == quarter.label)]
    places = table.index.get_indexer(pd.Index(rows["objective_id"]))
    return rows.assign(score=table[min(week, quarter.weeks)].to_numpy()[places])


def weeks_until(weeks: pd.DataFrame, results: pd.DataFrame, *, day: date) -> pd.DataFrame:
    """The weeks that had ended by the day, and the one then running as it stood on the day.

    In: `objective_week` with everything known; the objectives' `objective_result` as of the day. Out: `objective_week`
    as it would be over facts cut at the day: what was said later in the running week is not in it.
    """
    ended = weeks[weeks["as_of"] <= pd.Timestamp(day)]
    coming = weeks[weeks["as_of"] > pd.Timestamp(day)].drop_duplicates("objective_id", keep="first")
    begun = results[results["starts_on"] <= pd.Timestamp(day)]
    running = coming[["objective_id", "week"]].merge(begun[["objective_id", "score", "score_coverage"]])
    return conform(
        pd.concat([ended, running.assign(as_of=pd.Timestamp(day))], ignore_index=True), OBJECTIVE_WEEK.columns
    )


def scores_by_week(results: pd.DataFrame, weeks: pd.DataFrame, *, quarter: Cycle) -> pd.DataFrame:
    """One row per counted objective of the quarter, one column per week, each week's last known score.

    In: as `by_week`. Out: indexed by objective_id, columns the numbers of the weeks, scores 0–1.
    """
    rows = counted(results)
    ids = pd.Index(rows.loc[rows["quarter"] == quarter.label, "objective_id"].unique())
    known = weeks.sort_values("as_of", kind="stable")
    place = ids.get_indexer(pd.Index(known["objective_id"]))
    week = ((known["as_of"] - pd.Timestamp(quarter.starts_on)).dt.days // 7).to_numpy()
    inside = (place >= 0) & (week >= 0) & (week < quarter.weeks)
    cells = np.full((len(ids), quarter.weeks), np.nan)
    # Of several in one week the last one stays.
    cells[place[inside], week[inside]] = known["score"].to_numpy()[inside]
    return pd.DataFrame(cells, index=ids, columns=range(1, quarter.weeks + 1)).ffill(axis=1)
