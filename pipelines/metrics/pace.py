"""Pace: computed progress held against the share of the cycle passed, and where the cycle may end."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from pipelines.cycles import Cycle
from pipelines.metrics.grouping import counted, grouped, groups_of
from pipelines.metrics.outlook import RANGE, Past, outlooks
from pipelines.metrics.results import cycles_of
from pipelines.metrics.scores import DECIMALS

FIGURES = ["objectives", "scored", "expected", "computed", "gap", *RANGE]
GOALS = ["objective_id", "team", "cycle", "quarter", "level", "ambition", "title", "expected", "computed", "gap"]
WHOLE_TEAMS = {"team", "cycle", "quarter", "year"}
"""The keys that leave a team's cycle whole; an outlook is no statement about a level or an ambition within it."""


def pace(results: pd.DataFrame, past: Past, *, by: Sequence[str] = (), day: date | None) -> pd.DataFrame:
    """Computed progress against the share of the cycle passed, and the outlook, per group.

    In: the `objective_result` rows asked for, as of the day where the history is cut there; what outlooks learn from;
    the day (missing: every cycle counts as passed). Out: the keys, then objectives, scored (those with a computed
    score: the base of the next three), expected (mean share of the cycle's days passed at the day's end, 0–1; where
    nothing is scored, of all objectives), computed (mean computed score, 0–1), gap (computed − expected), outlook,
    low, high (0–1). Objectives without a computed score are missing, never 0; cycles not begun stand at expected 0.
    An outlook is given for a team, or for everything asked for, in one cycle that is running: begun, and not at its
    last day yet; missing for groups of several cycles, of a level or an ambition, and as `outlooks` says. Raises
    ValueError for an unknown key. Source: our definition, after the follow-up of S0 and S3; reported status words
    take no part in it.
    """
    cycles = cycles_of(results.rename(columns={"cycle_kind": "kind"}))
    passed = {label: cycle.share_passed(day) if day else 1.0 for label, cycle in cycles.items()}
    rows = results.assign(passed=results["cycle"].map(passed).astype("float64"))
    rows["due"] = rows["passed"].where(rows["computed"].notna())
    table = grouped(rows, past.teams, by=by, totals=_totals)
    running = {label: cycle for label, cycle in cycles.items() if day and cycle.starts_on <= day < cycle.ends_on}
    table[list(RANGE)] = float("nan")
    if day and WHOLE_TEAMS.issuperset(by):
        _look_out(table, running, past, day=day)
    return table[[*by, *FIGURES]]


def pace_of_goals(results: pd.DataFrame, *, day: date) -> pd.DataFrame:
    """Each goal in a cycle that is running on the day beside the time passed, the furthest behind first.

    In: `objective_result`, as of the day where the history is cut there. Out: objective_id, team, cycle, quarter,
    level, ambition, title, expected (share of the cycle's days passed at the day's end, 0–1), computed (progress by the
    data, 0–1), gap (computed − expected); goals without data come last, missing. Source: as `pace`.
    """
    now = pd.Timestamp(day)
    rows = counted(results)
    rows = rows[(rows["starts_on"] <= now) & (rows["ends_on"] >= now)]
    days = (rows["ends_on"] - rows["starts_on"]).dt.days + 1
    expected = ((now - rows["starts_on"]).dt.days + 1) / days
    table = rows.assign(expected=expected, gap=(rows["computed"] - expected).round(DECIMALS))
    return table.sort_values(["gap", "cycle", "objective_id"], kind="stable", ignore_index=True)[GOALS]


def _totals(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    table = groups_of(rows, keys).agg(
        objectives=("counted", "size"),
        scored=("computed", "count"),
        expected=("due", "mean"),
        computed=("computed", "mean"),
        passed=("passed", "mean"),
        rate=("score", "mean"),
        cycles=("cycle", "nunique"),
        only_cycle=("cycle", "first"),
    )
    table = table.assign(gap=table["computed"] - table["expected"])
    return table.assign(expected=table["expected"].fillna(table["passed"]))


def _look_out(table: pd.DataFrame, running: dict[str, Cycle], past: Past, *, day: date) -> None:
    """Enter the outlook of the rows that are one running cycle's."""
    for label, cycle in running.items():
        which = (table["cycles"] == 1) & (table["only_cycle"] == label)
        table.loc[which, list(RANGE)] = outlooks(table.loc[which, "rate"], cycle, past, day=day)
