"""Random but valid histories, for laws that hold on all of them."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from pipelines.history import History
from pipelines.schema import AMBITIONS, LEVELS, MEASURES, ORIGINS, RELATIONS, STATUSES
from tests.situations import history

LABELS = ("2024-Q4", "2025-Q1", "2025-Q2", "2025-02", "2025-H1", "2025")
NAMES = ("Company", "Sales", "East", "West", "Finance", "Legal")
FIRST, LAST = date(2024, 9, 15), date(2025, 8, 1)

scores = st.none() | st.integers(0, 20).map(lambda twentieths: twentieths / 20)
weights = st.none() | st.sampled_from((0.0, 0.2, 0.25, 0.3, 0.5, 1.0))
values = st.none() | st.integers(-3, 13).map(float)
days = st.integers(0, (LAST - FIRST).days).map(lambda number: FIRST + timedelta(days=number))


def maybe(choices: tuple[str, ...]) -> st.SearchStrategy[str | None]:
    """One of the choices, or missing."""
    return st.none() | st.sampled_from(choices)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, str | None]:
    """Up to six teams, each below an earlier one or at the top."""
    number = draw(st.integers(1, len(NAMES)))
    return {name: draw(maybe(NAMES[:place])) if place else None for place, name in enumerate(NAMES[:number])}


def objectives(teams: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """An objective without its id."""
    return st.fixed_dictionaries(
        {
            "cycle": st.sampled_from(LABELS),
            "team_id": maybe(teams),
            "level": maybe(LEVELS),
            "owner": maybe(("Ann", "ann ", "Bo")),
            "title": st.sampled_from(("Sell more", "sell  MORE", "Spend less than before", "写清楚")),
            "ambition": maybe(AMBITIONS),
            "origin": maybe(ORIGINS),
            "status": maybe(STATUSES),
            "score": scores,
            "score_self": scores,
            **{name: st.none() | days for name in ("created_on", "agreed_on", "aligned_on", "reviewed_on")},
        }
    )


def key_results(goals: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """A key result without its id; some wait for their objective."""
    return st.fixed_dictionaries(
        {
            "objective_id": st.sampled_from([*goals, None]),
            "title": st.sampled_from(("Contracts", "Cost")),
            "measure": maybe(MEASURES),
            "unit": maybe(("orders", "Orders", "%")),
            "due_on": st.none() | days,
            "start": st.sampled_from((None, 0.0, 10.0)),
            "target": st.sampled_from((None, 0.0, 10.0)),
            "current": values,
            "weight": weights,
            "status": maybe(STATUSES),
            "score": scores,
            "score_self": scores,
        }
    )


def check_ins(results: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """A check-in on a key result, or on one that is not known."""
    return st.fixed_dictionaries(
        {
            "key_result_id": st.sampled_from([*results, "unknown"]),
            "checked_on": days,
            "value": values,
            "progress": scores,
            "confidence": scores,
            "status": maybe(("done", "not done", "at risk", "target")),
            "start": st.sampled_from((None, None, 0.0)),
            "target": st.sampled_from((None, None, 10.0, 12.0)),
        }
    )


def links(goals: list[str], results: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """A link from an objective to an objective or a key result, itself and unknown ones included."""
    ends = [("objective", goal) for goal in [*goals, "unknown"]] + [("key_result", result) for result in results]
    return st.builds(
        lambda child, end, relation: {
            "child_objective_id": child, "parent_kind": end[0], "parent_id": end[1], "relation": relation
        },
        st.sampled_from(goals),
        st.sampled_from(ends),
        maybe(RELATIONS),
    )  # fmt: skip


def changes(results: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """A change of a key result, perhaps without a day, perhaps of nothing."""
    return st.fixed_dictionaries(
        {
            "key_result_id": st.sampled_from([*results, None, "unknown"]),
            "changed_on": st.none() | days,
            "field": st.just("target"),
            "old": st.sampled_from((None, "10")),
            "new": st.sampled_from((None, "10", "12")),
        }
    )


@st.composite
def histories(draw: st.DrawFn) -> History:
    """A history of up to 12 objectives, 16 key results, 24 check-ins, 10 links and 3 changes."""
    tree = draw(trees())
    goals = [
        {"objective_id": f"o{n}", **row} for n, row in enumerate(draw(st.lists(objectives(tuple(tree)), max_size=12)))
    ]
    goal_ids = [row["objective_id"] for row in goals]
    rows = draw(st.lists(key_results(goal_ids), max_size=16))
    results = [{"key_result_id": f"k{n}", **row} for n, row in enumerate(rows)]
    result_ids = [row["key_result_id"] for row in results]
    said = draw(st.lists(check_ins(result_ids), max_size=24))
    stated = draw(st.lists(links(goal_ids, result_ids), max_size=10)) if goals else []
    moved = draw(st.lists(changes(result_ids), max_size=3))
    return history(goals, results, said, stated, changes=moved, tree=tree)
