"""Uptake: which goals and key results of the company are taken up below it, and from which level."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from pipelines.cycles import Cycle
from pipelines.metrics.grouping import counted, share
from pipelines.metrics.scores import counts
from pipelines.schema import LEVELS

BELOW = (*LEVELS[1:], "unknown")
"""The levels a goal of the company may be taken up from."""
REACHED = ["quarter", "objective_id", "key_result_id"]
GOAL = ["quarter", "longer", "cycle", "cycle_kind", "starts_on", "objective_id", "objective"]
NEEDED = ["objective_id", "title", "cycle", "cycle_kind", "quarter", "starts_on", "ends_on", "level", "counted"]


def in_force(results: pd.DataFrame, quarters: Sequence[Cycle]) -> pd.DataFrame:
    """The counted objectives once for each of the quarters in which they hold.

    In: `objective_result`; quarters. Out: its columns, `quarter` being the quarter they hold in, and `longer`: whether
    their cycle contains the quarter (annual and half-year goals) instead of lying within it. Sorted by quarter and id.
    """
    rows = counted(results)
    spans = [(quarter.label, pd.Timestamp(quarter.starts_on), pd.Timestamp(quarter.ends_on)) for quarter in quarters]
    holds = [
        (label, rows["quarter"] == label, (rows["starts_on"] <= first) & (rows["ends_on"] >= last))
        for label, first, last in spans
    ]
    # Flags set before rows are taken: a frame without rows would take on those of a longer column.
    parts = [rows.assign(quarter=label, longer=over & ~within)[within | over] for label, within, over in holds]
    table = pd.concat([rows.iloc[:0].assign(longer=False), *parts])
    return table.sort_values(["quarter", "objective_id"], ignore_index=True)


def uptake(
    results: pd.DataFrame,
    known: pd.DataFrame,
    key_results: pd.DataFrame,
    *,
    quarters: Sequence[Cycle],
    of: Collection[str] | None = None,
) -> pd.DataFrame:
    """Each goal of the company and each of its key results, in each quarter it holds in, and who takes it up.

    In: `objective_result` of everything loaded; its `links`; `key_result`; the quarters; the objectives whose uptake
    is asked for, all if not given. Out: quarter, longer (an annual or half-year goal), cycle, cycle_kind, objective_id,
    objective (its title), key_result_id and title (of the key result; both missing for the objective itself), one flag
    per level (department, team, individual, unknown): whether a chain of vertical links reaches it from a goal of that
    level which holds in the quarter, and taken_up: from any. A key result is reached by a chain whose last link names
    it. The company's own goals take up nothing. By quarter, shorter cycles first, then by id. Source: S0, S2.
    """
    return taken_up(*reaching(results, known, key_results, quarters=quarters), of=of)


def reaching(
    results: pd.DataFrame, known: pd.DataFrame, key_results: pd.DataFrame, *, quarters: Sequence[Cycle]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The company's goals and key results that may be taken up, and from which goals chains of links reach them.

    In: as `uptake`. Out: its rows without flags; child_id, level and place (of the row reached) of each reach.
    """
    held = in_force(results[NEEDED], quarters)
    company = held["level"] == "company"
    goals = held[company].rename(columns={"title": "objective"})[GOAL]
    measures = key_results.loc[counts(key_results), ["objective_id", "key_result_id", "title"]]
    nothing = pd.Series(None, goals.index, dtype="str")
    whole = goals.assign(key_result_id=nothing, title=nothing)
    rows = pd.concat([whole, goals.merge(measures, on="objective_id")]).astype({"key_result_id": "str", "title": "str"})
    order = ["quarter", "longer", "starts_on", "objective_id", "key_result_id"]
    rows = rows.sort_values(order, na_position="first", ignore_index=True).drop(columns="starts_on")
    named = rows[REACHED].assign(place=rows.index)
    return rows, _reached(goals, known, held[~company]).merge(named, on=REACHED)[["child_id", "level", "place"]]


def taken_up(rows: pd.DataFrame, reach: pd.DataFrame, *, of: Collection[str] | None = None) -> pd.DataFrame:
    """`uptake` from what is `reaching`, by the goals asked for."""
    chosen = reach if of is None else reach[reach["child_id"].isin(of)]
    cells = np.zeros((len(rows), len(BELOW)), dtype=bool)
    cells[chosen["place"], pd.Index(BELOW).get_indexer(pd.Index(chosen["level"]))] = True
    flags = pd.DataFrame(cells, columns=list(BELOW))
    return rows.join(flags.assign(taken_up=flags.any(axis=1)))


def penetration(taken: pd.DataFrame, *, by: Sequence[str] = ("quarter", "longer")) -> pd.DataFrame:
    """Penetration (穿透率): the company's goals that a vertical chain reaches from each level (S2).

    In: `uptake`. Out: the keys (out of quarter and longer; without them each goal counts once for each quarter), then
    level, objectives (of the company), objectives_reached, penetration, key_results (of those objectives),
    key_results_reached, key_result_penetration. A share of nothing is missing.
    """
    keys = [*by, "level"]
    long = taken.melt([*by, "key_result_id"], list(BELOW), var_name="level", value_name="reached")
    long = long[long["level"] != "unknown"].assign(level=lambda rows: pd.Categorical(rows["level"], LEVELS[1:]))
    named = long["key_result_id"].notna()
    sides = {"objectives": long[~named], "key_results": long[named]}
    sums = [
        rows.groupby(keys, observed=True)["reached"].agg(["size", "sum"]).set_axis([name, f"{name}_reached"], axis=1)
        for name, rows in sides.items()
    ]
    table = sums[0].join(sums[1]).fillna(0).astype("int64").reset_index().astype({"level": "str"})
    table = table.assign(
        penetration=share(table["objectives_reached"], table["objectives"]),
        key_result_penetration=share(table["key_results_reached"], table["key_results"]),
    )
    ends = ["penetration", "key_results", "key_results_reached", "key_result_penetration"]
    return table[[*keys, "objectives", "objectives_reached", *ends]]


def chains(vertical: pd.DataFrame, tops: Collection[str]) -> pd.DataFrame:
    """Each goal with each of the tops to which vertical links lead from it, however many; circles end.

    Out: child_id, objective_id (the top), key_result_id (the one that the chain's last link names, or missing).
    """
    steps = vertical[["child_id", "parent_id"]].drop_duplicates()
    last = vertical[vertical["parent_id"].isin(tops)].rename(columns={"parent_id": "objective_id"})
    found = last[["child_id", "objective_id", "key_result_id"]].drop_duplicates(ignore_index=True)
    before = 0
    while len(found) > before:
        edge, before = found.iloc[before:].rename(columns={"child_id": "parent_id"}), len(found)
        further = edge.merge(steps, on="parent_id")[found.columns]
        found = pd.concat([found, further], ignore_index=True).drop_duplicates(ignore_index=True)
    return found


def _reached(goals: pd.DataFrame, known: pd.DataFrame, start: pd.DataFrame) -> pd.DataFrame:
    """One row for each goal and each goal or key result of the company that a chain reaches from it."""
    vertical = known[known["kind"] == "vertical"]
    found = chains(vertical, set(goals["objective_id"]))
    # Text, also where nothing but it is missing: groups of nothing else would become numbers.
    whole = found.assign(key_result_id=pd.Series(None, found.index, dtype="str"))
    ends = pd.concat([whole, found.dropna(subset=["key_result_id"])])
    level = start["level"].fillna("unknown").astype("str")
    froms = start[["quarter", "objective_id"]].rename(columns={"objective_id": "child_id"}).assign(level=level)
    return froms.merge(ends, on="child_id").drop_duplicates()
