"""Pace and outlook: worked by hand, and a second time from results as of each day."""

import math
import statistics
from datetime import date
from fractions import Fraction
from functools import cache

import numpy as np
import pandas as pd
import pytest

from pipelines.history import History
from pipelines.metrics.compute import Question, compute
from pipelines.metrics.outlook import ranks
from pipelines.metrics.pace import pace_of_goals
from pipelines.metrics.results import cycles_of, objective_results
from pipelines.policy import load
from tests.companies import company_facts
from tests.situations import check_in, history, key_result, objective

GUIDE = load()
WEEK_SIX = date(2025, 5, 12)  # day 42 of 91
RANGE = ["outlook", "low", "high"]


def ask(known: History, *by: str, day: date | None = WEEK_SIX, **values) -> pd.DataFrame:
    return compute(Question("pace", by, as_of=day, **values), known, policy=GUIDE)


def test_progress_against_the_time_passed() -> None:
    known = history(
        [objective("a", cycle="2025-Q2"), objective("b", cycle="2025-Q2"), objective("silent", cycle="2025-Q2")],
        [key_result("ka", "a"), key_result("kb", "b"), key_result("kc", "silent")],
        [check_in("ka", "2025-05-12", 3), check_in("kb", "2025-04-20", 6), check_in("ka", "2025-05-13", 9)],
    )
    (row,) = ask(known, "cycle").to_dict("records")
    assert (row["cycle"], row["objectives"], row["scored"]) == ("2025-Q2", 3, 2)
    assert [row[name] for name in ("expected", "computed", "gap")] == pytest.approx([42 / 91, 0.45, 0.45 - 42 / 91])
    assert all(math.isnan(row[name]) for name in RANGE)


def test_recorded_scores_take_no_part_in_progress() -> None:
    known = history([objective("a", score=1.0)], [key_result("ka", "a", score=0.9)], [check_in("ka", "2025-03-01", 4)])
    (row,) = ask(known, day=date(2025, 3, 31)).to_dict("records")
    assert [row[name] for name in ("expected", "computed", "gap")] == pytest.approx([1, 0.4, -0.6])


def test_a_group_is_held_against_the_time_of_the_goals_that_have_data() -> None:
    known = history(
        [objective("done", cycle="2025-Q1"), objective("now", cycle="2025-Q2"), objective("silent", cycle="2025")],
        [key_result("kd", "done"), key_result("kn", "now")],
        [check_in("kd", "2025-03-01", 8), check_in("kn", "2025-05-01", 4)],
    )
    (row,) = ask(known).to_dict("records")
    assert (row["objectives"], row["scored"]) == (3, 2)
    assert [row["expected"], row["computed"]] == pytest.approx([(1 + 42 / 91) / 2, 0.6])
    by_cycle = ask(known, "cycle").set_index("cycle")
    assert by_cycle.loc["2025", "expected"] == pytest.approx(132 / 365)
    assert by_cycle.loc["2025", ["computed", "gap"]].isna().all()


def test_a_cycle_not_begun_stands_at_nothing_expected() -> None:
    known = history([objective("a", cycle="2025-Q3")], [key_result("ka", "a", current=5.0)])
    (row,) = ask(known).to_dict("records")
    assert (row["objectives"], row["scored"], row["expected"]) == (1, 0, 0)
    assert math.isnan(row["computed"])


def went_on(number: int) -> History:
    """So many teams: in 2025-Q1 the nth stands at 0.2 in week 6 and ends 0.01 × n higher; in 2025-Q2 East is at 0.3."""
    names = [f"T{place}" for place in range(1, number + 1)]
    goals = [objective(f"o{name}", team_id=name) for name in names]
    results = [key_result(f"k{name}", f"o{name}", target=100.0) for name in names]
    said = [check_in(f"k{name}", "2025-02-11", 20) for name in names]
    said += [check_in(f"kT{place}", "2025-02-12", 20 + place) for place in range(1, number + 1)]
    now = objective("now", cycle="2025-Q2", team_id="East")
    return history(
        [*goals, now],
        [*results, key_result("kn", "now")],
        [*said, check_in("kn", "2025-05-12", 3)],
        tree=dict.fromkeys([*names, "East"]),
    )


def test_thirty_closed_cycles_give_an_outlook() -> None:
    rows = ask(went_on(30), "team", "cycle", cycles=("2025-Q2",))
    assert rows["team"].tolist() == ["East"]
    # 0.3, and of 0.01 … 0.30 the middle 0.155, the 3rd 0.03 and the 28th 0.28.
    assert rows[RANGE].to_numpy().tolist() == [pytest.approx([0.455, 0.33, 0.58])]
    assert ask(went_on(29), "team", "cycle")[RANGE].isna().all(axis=None)


def test_an_outlook_stays_between_nothing_and_all() -> None:
    known = went_on(30)
    known.check_in.loc[known.check_in["key_result_id"] == "kn", "value"] = 9.0
    (row,) = ask(known, "team", cycles=("2025-Q2",))[RANGE].to_numpy().tolist()
    assert row == pytest.approx([1, 0.93, 1])


def test_an_outlook_is_for_a_team_in_one_running_cycle() -> None:
    known = went_on(30)
    assert ask(known, "cycle", "team", cycles=("2025-Q1",))[RANGE].isna().all(axis=None)
    assert ask(known, "cycle", "level", cycles=("2025-Q2",))[RANGE].isna().all(axis=None)
    assert ask(known)[RANGE].isna().all(axis=None)
    assert ask(known, cycles=("2025-Q2",))[RANGE].notna().all(axis=None)
    assert ask(known, "quarter", teams=("East",))["outlook"].tolist() == pytest.approx([0.455])
    assert ask(known, "team", day=date(2025, 6, 30), cycles=("2025-Q2",))[RANGE].isna().all(axis=None)
    assert ask(known, "team", day=None, cycles=("2025-Q2",))["expected"].tolist() == [1.0]


def test_what_was_not_closed_by_then_teaches_nothing() -> None:
    known = went_on(30)
    assert ask(known, "team", day=date(2025, 3, 30))[RANGE].isna().all(axis=None)


@pytest.mark.parametrize("number", [30, 31, 39, 40, 69, 70, 100, 999])
def test_the_ranks_keep_what_they_promise(number: int) -> None:
    low, high = (place + 1 for place in ranks(np.arange(number, dtype="float64")[::-1])[1:])
    assert low == math.floor(Fraction(number + 1, 10))
    assert high == math.ceil(Fraction(9 * (number + 1), 10))
    assert Fraction(int(high - low), number + 1) >= Fraction(8, 10)


IN_ONE_PROCESS = pytest.mark.xdist_group("pace of a company")
"""What the company gives takes seconds, and is worked out once."""


@cache
def company() -> History:
    """A small generated company: six teams, seven quarters closed, months and years beside them."""
    return company_facts(people=12, quarters=8, seed=3)


@cache
def told(day: date) -> pd.DataFrame:
    """What pace says of every team and cycle of the company."""
    return ask(company(), "team", "cycle", day=day)


def families(known: History) -> dict[str, set[str]]:
    """Each team with all below it."""
    parents = dict(zip(known.team["team_id"], known.team["parent_team_id"], strict=True))
    found: dict[str, set[str]] = {team: set() for team in parents}
    for team in parents:
        above: str | None = team
        while isinstance(above, str):
            found[above].add(team)
            above = parents[above]
    return found


def rate(results: pd.DataFrame, teams: set[str], cycle: str) -> float | None:
    scores = [
        row.score
        for row in results.itertuples()
        if row.counted and row.cycle == cycle and row.team_id in teams and not math.isnan(row.score)
    ]
    return sum(scores) / len(scores) if scores else None


def by_hand(known: History, label: str, day: date) -> dict[str, list[float]]:
    """Outlook, low and high of every team in the cycle, from results as of each day that takes part."""
    cycles, teams = cycles_of(known.cycle), families(known)
    week, steps = cycles[label].week_of(day), []
    for closed in cycles.values():
        if closed.kind == cycles[label].kind and closed.ends_on <= day:
            then, end = (
                objective_results(known, policy=GUIDE, as_of=on) for on in (closed.week_end(week), closed.ends_on)
            )
            pairs = [(rate(then, below, closed.label), rate(end, below, closed.label)) for below in teams.values()]
            steps += [after - before for before, after in pairs if before is not None and after is not None]
    steps.sort()
    share = Fraction(len(steps) + 1, 10)
    chosen = (statistics.median(steps), steps[math.floor(share) - 1], steps[math.ceil(9 * share) - 1])
    now = objective_results(known, policy=GUIDE, as_of=day)
    names = dict(zip(known.team["team_id"], known.team["path"], strict=True))
    rates = {names[team]: rate(now, below, label) for team, below in teams.items()}
    return {
        name: [min(max(current + step, 0), 1) for step in chosen]
        for name, current in rates.items()
        if current is not None
    }


@IN_ONE_PROCESS
@pytest.mark.parametrize(("label", "day"), [("2026-Q4", date(2026, 11, 8)), ("2026-Q3", date(2026, 7, 21))])
def test_a_second_computation_from_each_days_results_agrees(label: str, day: date) -> None:
    rows = told(day).query("cycle == @label").set_index("team")
    again = by_hand(company(), label, day)
    assert set(rows.index) == set(again)
    for team, expected in again.items():
        assert rows.loc[team, RANGE].tolist() == pytest.approx(expected)


@IN_ONE_PROCESS
def test_as_of_a_day_over_everything_is_everything_over_a_log_cut_there() -> None:
    known, day = company(), date(2026, 11, 8)
    said = known.check_in[known.check_in["checked_on"] <= pd.Timestamp(day)]
    cut = History.of(**{**known.frames(), "check_in": said})
    pd.testing.assert_frame_equal(told(day), ask(cut, "team", "cycle", day=day))
    assert told(day)["outlook"].notna().any()


@IN_ONE_PROCESS
def test_teams_are_selected_after_learning_from_all() -> None:
    day = date(2026, 11, 8)
    sales = ask(company(), "team", "cycle", day=day, teams=("SA",))
    expected = told(day)[told(day)["team"].isin(sales["team"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(sales, expected)
    assert sales["outlook"].notna().any()


@IN_ONE_PROCESS
def test_the_order_of_rows_does_not_matter_and_outlooks_are_bounded() -> None:
    known, day = company(), date(2026, 11, 8)
    mixed = History(**{name: frame.sample(frac=1, random_state=5) for name, frame in known.frames().items()})
    pd.testing.assert_frame_equal(told(day), ask(mixed, "team", "cycle", day=day))
    rows = told(day).dropna(subset=["outlook"])
    assert ((rows["low"] <= rows["outlook"]) & (rows["outlook"] <= rows["high"])).all()
    assert rows[RANGE].ge(0).all(axis=None)
    assert rows[RANGE].le(1).all(axis=None)


def test_goals_stand_beside_the_time_passed_and_the_furthest_behind_first() -> None:
    known = history(
        [
            objective("quarter", cycle="2025-Q2"),
            objective("month", cycle="2025-05"),
            objective("year", cycle="2025", level="company"),
            objective("silent", cycle="2025-Q2"),
            objective("over", cycle="2025-Q1"),
            objective("draft", cycle="2025-Q2", status="draft"),
        ],
        [key_result(f"k-{name}", name) for name in ("quarter", "month", "year", "over", "draft")],
        [check_in(f"k-{name}", "2025-05-01", 4) for name in ("quarter", "month", "year", "draft")],
    )
    results = objective_results(known, policy=GUIDE, as_of=WEEK_SIX)
    table = pace_of_goals(results, day=WEEK_SIX).set_index("objective_id")
    assert list(table.index) == ["quarter", "month", "year", "silent"]
    assert list(table["expected"]) == pytest.approx([42 / 91, 12 / 31, 132 / 365, 42 / 91])
    assert list(table["gap"].dropna()) == pytest.approx([0.4 - 42 / 91, 0.4 - 12 / 31, 0.4 - 132 / 365], abs=1e-6)
    assert math.isnan(table.loc["silent", "gap"])
    assert list(table["quarter"].isna()) == [False, False, True, False]


@pytest.mark.parametrize("day", [date(2026, 5, 10), date(2026, 8, 2)])
@IN_ONE_PROCESS
def test_the_pace_of_goals_is_that_of_cycles_taken_apart(day: date) -> None:
    known = company()
    results = objective_results(known, policy=GUIDE, as_of=day)
    table = pace_of_goals(results, day=day)
    cycles = cycles_of(known.cycle)
    running = {label for label, cycle in cycles.items() if cycle.starts_on <= day <= cycle.ends_on}
    plain = {
        row.objective_id: row.computed - cycles[row.cycle].share_passed(day)
        for row in results.itertuples()
        if row.counted and row.cycle in running
    }
    assert len(table) == len(plain) > 0
    assert [row.gap for row in table.itertuples()] == pytest.approx(
        [plain[row.objective_id] for row in table.itertuples()], abs=1e-6, nan_ok=True
    )
