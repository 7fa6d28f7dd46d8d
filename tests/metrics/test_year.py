"""The year view: S3's case by hand, and a second time in plain loops."""

import dataclasses
from datetime import date
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.history import History
from pipelines.metrics.breaches import checked
from pipelines.metrics.results import objective_results
from pipelines.metrics.year import year_goals, year_parts, year_periods
from pipelines.metrics.year_below import goals_below
from pipelines.policy import load
from tests.companies import company_facts
from tests.plainly import Plain, Row, mean, records
from tests.situations import SITUATIONS, check_in, history, key_result, link, objective, rows
from tests.strategies import days, histories

PLANNED, ACTUAL = (8.0, 15.0, 17.0, 10.0), (6.0, 16.0, 20.0, None)
ENDS = ("2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31")
RAISED = {"key_result_id": "p4", "objective_id": "q4", "changed_on": "2025-10-08", "field": "target", "old": "10",
          "new": "12", "reason": "40 planned, 42 signed", "approved_by": "the board"}  # fmt: skip
END_OF_SEPTEMBER, END_OF_OCTOBER = date(2025, 9, 30), date(2025, 10, 31)


def contracts(*changes: dict[str, Any], months: bool = False) -> History:
    goals = [objective("year", cycle="2025", team_id="Sales", level="team")]
    goals += [objective(f"q{n}", cycle=f"2025-Q{n}") for n in range(1, 5)]
    results = [key_result("whole", "year", target=50.0, unit="contracts")]
    results += [key_result(f"p{n}", f"q{n}", target=target, unit="Contracts") for n, target in enumerate(PLANNED, 1)]
    said = [check_in(f"p{n}", day, value) for n, (day, value) in enumerate(zip(ENDS, ACTUAL, strict=True), 1) if value]
    links = [link(f"q{n}", "whole", key_result=True) for n in range(1, 5)]
    if months:
        goals += [objective(f"m{n}", cycle=f"2025-0{n}") for n in (1, 2, 3)]
        results += [key_result(f"r{n}", f"m{n}", target=t, unit="contracts") for n, t in ((1, 2.0), (2, 3.0), (3, 3.0))]
        links += [link(f"m{n}", "q1") for n in (1, 2, 3)]
    return history(goals, results, said, links, changes=list(changes))


def asked(known: History, *, as_of: date | None = None, today: date | None = None) -> Any:
    results = objective_results(known, policy=load(), as_of=as_of)
    return checked(results, known, policy=load(), as_of=as_of, today=today)


def goal(known: History, **days: Any) -> dict[str, Any]:
    about = asked(known, **days)
    (row,) = year_goals(about, year_parts(about)).to_dict("records")
    return row


def test_the_s3_case_by_quarter() -> None:
    parts = year_parts(asked(contracts(), as_of=END_OF_SEPTEMBER))
    assert parts["planned"].tolist() == list(PLANNED)
    assert parts["actual"].tolist()[:3] == [6, 16, 20]
    assert parts["raw"].tolist()[:3] == pytest.approx([0.75, 16 / 15, 20 / 17])
    assert parts["score"].tolist()[:3] == [0.75, 1, 1]
    assert parts["ended"].tolist() == [True, True, True, False]


def test_the_s3_case_cumulated() -> None:
    periods = year_periods(year_parts(asked(contracts(RAISED), as_of=END_OF_OCTOBER)))
    assert periods["period"].tolist() == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
    assert periods["planned_sum"].tolist() == [8, 23, 40, 52]
    assert periods["actual_sum"].tolist()[:3] == [6, 22, 42]
    assert periods["actual_sum"].isna().tolist() == [False, False, False, True]
    assert periods["missing"].tolist() == [0, 0, 0, 1]


def test_the_s3_case_of_the_year() -> None:
    row = goal(contracts(RAISED), as_of=END_OF_SEPTEMBER)
    assert (row["planned_to_date"], row["actual_to_date"], row["plan_rate"]) == (40, 42, 1.05)
    assert (row["target"], row["done"], row["year_rate"]) == (50, 42, 0.84)
    assert (row["planned_set"], row["planned"], row["difference"], row["cut"]) == (50, 50, 0, 1)
    assert (row["needed"], row["planned_rest"], row["needed_rate"]) == (8, 10, 0.8)


def test_after_the_raise_the_parts_plan_more_than_the_whole() -> None:
    row = goal(contracts(RAISED), as_of=END_OF_OCTOBER)
    assert (row["planned_set"], row["planned"], row["difference"]) == (50, 52, 2)
    assert (row["needed"], row["planned_rest"]) == (8, 12)
    # A quarter that ended without a number is missing, and no nought.
    later = goal(contracts(RAISED), today=date(2026, 2, 1))
    assert (later["planned_to_date"], later["actual_to_date"], later["missing"]) == (40, 42, 1)
    assert (later["needed"], later["planned_rest"]) == (8, 0)
    assert later["needed_rate"] != later["needed_rate"]


def test_months_stand_under_their_quarter_and_add_nothing() -> None:
    about = asked(contracts(months=True), as_of=END_OF_SEPTEMBER)
    parts = year_parts(about)
    assert parts.loc[parts["step"] == 2, ["under", "planned"]].to_numpy().tolist() == [["p1", 2], ["p1", 3], ["p1", 3]]
    assert year_goals(about, parts)["planned"].tolist() == [50]
    assert year_periods(parts)["planned"].tolist() == list(PLANNED)


def test_a_single_part_is_no_cut_and_who_took_a_goal_over_has_no_part() -> None:
    known = contracts()
    one = dataclasses.replace(known, alignment=known.alignment.head(1))
    assert year_parts(asked(one)).empty
    taken = known.objective.assign(adoption=["taken_over" if name != "q1" else None
                                             for name in known.objective["objective_id"]])  # fmt: skip
    assert year_parts(asked(dataclasses.replace(known, objective=taken))).empty


def test_a_number_that_is_to_fall_is_cut_by_its_way() -> None:
    goals = [objective("year", cycle="2025", level="team"), *(objective(f"q{n}", cycle=f"2025-Q{n}") for n in (1, 2))]
    results = [key_result("whole", "year", start=100.0, target=60.0, unit="days")]
    results += [key_result("p1", "q1", start=100.0, target=80.0, unit="days"),
                key_result("p2", "q2", start=80.0, target=60.0, unit="days")]  # fmt: skip
    said = [check_in("p1", "2025-03-01", 85.0), check_in("p2", "2025-06-01", 75.0)]
    known = history(goals, results, said, [link(f"q{n}", "whole", key_result=True) for n in (1, 2)])
    row = goal(known, today=date(2025, 7, 1))
    assert (row["planned"], row["difference"], row["done"]) == (-40, 0, -20)
    assert (row["plan_rate"], row["year_rate"], row["needed"]) == (0.5, 0.5, -20)


def test_progress_alone_gives_the_amount_and_silence_none() -> None:
    known = contracts()
    said = known.check_in.assign(progress=[0.5, 1.0, 1.5], value=float("nan")).head(2)
    parts = year_parts(asked(dataclasses.replace(known, check_in=said), as_of=END_OF_SEPTEMBER))
    assert parts["actual"].tolist()[:2] == [4, 15]
    assert parts["actual"].isna().tolist() == [False, False, True, True]


def test_the_goals_below_by_quarter() -> None:
    goals = [
        objective("year", cycle="2025", level="team"),
        objective("a", score=0.4),
        objective("b", score=0.8),
        objective("c"),
        objective("d", score=0.3, cycle="2025-Q2"),
        objective("draft", score=1.0, status="draft"),
    ]
    known = history(goals, [], [], [link(name, "year") for name in ("a", "b", "c", "d", "draft")])
    table = goals_below(objective_results(known, policy=load()), known)
    assert table.drop(columns="objective_id").to_numpy().tolist() == [
        ["2025-Q1", 3, 2, 1, pytest.approx(0.6)],
        ["2025-Q2", 1, 1, 0, 0.3],
    ]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_situation_has_a_year(situation: str) -> None:
    about = asked(SITUATIONS[situation](), today=date(2025, 2, 10))
    parts = year_parts(about)
    assert (year_goals(about, parts)["parts"] > 1).all()
    assert year_periods(parts)["planned_sum"].notna().all()


amounts = st.integers(0, 9).map(float)
cuts = st.lists(st.tuples(st.integers(1, 4), amounts, amounts, st.none() | amounts), min_size=1, max_size=8)


@given(cuts, st.integers(1, 60).map(float), st.sampled_from((date(2025, 5, 1), date(2025, 9, 30), date(2026, 1, 1))))
def test_plain_loops_agree(told: list[tuple[int, float, float, float | None]], whole: float, day: date) -> None:
    goals = [objective("year", cycle="2025", level="team")]
    goals += [objective(f"o{n}", cycle=f"2025-Q{quarter}") for n, (quarter, *_) in enumerate(told)]
    results = [key_result("whole", "year", target=whole, unit="t")]
    results += [key_result(f"k{n}", f"o{n}", start=start, target=start + way, unit="t")
                for n, (_, start, way, _) in enumerate(told)]  # fmt: skip
    said = [check_in(f"k{n}", f"2025-0{3 * quarter - 2}-20" if quarter < 4 else "2025-10-20", value)
            for n, (quarter, _, _, value) in enumerate(told) if value is not None]  # fmt: skip
    eased = {"key_result_id": "k0", "objective_id": "o0", "changed_on": "2025-01-02", "field": "target",
             "old": f"{told[0][1] + told[0][2] + 2:g}", "new": f"{told[0][1] + told[0][2]:g}"}  # fmt: skip
    links = [link(f"o{n}", "whole", key_result=True) for n in range(len(told))]
    known = history(goals, results, said, links, changes=[eased],
                    labels=("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"))  # fmt: skip
    about = asked(known, as_of=day)
    parts = year_parts(about)
    table = year_goals(about, parts)
    if len(told) < 2:
        assert table.empty
        return
    came = {n: value - start for n, (quarter, start, way, value) in enumerate(told)
            if value is not None and way and date(2025, 3 * quarter - 2, 20) <= day}  # fmt: skip
    over = {n for n, (quarter, *_) in enumerate(told) if date.fromisoformat(ENDS[quarter - 1]) <= day}
    row = table.iloc[0].fillna(0)
    assert row["planned"] == sum(way for _, _, way, _ in told)
    assert row["planned_to_date"] == sum(told[n][2] for n in over & set(came))
    assert row["actual_to_date"] == sum(came[n] for n in over & set(came))
    assert row["missing"] == len(over - set(came))
    assert row["needed"] == whole - sum(came.values())
    assert row["planned_set"] == sum(way for _, _, way, _ in told) + 2, "the first was eased by 2"
    assert row["difference"] == sum(way for _, _, way, _ in told) - whole
    assert row["year_rate"] == pytest.approx(sum(came.values()) / whole, abs=1e-6)
    due = sum(told[n][2] for n in over & set(came))
    assert row["plan_rate"] == (pytest.approx(sum(came[n] for n in over & set(came)) / due, abs=1e-6) if due else 0)
    actual = parts.set_index("key_result_id")["actual"].dropna()
    assert actual.to_dict() == pytest.approx({f"k{n}": amount for n, amount in came.items()}, abs=1e-6)
    left = (way - came.get(n, 0) for n, (_, _, way, _) in enumerate(told) if n not in over)
    assert row["planned_rest"] == sum(max(way, 0) for way in left)


def served(known: History) -> list[Any]:
    """Year, quarter (or cycle), goals, scored and mean score of the goals linked to each annual one, goal by goal."""
    plain = Plain(known)
    alive = {part["key_result_id"]: goal for goal, parts in plain.parts.items() for part in parts}
    pairs = set()
    for row in records(known.alignment):
        end = alive.get(row["parent_id"]) if row["parent_kind"] == "key_result" else row["parent_id"]
        child, parent = plain.goals.get(row["child_objective_id"]), plain.goals.get(end)
        if child and parent and child is not parent and goes_up(child, parent, plain):
            pairs.add((child["objective_id"], end))
    found: dict[Any, list[Any]] = {}
    for child, parent in pairs:
        goal = plain.goals[child]
        first, last = plain.span(goal)
        quarter = f"{first.year}-Q{(first.month + 2) // 3}"
        inside = (first.year, (first.month + 2) // 3) == (last.year, (last.month + 2) // 3)
        scores = found.setdefault((parent, quarter if inside else goal["cycle"]), [])
        scores.append(plain.score(goal, None)[0])
    return sorted((*key, len(scores), [s for s in scores if s is not None]) for key, scores in found.items())


def goes_up(child: Row, parent: Row, plain: Plain) -> bool:
    """From a shorter cycle to a year that holds it, of a team above or the same team."""
    (first, last), (begins, ends) = plain.span(child), plain.span(parent)
    year, shorter = plain.spans[parent["cycle"]]["kind"] == "year", plain.spans[child["cycle"]]["kind"] != "year"
    teams = child["team_id"] is not None and parent["team_id"] in plain.line(child["team_id"])
    return year and shorter and teams and begins <= first and last <= ends


def test_plain_loops_agree_on_the_goals_below_in_a_company() -> None:
    known, random = company_facts(people=24, quarters=6, seed=4), Random(4)
    kinds = known.objective["cycle"].map(known.cycle.set_index("cycle")["kind"])
    goals = known.objective["objective_id"].tolist()
    years = known.objective.loc[kinds == "year", "objective_id"]
    parts = known.key_result.loc[known.key_result["objective_id"].isin(years), "key_result_id"].tolist()
    stated = [link(random.choice(goals), random.choice(years.tolist())) for _ in range(300)]
    stated += [link(random.choice(goals), random.choice(parts), key_result=True) for _ in range(300)]
    linked = dataclasses.replace(known, alignment=History.of(alignment=rows(stated)).alignment)
    table = goals_below(objective_results(linked, policy=load()), linked).sort_values(["objective_id", "period"])
    again = served(linked)
    columns = ["objective_id", "period", "goals", "scored", "missing"]
    assert table[columns].to_numpy().tolist() == [[*key, n, len(s), n - len(s)] for *key, n, s in again]
    assert table["completion_rate"].tolist() == pytest.approx([mean(s) for *_, s in again], nan_ok=True)
    assert len(table) > 20


@given(histories(), days, st.integers(0, 9))
def test_as_of_a_day_is_the_log_cut_there_in_any_order(known: History, day: date, seed: int) -> None:
    said, moved = known.check_in, known.change
    cut = dataclasses.replace(
        known, check_in=said[said["checked_on"] <= pd.Timestamp(day)].sample(frac=1, random_state=seed),
        change=moved[moved["changed_on"] <= pd.Timestamp(day)],
        key_result=known.key_result.sample(frac=1, random_state=seed),
    )  # fmt: skip
    before = {name: frame.copy() for name, frame in known.frames().items()}
    one, other = (year_parts(asked(end, as_of=day)) for end in (known, cut))
    pd.testing.assert_frame_equal(one, other)
    for name, frame in known.frames().items():
        pd.testing.assert_frame_equal(frame, before[name])
