"""Named OKR histories, built from a few words each: the situations that figures and pages meet."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd

from pipelines.cycles import parse
from pipelines.history import History

DATES = ("created_on", "agreed_on", "aligned_on", "reviewed_on", "checked_on", "starts_on", "ends_on", "changed_on",
         "due_on")  # fmt: skip


def rows(records: list[dict[str, Any]]) -> pd.DataFrame:
    """Records as a frame; dates may be ISO text, and each row gets a place of its own."""
    frame = pd.DataFrame(records)
    for name in DATES:
        if name in frame:
            frame[name] = pd.to_datetime(frame[name])
    return frame.assign(batch_id=1, file="history.xlsx", row=range(2, len(frame) + 2))


def cycles(*labels: str) -> pd.DataFrame:
    """The table `cycle` for labels that spell their dates."""
    known = [cycle for label in labels if (cycle := parse(label))]
    return rows(
        [
            {"cycle": cycle.label, "kind": cycle.kind, "starts_on": cycle.starts_on, "ends_on": cycle.ends_on}
            for cycle in known
        ]
    )


def teams(**parents: str | None) -> pd.DataFrame:
    """The table `team`: each name with the one above it; the name is its id and path too."""
    return rows(
        [
            {"team_id": name, "name": name, "path": name, "parent_team_id": parent, "kind": "team"}
            for name, parent in parents.items()
        ]
    )


def objective(objective_id: str, *, score: float | None = None, **values: Any) -> dict[str, Any]:
    """An aspirational team objective of Sales in 2025-Q1, unless said otherwise."""
    usual = {"cycle": "2025-Q1", "team_id": "Sales", "level": "team", "ambition": "aspirational", "origin": "unknown"}
    return {"objective_id": objective_id, "title": f"Goal {objective_id}", "score": score, **usual, **values}


def key_result(key_result_id: str, objective_id: str, **values: Any) -> dict[str, Any]:
    """A number from 0 to 10, unless said otherwise."""
    usual = {"title": f"Result {key_result_id}", "measure": "number", "start": 0.0, "target": 10.0}
    return {"key_result_id": key_result_id, "objective_id": objective_id, **usual, **values}


def check_in(key_result_id: str, checked_on: str, value: float | None = None, **values: Any) -> dict[str, Any]:
    """A check-in with a value, or whatever else it says."""
    return {"key_result_id": key_result_id, "checked_on": checked_on, "value": value, **values}


def link(child: str, parent: str, *, key_result: bool = False) -> dict[str, Any]:
    """A link from a child objective to an objective or a key result."""
    kind = "key_result" if key_result else "objective"
    return {"child_objective_id": child, "parent_kind": kind, "parent_id": parent, "relation": "contributes"}


TREE = {"Company": None, "Sales": "Company", "East": "Sales", "West": "Sales", "Finance": "Company"}


def history(
    objectives: list[dict[str, Any]],
    key_results: list[dict[str, Any]] | None = None,
    check_ins: list[dict[str, Any]] | None = None,
    links: list[dict[str, Any]] | None = None,
    *,
    changes: list[dict[str, Any]] | None = None,
    tree: dict[str, str | None] | None = None,
    labels: tuple[str, ...] = (),
) -> History:
    """A history of these facts in the usual tree, with the cycles the objectives name and those asked for."""
    named = dict.fromkeys([*(row["cycle"] for row in objectives), *labels])
    given = {
        "team": teams(**(TREE if tree is None else tree)),
        "cycle": cycles(*named),
        "objective": rows(objectives),
        "key_result": rows(key_results or []),
        "check_in": rows(check_ins or []),
        "alignment": rows(links or []),
        "change": rows(changes or []),
    }
    return History.of(**{name: frame for name, frame in given.items() if len(frame)})


def empty() -> History:
    """Nothing was loaded."""
    return History.of()


def one_team() -> History:
    """One team with one objective, half done, one check-in."""
    return history([objective("o1")], [key_result("k1", "o1")], [check_in("k1", "2025-02-01", 5)], tree={"Sales": None})


def nothing_scored() -> History:
    """Objectives and key results, and not a single statement about them."""
    return history([objective("o1"), objective("o2", team_id="East")], [key_result("k1", "o1")])


def all_committed() -> History:
    """Promises only, all kept: never too high, never listed."""
    return history([objective(f"o{n}", score=1.0, ambition="committed", team_id="Finance") for n in range(8)])


def ambition_unknown() -> History:
    """Nobody said whether goals are promises or stretches."""
    return history([objective(f"o{n}", score=n / 10, ambition=None) for n in range(11)])


def small_team() -> History:
    """Four of four near 优 in a small team, two of sixteen in a large one."""
    small = [objective(f"s{n}", score=0.95, team_id="East") for n in range(4)]
    return history(small + [objective(f"l{n}", score=0.95 if n < 2 else 0.5, team_id="West") for n in range(16)])


def near_the_top() -> History:
    """One team scores near 优 in four quarters, the others in the best range; the record differs from the data."""
    quarters = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")
    high = [objective(f"e{q}{n}", score=0.9, cycle=q, team_id="East") for q in quarters for n in range(5)]
    fair = [
        objective(f"{team}{q}{n}", score=0.65, cycle=q, team_id=team)
        for team in ("West", "Finance")
        for q in quarters
        for n in range(5)
    ]
    first = key_result("k1", "e2025-Q10")
    return history(high + fair, [first], [check_in("k1", "2025-01-20", 10), check_in("k1", "2025-03-01", 5)])


def new_cycle() -> History:
    """The first days of 2025-Q2: goals that ask no more than the last ones gave, drafts, one sure from the start."""
    labels = ("2024-Q4", "2025-Q1", "2025-Q2")
    same = [objective(f"same{q}" if q != labels[-1] else "same", cycle=q, title="Serve schools") for q in labels]
    past = [objective("past", score=0.9, title="Sell"), objective("past2", score=0.6, title="Save")]
    new = [
        objective("again", cycle="2025-Q2", title="Sell again"),
        objective("draft", cycle="2025-Q2", title="Save again", status="draft", ambition="committed"),
        objective("sure", cycle="2025-Q2", team_id="East"),
        objective("hard", cycle="2025-Q2", team_id="West"),
        objective("gone", cycle="2025-Q2", team_id="East", status="cancelled"),
    ]
    parts = [
        key_result("past1", "past", title="Contracts"), key_result("again1", "again", title="contracts ", target=8),
        key_result("past2a", "past2", title="Days", start=90, target=60),
        key_result("draft1", "draft", title="Days", start=90, target=70, status="draft"),
        key_result("sure1", "sure"), key_result("hard1", "hard"), key_result("gone1", "gone"),
    ]  # fmt: skip
    said = [check_in("past1", "2025-03-20", 9), check_in("past2a", "2025-03-25", 65)]
    said += [check_in(f"{name}1", "2025-04-03", 1, confidence=0.95) for name in ("again", "sure", "gone")]
    said += [check_in("hard1", "2025-04-03", 1, confidence=0.5), check_in("hard1", "2025-04-08", 1, confidence=1.0)]
    return history(same + past + new, parts, said)


def low_and_done() -> History:
    """Goals that ended low, and two whose key results were done while the goal itself was not."""
    scores = {"a": 0.599999, "b": 0.6, "c": 0.4, "d": 0.399999, "e": 0.1, "f": None}
    low = [objective(name, score=score) for name, score in scores.items()]
    low.append(objective("promised", score=0.5, ambition="committed", team_id="Finance"))
    done = [objective("done", score=0.5, team_id="East"), objective("kept", score=0.9, ambition="committed"),
            objective("well", score=0.65, team_id="East"), objective("part", score=0.5, team_id="East")]  # fmt: skip
    parts = [key_result(f"{goal['objective_id']}{n}", goal["objective_id"]) for goal in done for n in (1, 2)]
    said = [check_in(part["key_result_id"], "2025-03-20", 10) for part in parts if part["key_result_id"] != "part2"]
    return history(low + done, parts, said)


def mostly_too_high() -> History:
    """Four of five goals of every team near 优, in four quarters: the whole is the finding, no team differs."""
    quarters = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")
    return history(
        [
            objective(f"{team}{q}{n}", score=0.95 if n else 0.65, cycle=q, team_id=team)
            for team in ("East", "West", "Finance")
            for q in quarters
            for n in range(5)
        ]
    )


def waiting() -> History:
    """Key results and check-ins came before their objectives."""
    orphan = {**key_result("k1", "o1"), "objective_id": None}
    return history(
        [objective("o2", score=0.5)], [orphan], [check_in("k1", "2025-01-10", 3), check_in("k9", "2025-01-10")]
    )


def no_teams() -> History:
    """Objectives that name no team."""
    return history([objective("o1", score=0.5, team_id=None), objective("o2", team_id=None)], tree={})


def in_circles() -> History:
    """Links to itself, in a circle, to something unknown; a tree of teams that bites its tail."""
    goals = [objective("a", team_id="East"), objective("b", team_id="West"), objective("c", team_id="East")]
    links = [link("a", "b"), link("b", "a"), link("a", "a"), link("c", "x"), link("c", "a"), link("a", "c")]
    return history(goals, [], [], links, tree={"East": "West", "West": "East"})


def draft_and_cancelled() -> History:
    """One goal that counts beside a draft and a cancelled one."""
    return history(
        [
            objective("o1", score=0.7),
            objective("o2", score=1.0, status="draft"),
            objective("o3", score=0.0, status="cancelled"),
        ]
    )


def linked_by_goals() -> History:
    """Goals that serve a company's annual goal as a whole; no link names a key result."""
    top = objective("top", cycle="2025", team_id="Company", level="company")
    below = [objective(f"o{n}", score=n / 4, team_id=team) for n, team in enumerate(("Sales", "East", "Finance"))]
    return history([top, *below], [key_result("k1", "top")], [], [link(row["objective_id"], "top") for row in below])


def years_alone() -> History:
    """Annual goals and nothing in any quarter."""
    return history([objective("y", cycle="2025")], [key_result("k1", "y")], [check_in("k1", "2025-02-01", 5)])


SITUATIONS: dict[str, Callable[[], History]] = {
    situation.__name__: situation
    for situation in (
        empty,
        one_team,
        nothing_scored,
        all_committed,
        ambition_unknown,
        small_team,
        near_the_top,
        new_cycle,
        low_and_done,
        mostly_too_high,
        waiting,
        no_teams,
        in_circles,
        draft_and_cancelled,
        linked_by_goals,
        years_alone,
    )
}
OFTEN = {"near_the_top", "no_teams", "in_circles", "linked_by_goals", "nothing_scored"}
"""Those that found most, which every run meets in every way."""
TODAY = date(2025, 2, 10)
