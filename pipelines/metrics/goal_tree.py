"""The tree of goals, from the company's to the individual ones, each once."""

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from pipelines.cycles import Cycle
from pipelines.lookup import among
from pipelines.metrics.alignment import leading_to
from pipelines.metrics.scores import DECIMALS
from pipelines.metrics.uptake import in_force
from pipelines.policy import Policy

Places = np.ndarray[Any, np.dtype[np.intp]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
NEEDED = [
    "objective_id", "counted", "title", "team", "level", "cycle", "quarter", "starts_on", "ends_on", "ambition",
    "score",
]  # fmt: skip
COLUMNS = [
    "objective_id", "under", "parents", "root", "title", "team", "level", "cycle", "longer", "ambition", "score",
    "away",
]  # fmt: skip


def goal_tree(
    results: pd.DataFrame,
    known: pd.DataFrame,
    alignment: pd.DataFrame,
    *,
    quarter: Cycle,
    policy: Policy,
    of: Collection[str] | None = None,
) -> pd.DataFrame:
    """Each goal that holds in the quarter, under the first goal above it.

    In: `objective_result` of everything loaded; its `links`; the table `alignment`, whose rows' places say which
    parent was stated first; the objectives asked for (with all above them), everything if not given. Out, by
    objective_id: under (the parent it is shown under: the first stated one of those that lead to a goal of the company,
    else the first; missing at the top), parents (how many it has), root (the goal at its top), title, team, level,
    cycle, longer, ambition, score, away: how far the score lies below (−) or above (+) where it should be: the sweet
    spot, for committed goals 1.0; missing without a score. Where vertical links run in a circle, one of them is left
    out. Source: S0.
    """
    rows = in_force(results[NEEDED], [quarter]).set_index("objective_id", drop=False).rename_axis(None)
    steps = _upward(rows, known, alignment)
    under = _open(dict(steps[["child_id", "parent_id"]].to_numpy()[::-1].tolist()))
    tree = rows.assign(
        under=pd.Series(under, dtype="str").reindex(rows.index),
        parents=steps.groupby("child_id").size().reindex(rows.index, fill_value=0),
        root=[_line(goal, under)[-1] for goal in rows.index],
        away=_away(rows, policy),
    )
    return with_above(tree[COLUMNS].reset_index(drop=True), of=of)


def with_above(tree: pd.DataFrame, *, of: Collection[str] | None) -> pd.DataFrame:
    """The goals of a `goal_tree` that are asked for, with all above them; everything if none are given."""
    if of is None:
        return tree
    return tree[and_above(tree["objective_id"].isin(of).to_numpy(), places_above(tree))].reset_index(drop=True)


def places_above(tree: pd.DataFrame) -> Places:
    """The row of the goal that each one of a `goal_tree` is shown under; −1 at the top."""
    places: Places = pd.Index(tree["objective_id"]).get_indexer(pd.Index(tree["under"]))
    return places


def and_above(asked: Flags, above: Places) -> Flags:
    """Which goals are asked for or stand above one that is, by `places_above`."""
    wanted, edge = asked.copy(), np.flatnonzero(asked)
    while len(edge):
        up = np.unique(above[edge])
        edge = up[(up >= 0) & ~wanted[up]]
        wanted[edge] = True
    return wanted


def _upward(rows: pd.DataFrame, known: pd.DataFrame, alignment: pd.DataFrame) -> pd.DataFrame:
    """The vertical links between these goals, each child's best parent first.

    Goals of the company hang below such goals only. One parent that several key results stand for counts once.
    """
    vertical = known[known["kind"] == "vertical"]
    inside = vertical[among(vertical["child_id"], rows.index) & among(vertical["parent_id"], rows.index)]
    tops = rows.index[rows["level"] == "company"]
    inside = inside[among(inside["parent_id"], tops) | ~among(inside["child_id"], tops)]
    leads = among(inside["parent_id"], tops.union(leading_to(inside, tops)))
    steps = inside.assign(astray=~leads, place=_places(inside, alignment))
    steps = steps.sort_values(["child_id", "astray", "place", "parent_id"], ignore_index=True)
    return steps.drop_duplicates(["child_id", "parent_id"])


def _places(links: pd.DataFrame, alignment: pd.DataFrame) -> "pd.Series[int]":
    """The order in which the links were stated: by batch, file, sheet and row, then as in the table."""
    ends = ["child_objective_id", "parent_id"]
    stated = alignment[among(alignment["child_objective_id"], links["child_id"])]
    stated = stated.sort_values(["batch_id", "file", "sheet", "row"], kind="stable", ignore_index=True)
    places = stated[ends].drop_duplicates().assign(place=lambda rows: rows.index)
    above = links["key_result_id"].fillna(links["parent_id"])
    asked = pd.DataFrame({"child_objective_id": links["child_id"], "parent_id": above})
    return asked.merge(places, on=ends, how="left").set_axis(links.index)["place"]


def _open(under: dict[str, str]) -> dict[str, str]:
    """The links without those that close a circle: of each circle the one from its first id is left out."""
    kept, safe = dict(under), set[str]()
    for goal in sorted(under):
        line = _line(goal, kept, safe)
        if kept.get(line[-1]) in line:
            circle = line[line.index(kept[line[-1]]) :]
            del kept[min(circle)]
        safe.update(line)
    return kept


def _line(goal: str, under: dict[str, str], until: Collection[str] = ()) -> list[str]:
    """The goal and those above it, up to the top, to one of `until`, or to where a circle would close."""
    line = [goal]
    while line[-1] not in until and (above := under.get(line[-1])) is not None and above not in line:
        line.append(above)
    return line


def _away(rows: pd.DataFrame, policy: Policy) -> "pd.Series[float]":
    """How far each score lies from where it should be: below, above, or within (0)."""
    committed = rows["ambition"] == "committed"
    low = rows["score"] - pd.Series(policy.sweet_spot.low, rows.index).mask(committed, 1.0)
    high = rows["score"] - pd.Series(policy.sweet_spot.high, rows.index).mask(committed, 1.0)
    return (low.clip(upper=0) + high.clip(lower=0)).round(DECIMALS)
