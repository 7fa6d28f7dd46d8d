"""Everything known about one objective: its score, key results with their history, links, and where each was stated."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from pipelines import policy, warehouse
from pipelines.history import History
from pipelines.lookup import looked_up
from pipelines.metrics.punctuality import DATES
from pipelines.metrics.results import key_result_results, objective_results
from pipelines.metrics.tracks import tracks
from pipelines.metrics.trail import trail
from pipelines.nearest import nearest
from pipelines.problems import InputError, Problem, Rule, rule
from pipelines.records import records
from pipelines.texts import normal
from pipelines.versions import Version

UNKNOWN = rule("objective_not_found", "set_aside", "there is no objective “{value}”. Did you mean {near}?")
UNLIKE = rule("objective_unlike_any", "set_aside", "there is no objective “{value}”. There are, for example, {near}.")
SEVERAL = rule("objective_title_shared", "set_aside", "“{value}” may be {near}. Name one of them by its id.")
NEAR = 5


def dossier(version: Version, named: str, *, as_of: date | None = None) -> dict[str, Any]:
    """The objective's columns with its figures, `key_results`, `parents`, `children` and `changes`.

    `named` is its id, or its title where no other has it. `score` is what counts under the policy in force,
    `recorded_score` what the source states. As of a day, check-ins, changes and dates after it are unknown, as are
    changes without a day, and figures are computed again without them. Raises InputError with the nearest ones if
    there is no such objective.
    """
    objective_id = _meant(version, named)
    about = _about(version, objective_id, as_of)
    goals, parts = _results(version, [objective_id], as_of)
    return {
        **_with_figures(about.objective, goals, "objective_id")[0],
        "key_results": _key_results(about, parts),
        "parents": _parents(version, objective_id, as_of),
        "children": _children(version, about, as_of),
        "changes": records(about.change),
    }


def _about(version: Version, objective_id: str, as_of: date | None) -> History:
    """The facts stated about one objective, those known by the day where one is given."""
    known = _facts(version, [objective_id])
    return _known_by(known, pd.Timestamp(as_of)) if as_of else known


def _known_by(known: History, day: pd.Timestamp) -> History:
    """The facts without what is dated later; what has no date is known when the cycle has ended."""
    ended = bool((known.cycle["ends_on"] <= day).all())
    goal, parts = known.objective, known.key_result.assign(current=float("nan"))
    stated = goal["reviewed_on"]
    goal = goal.assign(**{name: goal[name].mask(goal[name] > day) for name in DATES})
    # A review without a day is known once the cycle has ended.
    reviewed = goal["reviewed_on"].notna() | (stated.isna() & ended)
    goal = goal.assign(**{name: goal[name].where(reviewed) for name in ("review_note", "next_steps")})
    if not ended:
        goal, parts = (_unended(rows) for rows in (goal, parts))
    return replace(
        known,
        objective=goal,
        key_result=parts,
        check_in=known.check_in[known.check_in["checked_on"] <= day],
        change=known.change[known.change["changed_on"] <= day],
    )


def _unended(rows: pd.DataFrame) -> pd.DataFrame:
    """Without the scores and the done status that a cycle's end brings."""
    nothing = float("nan")
    return rows.assign(score=nothing, score_self=nothing, status=rows["status"].mask(rows["status"] == "done"))


def _facts(version: Version, objective_ids: list[str]) -> History:
    """The facts stated about these objectives: what their figures are computed from."""
    wanted = {"objective_id": objective_ids}
    frames = {name: warehouse.table(version, name, where=wanted) for name in ("objective", "key_result", "change")}
    parts = {"key_result_id": list(frames["key_result"]["key_result_id"])}
    cycles = {"cycle": list(frames["objective"]["cycle"].unique())}
    return History.of(
        team=warehouse.table(version, "team"),
        cycle=warehouse.table(version, "cycle", where=cycles),
        check_in=warehouse.table(version, "check_in", where=parts),
        **frames,
    )


def _results(version: Version, objective_ids: list[str], as_of: date | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`objective_result` and `key_result_result` of these objectives, computed again where a day is given."""
    if as_of:
        known, rules = _facts(version, objective_ids), policy.in_force(version.path.parents[1])
        return (
            objective_results(known, policy=rules, as_of=as_of),
            key_result_results(known, policy=rules, as_of=as_of),
        )
    wanted = {"objective_id": objective_ids}
    goals, parts = (warehouse.table(version, name, where=wanted) for name in ("objective_result", "key_result_result"))
    return goals, parts


def _with_figures(stated: pd.DataFrame, result: pd.DataFrame, key: str) -> list[dict[str, Any]]:
    """The stated columns with the computed ones beside them; the recorded score gets a name of its own."""
    stated = stated.rename(columns={"score": "recorded_score"})
    new = [name for name in result if name == key or name not in stated]
    return records(stated.merge(result[new], on=key, how="left"))


def _key_results(about: History, result: pd.DataFrame) -> list[dict[str, Any]]:
    """The key results, each with its check-ins and, beside each, the progress and the time passed by then."""
    way = trail(about)[["key_result_id", "checked_on", "raw", "expected"]]
    told = about.check_in.merge(way, on=["key_result_id", "checked_on"], how="left")
    history = {key: records(rows.drop(columns="key_result_id")) for key, rows in told.groupby("key_result_id")}
    reached = tracks(about)[["key_result_id", "base_score", "stretch_score", "track"]]
    rows = _with_figures(about.key_result, result.merge(reached, on="key_result_id", how="left"), "key_result_id")
    return [{**row, "check_ins": history.get(row["key_result_id"], [])} for row in rows]


def _parents(version: Version, objective_id: str, as_of: date | None) -> list[dict[str, Any]]:
    """The links to what it serves; a key result is told with its objective."""
    links = warehouse.table(version, "alignment", where={"child_objective_id": [objective_id]})
    through = links[links["parent_kind"] == "key_result"]["parent_id"]
    parts = warehouse.table(version, "key_result", columns=["key_result_id", "objective_id", "title"],
                            where={"key_result_id": list(through)}).set_index("key_result_id")  # fmt: skip
    goal = looked_up(links["parent_id"], parts["objective_id"])
    goals = links["parent_id"].where(links["parent_kind"] == "objective", goal)
    told = links.drop(columns="child_objective_id").assign(objective_id=goals)
    told = _told(version, told, as_of)
    return records(told.assign(title=looked_up(told["parent_id"], parts["title"]).fillna(told["title"])))


def _children(version: Version, about: History, as_of: date | None) -> list[dict[str, Any]]:
    """The objectives linked to this one or to one of its key results."""
    wanted = {
        "objective": list(about.objective["objective_id"]),
        "key_result": list(about.key_result["key_result_id"]),
    }
    links = pd.concat(
        [
            warehouse.table(version, "alignment", where={"parent_kind": [kind], "parent_id": ids})
            for kind, ids in wanted.items()
        ]
    )
    return records(_told(version, links.rename(columns={"child_objective_id": "objective_id"}), as_of))


def _told(version: Version, links: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Links with the title, cycle, team and score of the objective at their other end."""
    goals, _ = _results(version, list(links["objective_id"].dropna().unique()), as_of)
    return links.merge(goals[["objective_id", "title", "cycle", "team", "score"]], on="objective_id", how="left")


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
