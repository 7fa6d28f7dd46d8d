"""Changes nobody wrote down: what a later batch states otherwise than an earlier one."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pipelines.stated import joined, objective, sheet


def key_result(**values: Any) -> dict[str, Any]:
    return {"key_result_id": "k", "objective": "o", "title": "Contracts", "start": 0.0, "target": 10.0, **values}


def changes(*batches: dict[str, Any], of: str = "key_result") -> list[tuple[Any, ...]]:
    """The changes that key results (objectives) stated batch by batch give: field, old, new, batch, row."""
    goals = [sheet(objective("Grow", objective_id="o"), batch=1)]
    stated = [sheet(row, batch=number) for number, row in enumerate(batches, start=1)]
    tables = {"objective": goals, "key_result": stated} if of == "key_result" else {"objective": stated}
    found = joined(**tables)[0].change
    assert found[["changed_on", "reason", "approved_by"]].isna().all(axis=None)
    return list(found[["field", "old", "new", "batch_id", "row"]].itertuples(index=False, name=None))


def test_a_target_restated_by_a_later_load_is_a_change_with_the_later_place() -> None:
    assert changes(key_result(), key_result(target=12.0)) == [("target", "10", "12", 2, 2)]
    assert changes(key_result(), key_result(target=12.0), key_result(), key_result()) == [
        ("target", "10", "12", 2, 2), ("target", "12", "10", 3, 2),
    ]  # fmt: skip


def test_every_setting_of_a_goal_is_compared_and_none_of_its_results() -> None:
    before = key_result(base_target=8.0, stretch_target=12.0, weight=0.5, unit="pieces", measure="number",
                        due_on=pd.Timestamp("2025-03-01"))  # fmt: skip
    after = key_result(title="Signed contracts", start=1.0, target=9.0, base_target=7.0, stretch_target=11.5,
                       weight=0.4, unit="t", measure="currency", due_on=pd.Timestamp("2025-03-31"))  # fmt: skip
    told = {field: (old, new) for field, old, new, *_ in changes(before, after)}
    assert told == {
        "title": ("Contracts", "Signed contracts"), "start": ("0", "1"), "target": ("10", "9"),
        "base_target": ("8", "7"), "stretch_target": ("12", "11.5"), "weight": ("0.5", "0.4"),
        "unit": ("pieces", "t"), "measure": ("number", "currency"), "due_on": ("2025-03-01", "2025-03-31"),
    }  # fmt: skip
    results = {"current": 5.0, "score": 0.5, "score_self": 0.6, "status": "done", "owner": "Bo"}
    assert changes(key_result(current=1.0, score=0.1, status="active", owner="Ann"), key_result(**results)) == []


def test_an_objective_too() -> None:
    one, other = (objective(title, objective_id="o") for title in ("Grow", "Grow faster"))
    assert changes(one, other, of="objective") == [("title", "Grow", "Grow faster", 2, 2)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"target": None}, {}),  # filling a blank
        ({}, {"target": None}),  # a blank never erases
        ({}, {"title": " ｃontracts "}),  # the same title, spelled otherwise
        ({"target": 5.0, "status": "draft"}, {}),  # a draft is still being set
    ],
)
def test_what_is_no_change(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert changes(key_result(**before), key_result(**after)) == []


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        (("draft", "active"), 0),  # it was agreed with the second load
        (("draft", None), 0),  # a blank leaves it a draft
        (("active", "active"), 1),
        ((None, "active"), 1),
        (("active", "draft"), 0),  # it is being set again
    ],
)
def test_key_results_of_a_draft_are_still_being_set(statuses: tuple[str | None, ...], told: int) -> None:
    goals = [sheet(objective("Grow", objective_id="o", status=status), batch=number)
             for number, status in enumerate(statuses, start=1)]  # fmt: skip
    stated = [sheet(key_result(target=target), batch=number) for number, target in ((1, 10.0), (2, 12.0))]
    assert len(joined(objective=goals, key_result=stated)[0].change) == told


def test_a_load_without_the_objective_leaves_it_the_draft_it_was() -> None:
    goals = [sheet(objective("Grow", objective_id="o", status=status), batch=batch)
             for batch, status in ((1, "draft"), (3, "active"))]  # fmt: skip
    stated = [sheet(key_result(target=target), batch=number) for number, target in ((1, 8.0), (2, 10.0), (3, 12.0))]
    assert joined(objective=goals, key_result=stated)[0].change.empty
    later = [*stated, sheet(key_result(target=11.0), batch=4)]
    assert list(joined(objective=goals, key_result=later)[0].change["old"]) == ["12"]


def test_another_value_within_one_batch_is_a_doubt_and_no_change() -> None:
    goals, rows = [sheet(objective("Grow", objective_id="o"))], [sheet(key_result(), key_result(target=12.0))]
    history, problems = joined(objective=goals, key_result=rows)
    assert (len(history.change), list(problems["rule"])) == (0, ["same_id_disagrees"])


def test_changes_of_what_waits_wait_with_it() -> None:
    history, _ = joined(key_result=[sheet(key_result(), batch=1), sheet(key_result(target=12.0), batch=2)])
    assert history.change.empty


def test_stated_changes_stand_beside_the_differences() -> None:
    stated = sheet({"key_result": "k", "changed_on": "2025-02-01", "field": "target", "old": "10", "new": "12",
                    "reason": "more demand", "approved_by": "the board"})  # fmt: skip
    history, _ = joined(objective=[sheet(objective("Grow", objective_id="o"))], change=[stated],
                        key_result=[sheet(key_result(), batch=1), sheet(key_result(target=12.0), batch=2)])  # fmt: skip
    assert list(history.change["reason"].fillna("")) == ["more demand", ""]
    assert list(history.change["objective_id"]) == ["o", "o"]


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from("ab"), st.sampled_from([None, 1.0, 2.0]))))
def test_plain_loops_agree(told: list[tuple[int, str, float | None]]) -> None:
    told = sorted(told, key=lambda row: row[0])
    rows = [sheet(key_result(key_result_id=name, title=name, target=target), batch=batch)
            for batch, name, target in told]  # fmt: skip
    goals = [sheet(objective("Grow", objective_id="o"))]
    found = joined(objective=goals, key_result=rows)[0].change if rows else None
    expected = []
    for name in "ab":
        standing: float | None = None
        for batch in (1, 2, 3):
            mine = [target for number, who, target in told if (number, who) == (batch, name) and target is not None]
            if mine and standing is not None and mine[-1] != standing:
                expected.append((name, f"{standing:g}", f"{mine[-1]:g}", batch))
            standing = mine[-1] if mine else standing
    listed = found[["key_result_id", "old", "new", "batch_id"]].to_numpy().tolist() if found is not None else []
    assert sorted(map(tuple, listed)) == sorted(expected)
