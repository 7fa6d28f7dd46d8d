"""Rows of one identity become one: later values that are not blank win, column by column."""

from collections.abc import Sequence

import pandas as pd

from pipelines.problems import rule
from pipelines.resolve.findings import NOTHING, findings, together
from pipelines.schema import PLACE

DISAGREES = rule(
    "same_id_disagrees",
    "doubtful",
    "“{column}” is {value} here and {other} in row {other_row} under the same id or title; this later one counts. "
    "Keep one of the two.",
)
PLACES = [column.name for column in PLACE]


def later_wins(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per `key` in the order of first mention; a blank never erases, the place is the last row's."""
    values = [name for name in rows if name not in {"key", *PLACES}]
    if not rows["key"].duplicated().any():
        return rows.set_index("key", drop=False).rename_axis(None)
    merged = rows.groupby("key", sort=False)[values].last()
    last = rows.drop_duplicates("key", keep="last").set_index("key")[PLACES]
    return merged.join(last).assign(key=merged.index).rename_axis(None)


def disagreements(rows: pd.DataFrame, table: str, *, columns: Sequence[str]) -> pd.DataFrame:
    """A finding for each value that differs from an earlier one of the same key in the same file of a batch."""
    within = ["key", "batch_id", "file"]
    again = rows[rows.duplicated(within, keep=False)]
    if not len(again):
        return NOTHING
    return together([_disagreeing(again.dropna(subset=column), table, column, within) for column in columns])


def _disagreeing(rows: pd.DataFrame, table: str, column: str, within: list[str]) -> pd.DataFrame:
    groups = rows.groupby(within, dropna=False)
    earlier = rows.assign(other=groups[column].shift(), other_row=groups["row"].shift())
    differs = earlier[earlier["other"].notna() & (earlier["other"] != earlier[column])]
    details = {"other": "other", "other_row": "other_row"}
    return findings(DISAGREES, differs, f"{table}.{column}", value=column, details=details)


def printed(ids: pd.Series, *scopes: pd.Series) -> pd.Series:
    """The ids as printed: alone where unique, else with the first scope in front that makes them unique."""
    shown = ids
    for scope in scopes:
        shared = shown.duplicated(keep=False) & scope.notna()
        shown = shown.mask(shared, scope + ":" + ids)
    return shown
