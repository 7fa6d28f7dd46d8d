"""The tree of teams: who stands above whom."""

from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from pipelines.lookup import looked_up
from pipelines.resolve.tree import steps
from pipelines.texts import normal

Texts = tuple[str | None, ...]
_NAMED = ("team_id", "parent_team_id", "path", "name")


def lineage(teams: pd.DataFrame) -> pd.DataFrame:
    """Each team beside itself and every team above it; a circle of teams ends where it meets itself.

    In: the table `team`. Out: team_id, above_id, steps (0 for the team itself); shared by all who ask, so never to be
    changed.
    """
    return _lineage(_texts(teams["team_id"]), _texts(teams["parent_team_id"]))


# A page asks a dozen times about one tree, which costs more than most of its figures.
@lru_cache(maxsize=8)
def _lineage(team_ids: Texts, parent_ids: Texts) -> pd.DataFrame:
    teams = pd.DataFrame({"team_id": team_ids, "parent_team_id": parent_ids}, dtype="str")
    parents = teams.set_index("team_id")["parent_team_id"]
    rung = pd.DataFrame({"team_id": teams["team_id"], "above_id": teams["team_id"], "steps": 0})
    rungs = [rung]
    while len(rung) and len(rungs) <= len(teams):
        rung = rung.assign(above_id=looked_up(rung["above_id"], parents), steps=rung["steps"] + 1)
        rung = rung[rung["above_id"].isin(parents.index)]
        rungs.append(rung)
    everything = pd.concat(rungs, ignore_index=True)
    return everything.drop_duplicates(["team_id", "above_id"]).reset_index(drop=True)


def _texts(values: "pd.Series[str]") -> Texts:
    """The values, with None for missing ones: what is not a number equals nothing, itself included."""
    texts = values.to_numpy(dtype="object", copy=True)
    texts[values.isna().to_numpy()] = None
    return tuple(texts)


def executives(teams: pd.DataFrame) -> "pd.Series[str]":
    """The executive in charge of each team: its own, or that of the nearest team above with one (S2).

    Out: indexed by team_id; teams without one anywhere above are absent.
    """
    named = lineage(teams).merge(teams[["team_id", "executive"]], left_on="above_id", right_on="team_id")
    nearest = named.dropna(subset=["executive"]).sort_values("steps", kind="stable").drop_duplicates("team_id_x")
    return nearest.set_index("team_id_x")["executive"].rename_axis("team_id")


def below(teams: pd.DataFrame, names: Iterable[str]) -> frozenset[str]:
    """The ids of the teams that the texts mean, each an id, a path or a name, and of all teams below."""
    return _below(*(_texts(teams[column]) for column in _NAMED), tuple(names))


# As `_lineage`: a page asks a dozen times about the teams that are chosen on it.
@lru_cache(maxsize=64)
def _below(ids: Texts, parents: Texts, paths: Texts, names: Texts, asked: tuple[str, ...]) -> frozenset[str]:
    branches = _branches(ids, parents)
    meant = set[str]().union(*(_meant(text, ids, parents, paths, names) for text in asked))
    return frozenset[str]().union(*(branches[team] for team in meant))


@lru_cache(maxsize=8)
def _branches(ids: Texts, parents: Texts) -> dict[str, frozenset[str]]:
    """Each team's id with those of itself and all below it."""
    branches = _lineage(ids, parents).groupby("above_id")["team_id"]
    return {str(team): frozenset(below) for team, below in branches}


def _meant(text: str, ids: Texts, parents: Texts, paths: Texts, names: Texts) -> set[str]:
    """The ids of the teams a text means: by id, else path, else name, else as files are read, by the end of a path."""
    for column in (ids, paths, names):
        exact = {team for team, known in zip(ids, column, strict=True) if team and known == text}
        if exact:
            return exact
    return _ending_in(ids, parents, names, [normal(name) for name, _ in steps(text)])


def _ending_in(ids: Texts, parents: Texts, names: Texts, wanted: list[str]) -> set[str]:
    """The ids of the teams whose names from the top down, in normal form, end in the wanted ones."""
    named = pd.Series(names, pd.Index(ids, dtype="str"), dtype="str").map(normal)
    upward = _lineage(ids, parents).groupby("team_id")["above_id"]
    return {str(team) for team, chain in upward if named[chain].tolist()[: len(wanted)] == wanted[::-1]}
