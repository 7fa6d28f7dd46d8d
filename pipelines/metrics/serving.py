"""Serving: which teams work for which others, by the links across teams (横向协同, S2)."""

from collections.abc import Collection, Sequence

import pandas as pd

from pipelines.lookup import looked_up


def serving(
    results: pd.DataFrame,
    known: pd.DataFrame,
    alignment: pd.DataFrame,
    *,
    quarters: Sequence[str],
    of: Collection[str] | None = None,
) -> pd.DataFrame:
    """How many links lead from the goals of each team to those of each other one beside it.

    In: `objective_result`; its `links`; the table `alignment`; the labels of the quarters in which the serving goals'
    cycles lie; the objectives of which one end is asked for, all if not given. Out: serving, served (paths of teams),
    links (lateral ones: neither team above the other), supports (those of them stated as support); most first.
    A link counts once, in the quarter of the goal it leads from; it says who serves whom, and may run back as well.
    """
    rows = links_beside(results, known, alignment)
    rows = rows if of is None else rows[rows["child_id"].isin(of) | rows["parent_id"].isin(of)]
    return serving_of(rows, quarters=quarters)


def links_beside(results: pd.DataFrame, known: pd.DataFrame, alignment: pd.DataFrame) -> pd.DataFrame:
    """The lateral links with the quarter of the serving goal's cycle, both teams, and whether stated as support.

    In: as `serving`. Out: child_id, parent_id, quarter, serving, served, supports.
    """
    rows = results[["objective_id", "team", "quarter"]].drop_duplicates("objective_id").set_index("objective_id")
    beside = known[known["kind"] == "lateral"]
    about = {"quarter": ("child_id", "quarter"), "serving": ("child_id", "team"), "served": ("parent_id", "team")}
    told = {name: looked_up(beside[end], rows[column]) for name, (end, column) in about.items()}
    return beside[["child_id", "parent_id"]].assign(**told, supports=_supporting(beside, alignment))


def serving_of(rows: pd.DataFrame, *, quarters: Sequence[str]) -> pd.DataFrame:
    """`serving` from those of `links_beside` that are asked for."""
    groups = rows[rows["quarter"].isin(quarters)].groupby(["serving", "served"])["supports"]
    sums = groups.agg(["size", "sum"]).set_axis(["links", "supports"], axis=1).reset_index()
    order = ["links", "serving", "served"]
    return sums.sort_values(order, ascending=[False, True, True], ignore_index=True)


def _supporting(links: pd.DataFrame, alignment: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each link is stated as support."""
    stated = alignment[alignment["relation"] == "supports"]
    pairs = pd.MultiIndex.from_frame(stated[["child_objective_id", "parent_id"]])
    ends = links["key_result_id"].fillna(links["parent_id"])
    asked = pd.MultiIndex.from_arrays([links["child_id"], ends])
    return pd.Series(asked.isin(pairs), links.index)
