"""Changes of goals: raised and eased alike, from three sources, against the policy's rule."""

import dataclasses
import itertools
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.history import History
from pipelines.metrics.breaches import checked
from pipelines.metrics.changes import changes, targets
from pipelines.metrics.results import objective_results
from pipelines.policy import Policy, load
from tests.plainly import Plain, Row
from tests.situations import check_in, history, key_result, objective, rows
from tests.strategies import days, histories

GUIDE = load()


def table(known: History, *, policy: Policy = GUIDE, as_of: date | None = None) -> pd.DataFrame:
    results = objective_results(known, policy=policy, as_of=as_of)
    return changes(checked(results, known, policy=policy, as_of=as_of, today=None))


def change(field: str | None = "target", old: str | None = "10", new: str | None = "12", **values: Any) -> Any:
    usual = {"objective_id": "a", "key_result_id": "k", "changed_on": "2025-02-01"}
    return {"field": field, "old": old, "new": new, **usual, **values}


def of(
    *rows: dict[str, Any], said: list[dict[str, Any]] | None = None, cycle: str = "2025-Q1", **result: Any
) -> History:
    goals = [objective("a", cycle=cycle, agreed_on="2025-01-10")]
    return history(goals, [key_result("k", "a", **result)], said or [], changes=list(rows))


@pytest.mark.parametrize(
    ("field", "old", "new", "result", "way"),
    [
        ("target", "10", "12", {}, "raised"),
        ("target", "10", "8", {}, "eased"),
        ("目标值", "60,000", "55,000", {"start": 70000.0}, "raised"),  # a falling target, further down
        ("target", "10", "2", {"start": 6.0}, "other"),  # as far from the start as before
        ("start", "0", "2", {}, "eased"),
        ("Stretch target", "12", "15", {}, "raised"),
        ("base_target", "8", "6", {}, "eased"),
        ("weight", "0.3", "0.5", {}, "other"),
        ("target", "ten", "12", {}, "other"),
        ("target", "10", "12", {"start": None}, "other"),
    ],
)
def test_raised_eased_or_other(field: str, old: str, new: str, result: dict[str, Any], way: str) -> None:
    assert table(of(change(field, old, new), **result))["way"].tolist() == [way]


def test_results_of_a_goal_and_owners_are_no_changes() -> None:
    words = ("owner", "负责人", "Score", "status", "当前值", "Assignee", "KR owner", "经办人", "who", None)
    rows = [change(field, "Ann", "Bo") for field in words]
    found = table(of(*rows, change(approved_by="Cai")))
    assert found["field"].tolist() == ["target"]
    assert found["approved"].tolist() == [True]
    assert not [name for name in ("Ann", "Bo", "Cai") if name in found.to_csv()]


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("Target Value", "target"), ("kr_target", "target"), ("目标值（万元）", "target"), ("KR权重", "weight"),
        ("Key Result.Due_On", "due_on"), ("objective title", "title"), ("Key result", "title"), ("描述", "description"),
        ("保底", "base_target"), ("冲刺目标", "stretch_target"), ("uom", "unit"), ("衡量方式", "measure"),
    ],
)  # fmt: skip
def test_the_settings_of_a_goal_are_known_however_they_are_written(written: str, field: str) -> None:
    assert table(of(change(written)))["field"].tolist() == [field]


def test_the_same_change_counts_once_and_the_fullest_source_tells_it() -> None:
    said = [check_in("k", "2025-01-15", 1, target=10.0), check_in("k", "2025-02-05", 2, target=12.0)]
    bare = change(changed_on=None, new="12.0")
    assert table(of(said=said))[["told_by", "old", "new", "way"]].to_numpy().tolist() == [
        ["check_in", "10", "12", "raised"]
    ]
    assert table(of(bare))["told_by"].tolist() == ["load"]
    assert table(of(bare, said=said))["told_by"].tolist() == ["check_in"]
    assert table(of(bare, change(reason="why"), said=said))[["told_by", "reason"]].to_numpy().tolist() == [
        ["record", "why"]
    ]


@pytest.mark.parametrize(
    ("cycle", "goal", "approved_by", "rule", "verdict"),
    [
        ("2025-Q1", "k", "the board", "by_cycle", "fixed"),
        ("2025", "k", "the board", "by_cycle", "kept"),
        ("2025", "k", None, "by_cycle", "not_approved"),
        ("2025", None, "the board", "by_cycle", "fixed"),
        ("2025-02", "k", None, "by_cycle", None),
        ("2025-Q1", "k", "the board", "approved", "kept"),
        ("2025-Q1", "k", None, "approved", "not_approved"),
        ("2025-Q1", "k", None, "free", None),
    ],
)
def test_against_the_rule(
    cycle: str, goal: str | None, approved_by: str | None, rule: str, verdict: str | None
) -> None:
    policy = dataclasses.replace(GUIDE, rules=dataclasses.replace(GUIDE.rules, changed_goals=rule))
    row = change("title" if goal is None else "target", key_result_id=goal, approved_by=approved_by)
    found = table(of(row, cycle=cycle), policy=policy)
    assert found["verdict"].astype(object).where(found["verdict"].notna(), None).tolist() == [verdict]


def test_before_it_was_agreed_a_goal_is_being_set() -> None:
    days_ = ("2025-01-10", "2025-01-11", None)
    found = table(of(*(change(new=str(place), changed_on=day) for place, day in enumerate(days_))))
    told = dict(zip(found["new"], zip(found["since_agreed"], found["verdict"], strict=True), strict=True))
    assert not told["0"][0]
    assert pd.isna(told["0"][1])
    assert tuple(told["1"]) == (True, "fixed")
    assert pd.isna(told["2"][0])
    assert pd.isna(told["2"][1]), "a change without a day may predate the agreement"


def test_targets_as_set_and_now() -> None:
    steps = [change(), change(old="12", new="11", changed_on="2025-03-01")]
    for own, now in ((10.0, 11), (12.0, 11), (11.0, 11), (9.0, 9)):
        known = of(*steps, target=own)
        about = checked(objective_results(known, policy=GUIDE), known, policy=GUIDE, as_of=None, today=None)
        assert targets(about)[["set", "now"]].to_numpy().tolist() == [[10, now]]


def test_a_change_made_again_is_another_one() -> None:
    stated = (("2025-01-10", 10.0), ("2025-01-20", 12.0), ("2025-02-20", 10.0), ("2025-03-20", 12.0))
    known = of(
        change(changed_on="2025-01-20", reason="why"),
        said=[check_in("k", day, 1, target=target) for day, target in stated],
    )
    told = [("2025-01-20", "record", "12"), ("2025-02-20", "check_in", "10"), ("2025-03-20", "check_in", "12")]
    found = table(known)
    assert list(zip(found["changed_on"].dt.strftime("%Y-%m-%d"), found["told_by"], found["new"], strict=True)) == told
    about = checked(objective_results(known, policy=GUIDE), known, policy=GUIDE, as_of=None, today=None)
    assert targets(about)[["set", "now"]].to_numpy().tolist() == [[10, 12]]


def test_the_same_target_come_to_from_elsewhere_is_another_change() -> None:
    said = [check_in("k", f"2025-0{month}-15", 1, target=target) for month, target in ((1, 8.0), (2, 12.0))]
    assert table(of(change(reason="why"), said=said))["old"].tolist() == ["10", "8"]
    assert table(of(change(reason="why", old=None), said=said))["told_by"].tolist() == ["record"]


@given(histories(), days, st.integers(0, 9))
def test_as_of_a_day_is_the_log_cut_there_in_any_order(known: History, day: date, seed: int) -> None:
    said, stated = known.check_in, known.change
    cut = dataclasses.replace(
        known, check_in=said[said["checked_on"] <= pd.Timestamp(day)].sample(frac=1, random_state=seed),
        change=stated[stated["changed_on"] <= pd.Timestamp(day)].sample(frac=1, random_state=seed),
    )  # fmt: skip
    one, other = (table(end, as_of=day) for end in (known, cut))
    columns = [name for name in one.columns if name not in ("batch_id", "file", "sheet", "row")]
    pd.testing.assert_frame_equal(one[columns], other[columns])


FIELDS = ("target", "target", "start", "base_target", "weight", "owner", None)


def disputed(known: History, random: Any) -> list[Row]:
    """Twenty records of changes of any goals and key results, with a reason, and perhaps with an approval."""
    owners = dict(zip(known.key_result["key_result_id"], known.key_result["objective_id"], strict=True))
    goals = list(known.objective["objective_id"])
    places = [(name, None if pd.isna(goal) else goal) for name, goal in owners.items()] + [(None, g) for g in goals]
    return [
        {
            "key_result_id": name, "objective_id": goal, "field": random.choice(FIELDS), "reason": "why",
            "old": random.choice(["10", "4", "-2", None, "ten"]), "new": random.choice(["12", "10", "5", "-3"]),
            "changed_on": random.choice([None, *(date(2025, month, 5) for month in (1, 2, 4, 5))]),
            "approved_by": random.choice(["the board", None]),
        }
        for name, goal in (random.choice(places) for _ in range(20 if places else 0))
    ]  # fmt: skip


def judged(row: Row, plain: Plain) -> tuple[str, bool | None, bool, str | None] | None:
    """Way, since agreed, approved and verdict by the guide; nothing where the change does not count."""
    goal = plain.goals.get(row["objective_id"])
    parts = {part["key_result_id"]: part for listed in plain.parts.values() for part in listed}
    if (
        not goal
        or row["field"] in ("owner", None)
        or row["old"] == row["new"]
        or row["key_result_id"] not in {None, *parts}
    ):
        return None
    day, agreed, (first, _) = row["changed_on"], goal["agreed_on"], plain.span(goal)
    since = day > agreed if day and agreed else None
    kind = plain.spans[goal["cycle"]]["kind"]
    fixed = row["key_result_id"] is None or kind == "quarter"
    # An annual key result may be changed with approval, a quarterly one and an objective not; months have no rule.
    verdict = "fixed" if fixed else {True: "kept", False: "not_approved"}[row["approved_by"] is not None]
    ruled = (fixed or kind in ("year", "half")) and since is not False and day and not day < first
    way = moved(row, parts.get(row["key_result_id"]), plain)
    return way, since, row["approved_by"] is not None, verdict if ruled else None


def moved(row: Row, part: Row | None, plain: Plain) -> str:
    start, target = plain.ends(part, None) if part else (None, None)
    end = {"target": start, "base_target": start, "start": target}.get(row["field"])
    if end is None or row["old"] in (None, "ten"):
        return "other"
    before, after = abs(float(row["old"]) - end), abs(float(row["new"]) - end)
    return "raised" if after > before else "eased" if after < before else "other"


def spelled_out(values: Any) -> str:
    return str(tuple(None if pd.isna(value) else value for value in values))


@given(histories(), st.randoms(use_true_random=False))
def test_plain_loops_agree_on_the_way_and_the_verdict(known: History, random: Any) -> None:
    told = disputed(known, random)
    changed = dataclasses.replace(known, change=History.of(change=rows(told)).change) if told else known
    found = table(changed).query("told_by == 'record'")
    plain = Plain(changed)
    expected = [(row["new"], *verdict) for row in told if (verdict := judged(row, plain))] if told else []
    columns = ["new", "way", "since_agreed", "approved", "verdict"]
    assert sorted(map(spelled_out, found[columns].to_numpy())) == sorted(map(spelled_out, expected))


@given(histories())
def test_plain_loops_find_the_same_changes_of_check_ins(known: History) -> None:
    found = table(known).query("told_by == 'check_in'")
    goals = {row.objective_id for row in known.objective.itertuples() if row.status not in ("draft", "cancelled")}
    expected = set()
    for result in known.key_result.itertuples():
        if result.objective_id not in goals or result.status in ("draft", "cancelled"):
            continue
        mine = known.check_in[known.check_in["key_result_id"] == result.key_result_id].dropna(subset=["target"])
        stated = mine.sort_values(["checked_on", "row"])[["checked_on", "target"]].to_numpy().tolist()
        for (_, before), (on, after) in itertools.pairwise(stated):
            if before != after:
                expected.add((result.key_result_id, on, f"{before:g}", f"{after:g}"))
    recorded = {(row.key_result_id, row.new) for row in table(known).query("told_by == 'record'").itertuples()}
    expected = {row for row in expected if (row[0], row[3]) not in recorded}
    assert set(found[["key_result_id", "changed_on", "old", "new"]].itertuples(index=False, name=None)) == expected
