"""Everything known about one objective: its score, key results with their history, links, and where each was stated."""

from typing import Any

import pandas as pd

from pipelines import warehouse
from pipelines.history import History
from pipelines.metrics.tracks import tracks
from pipelines.nearest import nearest
from pipelines.problems import InputError, Problem, Rule, rule
from pipelines.records import records
from pipelines.resolve.texts import normal
from pipelines.versions import Version

UNKNOWN = rule("objective_not_found", "set_aside", "there is no objective “{value}”. Did you mean {near}?")
UNLIKE = rule("objective_unlike_any", "set_aside", "there is no objective “{value}”. There are, for example, {near}.")
SEVERAL = rule("objective_title_shared", "set_aside", "“{value}” may be {near}. Name one of them by its id.")
NEAR = 5


def dossier(version: Version, named: str) -> dict[str, Any]:
    """The objective's columns with its figures, `key_results`, `parents`, `children` and `changes`.

    `named` is its id, or its title where no other has it. `score` is what counts under the policy in force,
    `recorded_score` what the source states. Raises InputError with the nearest ones if there is no such objective.
    """
    objective_id = _meant(version, named)
    stated = warehouse.table(version, "objective", where={"objective_id": [objective_id]})
    result = warehouse.table(version, "objective_result", where={"objective_id": [objective_id]})
    return {
        **_with_figures(stated, result, "objective_id")[0],
        "key_results": _key_results(version, objective_id),
        "parents": _parents(version, objective_id),
        "children": _children(version, objective_id),
        "changes": records(warehouse.table(version, "change", where={"objective_id": [objective_id]})),
    }


def _with_figures(stated: pd.DataFrame, result: pd.DataFrame, key: str) -> list[dict[str, Any]]:
    """The stated columns with the computed ones beside them; the recorded score gets a name of its own."""
    stated = stated.rename(columns={"score": "recorded_score"})
    new = [name for name in result if name == key or name not in stated]
    return records(stated.merge(result[new], on=key, how="left"))


def _key_results(version: Version, objective_id: str) -> list[dict[str, Any]]:
    stated = warehouse.table(version, "key_result", where={"objective_id": [objective_id]})
    ids = list(stated["key_result_id"])
    result = warehouse.table(version, "key_result_result", where={"key_result_id": ids})
    check_ins = warehouse.table(version, "check_in", where={"key_result_id": ids})
    history = {key: records(rows.drop(columns="key_result_id")) for key, rows in check_ins.groupby("key_result_id")}
    reached = _tracks(version, objective_id, stated, check_ins)
    rows = _with_figures(stated, result.merge(reached, on="key_result_id", how="left"), "key_result_id")
    return [{**row, "check_ins": history.get(row["key_result_id"], [])} for row in rows]


def _tracks(version: Version, objective_id: str, key_results: pd.DataFrame, check_ins: pd.DataFrame) -> pd.DataFrame:
    """Both scores of the key results on two tracks, and the track reached."""
    goal = warehouse.table(version, "objective", where={"objective_id": [objective_id]})
    spans = warehouse.table(version, "cycle", where={"cycle": list(goal["cycle"])})
    found = tracks(History.of(objective=goal, cycle=spans, key_result=key_results, check_in=check_ins))
    return found[["key_result_id", "base_score", "stretch_score", "track"]]


def _parents(version: Version, objective_id: str) -> list[dict[str, Any]]:
    links = warehouse.table(version, "alignment", where={"child_objective_id": [objective_id]})
    titles = pd.concat([_titles(version, kind, links["parent_id"]) for kind in ("objective", "key_result")])
    return records(links.drop(columns="child_objective_id").merge(titles, on=["parent_kind", "parent_id"], how="left"))


def _titles(version: Version, kind: str, ids: pd.Series) -> pd.DataFrame:
    found = warehouse.table(version, kind, columns=[f"{kind}_id", "title"], where={f"{kind}_id": list(ids)})
    return found.rename(columns={f"{kind}_id": "parent_id"}).assign(parent_kind=kind)


def _children(version: Version, objective_id: str) -> list[dict[str, Any]]:
    """The objectives linked to this one or to one of its key results."""
    own = warehouse.table(version, "key_result", columns=["key_result_id"], where={"objective_id": [objective_id]})
    wanted = {"objective": [objective_id], "key_result": list(own["key_result_id"])}
    links = pd.concat(
        [
            warehouse.table(version, "alignment", where={"parent_kind": [kind], "parent_id": ids})
            for kind, ids in wanted.items()
        ]
    )
    ids = list(links["child_objective_id"])
    titles = warehouse.table(version, "objective_result", columns=["objective_id", "title", "cycle", "team", "score"],
                             where={"objective_id": ids})  # fmt: skip
    return records(
        links.rename(columns={"child_objective_id": "objective_id"}).merge(titles, on="objective_id", how="left")
    )


def _meant(version: Version, named: str) -> str:
    """The id of the objective that a text names: by its id, else by its title."""
    known = warehouse.table(version, "objective", columns=["objective_id", "title"])
    if (known["objective_id"] == named).any():
        return named
    titles = dict(zip(known["objective_id"], known["title"].fillna(""), strict=True))
    wanted = normal(named)
    # One id in two cycles is printed with its cycle in front.
    meant = [key for key in titles if key.endswith(f":{named}")] or [
        key for key, title in titles.items() if wanted in {normal(key), normal(title)}
    ]
    if len(meant) == 1:
        return str(meant[0])
    raise _error(version, SEVERAL, named, titles, meant) if meant else _unknown(version, named, titles)


def _unknown(version: Version, named: str, titles: dict[str, str]) -> InputError:
    alike = nearest(named, [text for pair in titles.items() for text in pair if text])
    near = [key for text in alike for key, title in titles.items() if text in {key, title}]
    if not near:
        return _error(version, UNLIKE, named, titles, list(titles))
    return _error(version, UNKNOWN, named, titles, list(dict.fromkeys(near)))


def _error(version: Version, broken: Rule, named: str, titles: dict[str, str], near: list[str]) -> InputError:
    told = ", ".join(f"{key} ({titles[key]})" for key in near[:NEAR]) or "–"
    return InputError(Problem(broken, str(version.path.parents[1]), value=named, details={"near": told}))
