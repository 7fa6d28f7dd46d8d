"""Alignment: which goals serve which, vertically up to the company and laterally across teams."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from pipelines.history import History
from pipelines.lookup import among, looked_up
from pipelines.metrics.grouping import counted, share, summed
from pipelines.metrics.scores import counts
from pipelines.metrics.tree import lineage
from pipelines.schema import LEVELS

FLAGS = ["should_align", "aligned", "anchored", "lateral", "bottom_up", "origin_known"]
COVERAGES = {
    "aligned": ("vertical_coverage", "should_align"), "anchored": ("anchored_coverage", "should_align"),
    "lateral": ("horizontal_coverage", "objectives"), "bottom_up": ("bottom_up_share", "origin_known"),
}  # fmt: skip
"""The share each count gives, and of what."""
FIGURES = [
    "objectives", "should_align", "aligned", "vertical_coverage", "anchored", "anchored_coverage", "lateral",
    "horizontal_coverage", "bottom_up", "origin_known", "bottom_up_share",
]  # fmt: skip
ENDS = ["objective_id", "cycle", "starts_on", "ends_on", "team_id", "level"]


def alignment(
    results: pd.DataFrame, history: History, *, by: Sequence[str] = (), of: Collection[str] | None = None
) -> pd.DataFrame:
    """How much of what should align does, per group.

    In: `objective_result` of everything loaded, since a parent may lie in another cycle; the history's tables
    alignment, key_result and team; the ids of the objectives to count, all if not given. Out: the keys, then
    objectives, should_align (not at company level), aligned (with a vertical link), vertical_coverage, anchored
    (led by vertical links to a company-level objective), anchored_coverage, lateral (at either end of a lateral
    link), horizontal_coverage (of all), bottom_up, origin_known, bottom_up_share. A share of nothing is missing.
    100 % is no ideal. Source: S0, S1, S2.
    """
    return coverage(with_alignment(results, history), history.team, by=by, of=of)


def coverage(
    flagged: pd.DataFrame, teams: pd.DataFrame, *, by: Sequence[str] = (), of: Collection[str] | None = None
) -> pd.DataFrame:
    """`alignment` from objectives that carry their flags already, where many groupings of the same ones are asked."""
    chosen = flagged if of is None else flagged[flagged["objective_id"].isin(of)]
    table = summed(chosen, teams, by=by, sums=FLAGS)
    for part, (name, whole) in COVERAGES.items():
        table[name] = share(table[part], table[whole])
    return table[[*by, *FIGURES]]


def with_alignment(results: pd.DataFrame, history: History) -> pd.DataFrame:
    """The objectives with should_align, aligned, anchored, lateral, bottom_up and origin_known as flags."""
    return flagged(results, links(results, history))


def flagged(results: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """`with_alignment` from the `links` known already."""
    vertical, lateral = known[known["kind"] == "vertical"], known[known["kind"] == "lateral"]
    should = results["level"] != "company"
    tops = counted(results).loc[~should, "objective_id"]
    ids = results["objective_id"]
    return results.assign(
        should_align=should,
        aligned=should & among(ids, vertical["child_id"]),
        anchored=should & among(ids, leading_to(vertical, tops)),
        lateral=among(ids, lateral["child_id"]) | among(ids, lateral["parent_id"]),
        bottom_up=results["origin"] == "bottom_up",
        origin_known=results["origin"] != "unknown",
    )


def links(results: pd.DataFrame, history: History) -> pd.DataFrame:
    """Each link between two counted objectives and what kind it is.

    In: `objective_result`, and the tables alignment, key_result and team. Out: child_id, parent_id (an objective,
    also where a key result stands for it), key_result_id (that key result, or missing), kind: vertical, lateral or
    none. Links from or to something unknown, uncounted, without a team, or to itself count as none and are absent.
    """
    columns = ["child_id", "parent_id", "key_result_id", "kind"]
    if history.alignment.empty:
        return pd.DataFrame(columns=columns, dtype="str")
    ends = counted(results)[ENDS].dropna(subset=["team_id"])
    stated = _as_objectives(history.alignment, history.key_result)
    joined = stated.merge(ends.add_prefix("child_"), left_on="child_id", right_on="child_objective_id")
    joined = joined.merge(ends.add_prefix("parent_"), left_on="parent_id", right_on="parent_objective_id")
    joined = joined[joined["child_id"] != joined["parent_id"]]
    vertical, lateral = _vertical(joined, history.team), _lateral(joined, history.team)
    kinds = np.select([vertical, lateral], ["vertical", "lateral"], "none")
    return joined.assign(kind=kinds)[columns].drop_duplicates().reset_index(drop=True)


def leading_to(vertical: pd.DataFrame, tops: Collection[str]) -> "pd.Index[str]":
    """The objectives from which vertical links lead to one of the tops; safe where links run in circles."""
    named = [vertical["child_id"], vertical["parent_id"], pd.Series(list(tops), dtype="str")]
    # Numbers in place of texts, which are followed from step to step many times faster.
    codes, ids = pd.factorize(pd.concat(named, ignore_index=True))
    child, parent, top = np.split(codes, [len(vertical), 2 * len(vertical)])
    found, edge = np.zeros(len(ids), dtype=bool), np.zeros(len(ids), dtype=bool)
    edge[top] = True
    reached = edge.copy()
    while edge.any():
        found[child[edge[parent]]] = True
        edge, reached = found & ~reached, found | reached
    leading: pd.Index[str] = pd.Index(ids[found], dtype="str")
    return leading


def _as_objectives(stated: pd.DataFrame, key_results: pd.DataFrame) -> pd.DataFrame:
    """The links with the objective each parent is or stands for; uncounted key results stand for none."""
    usable = key_results[counts(key_results)].set_index("key_result_id")["objective_id"]
    through = stated["parent_kind"] == "key_result"
    parent_id = stated["parent_id"].where(~through, looked_up(stated["parent_id"], usable))
    named = pd.DataFrame({"child_id": stated["child_objective_id"], "parent_id": parent_id})
    return named.assign(key_result_id=stated["parent_id"].where(through)).dropna(subset=["child_id", "parent_id"])


def _vertical(joined: pd.DataFrame, teams: pd.DataFrame) -> "pd.Series[bool]":
    same_cycle = joined["child_cycle"] == joined["parent_cycle"]
    starts_before = joined["parent_starts_on"] <= joined["child_starts_on"]
    ends_after = joined["parent_ends_on"] >= joined["child_ends_on"]
    contained = same_cycle | (starts_before & ends_after)
    longer = _days(joined, "parent") > _days(joined, "child")
    same_team = joined["child_team_id"] == joined["parent_team_id"]
    rank = {level: place for place, level in enumerate(LEVELS)}
    higher = joined["parent_level"].map(rank) < joined["child_level"].map(rank)
    return contained & (_above(joined, "parent", "child", teams) | (same_team & (higher | longer)))


def _days(joined: pd.DataFrame, end: str) -> "pd.Series[pd.Timedelta]":
    return joined[f"{end}_ends_on"] - joined[f"{end}_starts_on"]


def _lateral(joined: pd.DataFrame, teams: pd.DataFrame) -> "pd.Series[bool]":
    differ = joined["child_team_id"] != joined["parent_team_id"]
    return differ & ~_above(joined, "parent", "child", teams) & ~_above(joined, "child", "parent", teams)


def _above(joined: pd.DataFrame, upper: str, lower: str, teams: pd.DataFrame) -> "pd.Series[bool]":
    """Whether the team of the one end stands above that of the other."""
    line = lineage(teams).query("steps > 0")
    pairs = pd.MultiIndex.from_frame(line[["team_id", "above_id"]])
    asked = pd.MultiIndex.from_frame(joined[[f"{lower}_team_id", f"{upper}_team_id"]])
    return pd.Series(asked.isin(pairs), joined.index)
