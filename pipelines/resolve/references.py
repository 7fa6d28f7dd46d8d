"""Finding what a row names: in its file, its folder, its cycle, then everywhere, ids before titles."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pipelines.lookup import among

SCOPES: tuple[tuple[str, ...], ...] = (("batch_id", "file"), ("batch_id", "folder"), ("cycle",), ())
MOST_CANDIDATES = 5
UNKNOWN, AMBIGUOUS = "unknown", "ambiguous"


@dataclass(frozen=True)
class Names:
    """One way in which things are named: rows with `name`, `key`, `label` and where they stand."""

    rows: pd.DataFrame
    exact: bool


@dataclass(frozen=True)
class Stated:
    """Goals as references find them: by the place of a row that states one, or by their ids and titles."""

    stated: pd.DataFrame
    names: tuple[Names, Names]


def by_position(references: pd.DataFrame, targets: pd.DataFrame, *, row: str) -> pd.Series:
    """The key of the target that stands in the given row of the same sheet; missing where there is none."""
    place = ["batch_id", "file", "sheet", "row"]
    asked = references.loc[references[row].notna(), place[:-1]].assign(row=references[row])
    if asked.empty:
        return pd.Series(None, index=references.index, dtype="str")
    found = asked.merge(targets[[*place, "key"]].drop_duplicates(place), on=place, how="left")["key"]
    return found.set_axis(asked.index).reindex(references.index)


def find(references: pd.DataFrame, names: Sequence[Names], *, strict: bool = True) -> pd.DataFrame:
    """For each reference (`exact`, `normal` text and where it stands): `key`, or `why` not and the `candidates`.

    Rows that refer in the same way from the same place are looked up once. Of several candidates in one scope
    those of the stated cycle, the same sheet and the stated team are preferred; if several remain it is ambiguous.
    Strict: a target of another cycle than the stated one is none, unless the stated one holds it.
    By a title nobody means the target whose key stands in `own`, if there is such a column.
    """
    if references.empty:
        return pd.DataFrame(columns=["key", "why", "candidates"], index=references.index, dtype="str")
    alike = ["exact", "normal", "batch_id", "file", "folder", "sheet", "cycle", "starts_on", "ends_on", "team_id"]
    alike += ["own"] if "own" in references else []
    asked = references[alike].drop_duplicates().reset_index(drop=True)
    found = pd.DataFrame({"key": None, "candidates": None}, index=asked.index, dtype="str")
    for scope, way in itertools.product(SCOPES, names):
        open_ = asked[found["key"].isna() & found["candidates"].isna()]
        found.update(_hits(open_.assign(asking=open_.index, strict=strict), way, scope))
    found["why"] = found["candidates"].isna().map({True: UNKNOWN, False: AMBIGUOUS}).where(found["key"].isna())
    joined = references[alike].merge(pd.concat([asked, found], axis=1), on=alike, how="left")
    return joined[["key", "why", "candidates"]].set_axis(references.index)


def _hits(asked: pd.DataFrame, way: Names, scope: tuple[str, ...]) -> pd.DataFrame:
    asked = asked.assign(name=asked["exact" if way.exact else "normal"]).dropna(subset=["name", *scope])
    rows = _in_reach(way.rows, asked, scope).dropna(subset=["name", *scope])
    if not len(asked) or not len(rows):
        return pd.DataFrame(columns=["key", "candidates"])
    rows = rows[among(rows["name"], asked["name"])]
    if not scope:
        rows = _first_few(rows)
    pairs = asked.merge(rows, on=[*scope, "name"], suffixes=("", "_there"))
    if "own" in pairs and not way.exact:
        pairs = pairs[pairs["key"] != pairs["own"]]
    return _chosen(_preferred(_possible(pairs, scope), scope))


def _in_reach(rows: pd.DataFrame, asked: pd.DataFrame, scope: tuple[str, ...]) -> pd.DataFrame:
    """The rows in a file, folder or cycle from which something is asked: of few different ones, so soon told."""
    return rows[rows[scope[-1]].isin(asked[scope[-1]].unique())] if scope else rows


def _first_few(rows: pd.DataFrame) -> pd.DataFrame:
    """At most a few targets per name, enough to see that it is ambiguous: a bare “1” may name thousands."""
    once = rows.drop_duplicates(["name", "key"])
    return once[once.groupby("name").cumcount() < MOST_CANDIDATES]


def _possible(pairs: pd.DataFrame, scope: tuple[str, ...]) -> pd.DataFrame:
    """Without pairs whose cycles contradict: a stated cycle is the target's own or holds it."""
    if "cycle" in scope:
        return pairs
    holds = (pairs["starts_on"] <= pairs["starts_on_there"]) & (pairs["ends_on_there"] <= pairs["ends_on"])
    unstated = pairs["cycle"].isna() | pairs["cycle_there"].isna() | ~pairs["strict"]
    return pairs[unstated | (pairs["cycle"] == pairs["cycle_there"]) | holds]


def _preferred(pairs: pd.DataFrame, scope: tuple[str, ...]) -> pd.DataFrame:
    same_cycle = True if "cycle" in scope else pairs["cycle"] == pairs["cycle_there"]
    same_sheet = (pairs["sheet"] == pairs["sheet_there"]) if "file" in scope else False
    rank = 4 * pd.Series(same_cycle, pairs.index).astype(int) + 2 * pd.Series(same_sheet, pairs.index).astype(int)
    rank += (pairs["team_id"] == pairs["team_id_there"]).astype(int)
    return pairs[rank == rank.groupby(pairs["asking"]).transform("max")]


def _chosen(pairs: pd.DataFrame) -> pd.DataFrame:
    once = pairs.drop_duplicates(["asking", "key"])
    alone = ~once["asking"].duplicated(keep=False)
    several = once[~alone & (once.groupby("asking").cumcount() < MOST_CANDIDATES)]
    return pd.DataFrame(
        {
            "key": once[alone].set_index("asking")["key"],
            "candidates": several.groupby("asking")["label"].agg("; ".join),
        }
    )
