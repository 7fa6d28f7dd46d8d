"""Grouping objectives by the keys of `--by`."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from pandas.core.groupby import DataFrameGroupBy

from pipelines.lookup import looked_up
from pipelines.metrics.tree import lineage

KEYS = ("team", "cycle", "quarter", "year", "level", "ambition")

Totals = Callable[[pd.DataFrame, list[str]], pd.DataFrame]
EVERYTHING = "everything"


def counted(results: pd.DataFrame) -> pd.DataFrame:
    """The objectives that take part in figures: those neither draft nor cancelled."""
    return results[results["counted"]]


def grouped(results: pd.DataFrame, teams: pd.DataFrame, *, by: Sequence[str], totals: Totals) -> pd.DataFrame:
    """One row per group of counted objectives: the keys, then what `totals` makes of rows and keys.

    In: `objective_result`, with further columns if `totals` wants them; `team`; keys out of `KEYS`. A team holds
    its own objectives and those of all teams below, each once; `is_own` marks the former. Objectives whose cycle
    lies in no quarter (year) are left out of groups by quarter (year). Out: sorted by the keys, missing ones last;
    no rows where nothing counts. Raises ValueError for an unknown key.
    """
    rows = _asked(results, by)
    if "team" in by:
        rows = with_teams_above(rows, teams)
    keys = _keys(by)
    return _ordered(totals(rows.assign(**{EVERYTHING: 0}), keys).reset_index(), by)


def summed(
    results: pd.DataFrame,
    teams: pd.DataFrame,
    *,
    by: Sequence[str],
    sums: Sequence[str],
    own: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """As `grouped`, for figures made of sums: the keys, objectives (their number) and the sum of each column.

    Each team's own objectives are added up first and those sums carried up the tree, which costs a small part of
    carrying up the objectives; rows that stand for several objectives say so in the column `objectives`. `own` may
    make of those sums, where they have `is_own` but are not yet added up, what counts at their own team alone. Missing
    values add nothing.
    """
    rows = _asked(results, by).assign(**{EVERYTHING: 0})
    rows = rows if "objectives" in rows else rows.assign(objectives=1)
    keys = ["team_id" if key == "team" else key for key in by] or [EVERYTHING]
    table = groups_of(rows, keys)[["objectives", *sums]].sum().reset_index()
    if "team" in by:
        wide = with_teams_above(table, teams)
        wide = own(wide) if own else wide
        figures = [name for name in wide if name not in {*_keys(by), "is_own"}]
        table = groups_of(wide, _keys(by))[figures].sum().reset_index()
    return _ordered(table, by)


def groups_of(rows: pd.DataFrame, keys: list[str]) -> "DataFrameGroupBy[Any, Any]":
    """The rows by the keys, a missing key being a group of its own."""
    return rows.groupby(keys, dropna=False, sort=False)


def share(part: "pd.Series[Any]", whole: "pd.Series[Any]") -> "pd.Series[float]":
    """The part divided by the whole; a share of nothing is missing."""
    return (part / whole).where(whole > 0)


def with_teams_above(rows: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
    """The objectives once for their team and for each team above it, which then stands in team_id and team.

    Objectives without a team stand for the null team alone.
    """
    line = lineage(teams)[["team_id", "above_id"]]
    paths = teams.set_index("team_id")["path"]
    wide = rows.merge(line, on="team_id", how="left")
    above = wide["above_id"].fillna(wide["team_id"])
    is_own = (above == wide["team_id"]) | wide["team_id"].isna()
    named = looked_up(above, paths).fillna(above)
    return wide.drop(columns="above_id").assign(team_id=above, team=named, is_own=is_own)


def _asked(results: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """The counted objectives that have a place among the groups."""
    unknown = [key for key in by if key not in KEYS]
    if unknown:
        raise ValueError(f"no key {', '.join(unknown)}; there are {', '.join(KEYS)}")
    return counted(results).dropna(subset=[key for key in ("quarter", "year") if key in by])


def _ordered(table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    keys = _keys(by)
    table = table.sort_values(keys, na_position="last", kind="stable", ignore_index=True)
    return table.drop(columns=[key for key in keys if key not in by])


def _keys(by: Sequence[str]) -> list[str]:
    """Teams are told apart by id, although they are printed by path."""
    named = [key for name in by for key in (("team", "team_id") if name == "team" else (name,))]
    return named or [EVERYTHING]
