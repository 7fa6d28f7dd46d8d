"""How OKR itself runs, worked by hand and a second time in plain loops: calendar, confidence, silence, fill rate."""

import dataclasses
import itertools
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given

from pipelines.cycles import parse
from pipelines.history import History
from pipelines.metrics.attention import stale_key_results
from pipelines.metrics.check_in_calendar import check_in_calendar
from pipelines.metrics.confidence import confidence_by_week, confidence_falls
from pipelines.metrics.execution_or_goal import execution_or_goal
from pipelines.metrics.results import objective_results
from pipelines.metrics.rhythm import rhythm
from pipelines.policy import load
from tests.companies import company_facts, unsettled, within
from tests.plainly import mean, records
from tests.situations import check_in, history, key_result, objective
from tests.strategies import days, histories

GUIDE = load()
QUARTER = parse("2025-Q1")
assert QUARTER
LAST = QUARTER.ends_on
OUT = ("draft", "cancelled")


def read(known: History, as_of: date | None = None) -> pd.DataFrame:
    return objective_results(known, policy=GUIDE, as_of=as_of)


def calendar(known: History, day: date = LAST) -> dict[tuple[Any, int], tuple[int, int]]:
    table = check_in_calendar(read(known), known, quarter=QUARTER, day=day)
    return {
        (None if pd.isna(row.team) else row.team, row.week): (row.checked, row.key_results)
        for row in table.itertuples(index=False)
    }


def test_the_calendar_counts_each_key_result_once_a_week() -> None:
    known = history(
        [objective("e", team_id="East"), objective("s"), objective("n", team_id=None), objective("d", status="draft")],
        [key_result("k1", "e"), key_result("k2", "s"), key_result("k3", "s", status="cancelled"), key_result("k4", "n"),
         key_result("k5", "d")],
        [check_in("k1", "2025-01-01"), check_in("k1", "2025-01-07"), check_in("k1", "2025-01-08"),
         check_in("k2", "2024-12-31"), check_in("k2", "2025-01-14"), check_in("k3", "2025-01-02"),
         check_in("k4", "2025-01-02"), check_in("k1", "2025-01-16")],
    )  # fmt: skip
    # On the 15th the third week has begun; what is said on the 16th is not known yet.
    assert calendar(known, date(2025, 1, 15)) == {
        ("East", 1): (1, 1), ("East", 2): (1, 1), ("East", 3): (0, 1),
        ("Sales", 1): (1, 2), ("Sales", 2): (2, 2), ("Sales", 3): (0, 2),
        ("Company", 1): (1, 2), ("Company", 2): (2, 2), ("Company", 3): (0, 2),
        (None, 1): (1, 1), (None, 2): (0, 1), (None, 3): (0, 1),
    }  # fmt: skip
    table = check_in_calendar(read(known), known, quarter=QUARTER, day=date(2025, 1, 15)).set_index(["team", "week"])
    assert table.loc["Sales", "share"].to_dict() == {1: 0.5, 2: 1.0, 3: 0.0}


def test_a_week_between_two_months_counts_for_the_one_that_holds_most_of_it() -> None:
    known = history(
        [objective("jan", cycle="2025-01"), objective("feb", cycle="2025-02")],
        [key_result("j", "jan"), key_result("f", "feb")],
        [check_in("j", "2025-01-30"), check_in("f", "2025-02-01")],
    )
    # The fifth week runs from 29 January to 4 February: three days of one, four of the other.
    cells = {week: found for (team, week), found in calendar(known).items() if team == "Sales"}
    assert [cells[week] for week in (4, 5, 6)] == [(0, 1), (1, 1), (0, 1)]
    assert max(cells) == 8
    # On 29 January the week has begun, February has not.
    assert ("Sales", 5) not in calendar(known, date(2025, 1, 29))


def test_the_last_short_week_has_a_place_of_its_own() -> None:
    known = history([objective("a")], [key_result("k", "a")], [check_in("k", "2025-03-31")])
    assert [week for team, week in calendar(known) if team == "Sales"] == list(range(1, 14))
    assert calendar(known)["Sales", 13] == (1, 1)
    assert calendar(known, date(2024, 12, 31)) == {}


def test_confidence_by_week_is_the_last_one_stated_by_its_end() -> None:
    said = [
        check_in("k1", "2025-01-03", confidence=0.9), check_in("k1", "2025-01-09", confidence=0.5),
        check_in("k1", "2025-01-09", confidence=0.3), check_in("k2", "2025-01-14", confidence=0.8),
        check_in("k2", "2025-01-16", confidence=0.1),
    ]  # fmt: skip
    known = history([objective("a")], [key_result(f"k{n}", "a") for n in (1, 2, 3)], said)
    table = confidence_by_week(read(known), known, quarter=QUARTER, day=date(2025, 1, 15))
    assert table.to_dict("list") == {
        "week": [1, 2, 3],
        "as_of": [pd.Timestamp(day) for day in ("2025-01-07", "2025-01-14", "2025-01-15")],
        "key_results": [3, 3, 3], "stated": [1, 2, 2],
        "mean_confidence": pytest.approx([0.9, 0.55, 0.55]), "net_confidence": pytest.approx([1, 0, 0]),
    }  # fmt: skip


def test_falls_stand_beside_what_was_noted_and_never_name_anyone() -> None:
    said = [
        check_in("k1", "2025-01-03", confidence=0.9), check_in("k1", "2025-01-05", 3.0),
        check_in("k1", "2025-01-09", confidence=0.7, note="The supplier is late.", author="Ann"),
        check_in("k1", "2025-01-10", confidence=0.51, note="a nuance"), check_in("k1", "2025-01-20", confidence=0.2),
        check_in("k2", "2025-01-20", confidence=0.8), check_in("k2", "2025-01-20", confidence=0.1),
        check_in("k2", "2025-04-02", confidence=0.0), check_in("k3", "2025-01-20", confidence=0.1),
    ]  # fmt: skip
    known = history([objective("a", owner="Bo")], [key_result(f"k{n}", "a") for n in (1, 2, 3)], said)
    table = confidence_falls(read(known), known, quarter=QUARTER, day=LAST, policy=GUIDE)
    assert table[["key_result", "objective", "team", "week", "before", "now"]].to_numpy().tolist() == [
        ["Result k1", "Goal a", "Sales", 3, 0.51, 0.2], ["Result k1", "Goal a", "Sales", 2, 0.9, 0.7],
    ]  # fmt: skip
    assert table["reason"].fillna("").tolist() == ["", "The supplier is late."]
    assert not {"author", "owner", "person"} & set(table.columns)
    assert "Ann" not in table.to_csv()
    assert len(confidence_falls(read(known), known, quarter=QUARTER, day=date(2025, 1, 19), policy=GUIDE)) == 1


def test_the_stale_are_listed_with_their_days_of_silence() -> None:
    known = history(
        [objective("a", owner="Bo"), objective("later", cycle="2025-Q2")],
        [key_result("said", "a"), key_result("silent", "a"), key_result("done", "a", status="done"),
         key_result("fresh", "a"), key_result("l", "later")],
        [check_in("said", "2025-01-20"), check_in("fresh", "2025-02-01")],
    )  # fmt: skip
    table = stale_key_results(read(known), known, policy=GUIDE, today=date(2025, 2, 10))
    assert table[["key_result", "objective", "team", "cycle", "silent_days"]].to_numpy().tolist() == [
        ["Result silent", "Goal a", "Sales", "2025-Q1", 41], ["Result said", "Goal a", "Sales", "2025-Q1", 21],
    ]  # fmt: skip
    assert "owner" not in table


def test_low_score_with_good_rhythm_points_to_the_goal_with_poor_rhythm_to_execution() -> None:
    weeks = [QUARTER.starts_on + timedelta(7 * n) for n in range(13)]
    goals = [objective("e", score=0.3, team_id="East"), objective("w", score=0.3, team_id="West"),
             objective("f", score=0.6, team_id="Finance"), objective("s", score=0.8),
             objective("open", cycle="2025-Q2"),
             objective("own", score=0.1, team_id="West", level="individual")]  # fmt: skip
    said = [check_in("e", str(day), 1) for day in weeks[:10]] + [check_in("w", str(day), 1) for day in weeks[:9]]
    said += [check_in("f", str(day), 1) for day in weeks[:3]] + [check_in("s", str(day), 1) for day in weeks]
    known = history(goals, [key_result(name, name) for name in "ewfs"], said)
    table = execution_or_goal(read(known), known, policy=GUIDE, today=LAST).set_index(["side", "team"])
    # 10 of 13 weeks are 0.77, 9 of 13 are 0.69; the line is 0.75.
    assert table.loc["own", "quadrant"].to_dict() == {
        "East": "goal", "Finance": "unsteady", "Sales": "on_course", "West": "execution",
    }  # fmt: skip
    below = table.loc["with_below"]
    assert below.loc["West", "completion_rate"] == pytest.approx(0.2)
    assert below.loc["Sales", ["completion_rate", "check_in_compliance"]].tolist() == pytest.approx(
        [(0.3 + 0.3 + 0.8 + 0.1) / 4, (10 + 9 + 13) / 39]
    )
    assert below.loc["Sales", "quadrant"] == "goal"
    assert execution_or_goal(read(known), known, policy=GUIDE, today=date(2025, 3, 30)).empty
    silent = history([objective("e", score=0.3, team_id="East"), objective("w", team_id="West")])
    missing = execution_or_goal(read(silent), silent, policy=GUIDE, today=LAST)
    assert missing["quadrant"].isna().all()


class Again:
    """The quarter's figures up to a day in plain loops over plain records."""

    def __init__(self, known: History, day: date) -> None:
        self.day = day
        self.parents = {t["team_id"]: t["parent_team_id"] for t in records(known.team)}
        self.spans = {c["cycle"]: (c["starts_on"], c["ends_on"]) for c in records(known.cycle)}
        goals = [g for g in records(known.objective) if g["status"] not in OUT]
        self.goals = {g["objective_id"]: g for g in goals if g["cycle"] in ("2025-Q1", "2025-02")}
        listed = [k for k in records(known.key_result) if k["status"] not in OUT]
        self.results = [k for k in listed if k["objective_id"] in self.goals]
        self.said = defaultdict(list)
        for c in sorted(records(known.check_in), key=lambda c: (c["checked_on"], c["row"])):
            self.said[c["key_result_id"]] += [c] if c["checked_on"] <= day else []

    def weeks(self) -> list[tuple[int, list[date]]]:
        every = [(n + 1, [QUARTER.starts_on + timedelta(7 * n + d) for d in range(7)]) for n in range(13)]
        return [(n, [d for d in week if d <= LAST]) for n, week in every if week[0] <= self.day]

    def line(self, team: str | None) -> list[str | None]:
        up = [team]
        while self.parents.get(up[-1]) is not None:
            up.append(self.parents[up[-1]])
        return up

    def cells(self) -> dict[Any, Any]:
        found: dict[Any, Any] = defaultdict(lambda: (0, 0))
        for (number, week), k in itertools.product(self.weeks(), self.results):
            goal = self.goals[k["objective_id"]]
            start, end = self.spans[goal["cycle"]]
            if start > self.day or 2 * sum(start <= d <= end for d in week) < len(week):
                continue
            said = [c["checked_on"] for c in self.said[k["key_result_id"]]]
            checked = any(d in week and start <= d <= end for d in said)
            for team in self.line(goal["team_id"]):
                found[team, number] = (found[team, number][0] + checked, found[team, number][1] + 1)
        return found

    def silent(self, results: list[Any]) -> dict[str, int]:
        """The days of silence of each key result of any cycle open on the day, where they are 14 or more."""
        found = {}
        for k, (start, end) in results:
            said = [c["checked_on"] for c in self.said[k["key_result_id"]] if c["checked_on"] >= start]
            words = [c["status"] for c in self.said[k["key_result_id"]] if c["status"]]
            quiet = (self.day - max([start - timedelta(1), *said])).days
            if start <= self.day <= end and quiet >= 14 and k["status"] != "done" and "done" not in words[-1:]:
                found[k["key_result_id"]] = quiet
        return found

    def weekly(self) -> list[Any]:
        rows = []
        for number, week in self.weeks():
            last: list[float] = []
            for k in self.results:
                up_to = [c["confidence"] for c in self.said[k["key_result_id"]] if c["checked_on"] <= week[-1]]
                last += [c for c in up_to if c is not None][-1:]
            rows.append((number, len(last), mean(last), mean((c >= 0.7) - (c < 0.4) for c in last)))
        return rows

    def falls(self) -> set[Any]:
        found = set()
        for k in self.results:
            start, end = self.spans[self.goals[k["objective_id"]]["cycle"]]
            said = [c for c in self.said[k["key_result_id"]] if c["confidence"] is not None]
            stated = {c["checked_on"]: c["confidence"] for c in said}
            for before, now in itertools.pairwise(sorted(stated)):
                if start <= now <= end and round(stated[before] - stated[now], 6) >= 0.2:
                    found.add((k["key_result_id"], now, stated[before], stated[now]))
        return found


def own_again(known: History, results: pd.DataFrame, day: date) -> dict[str, tuple[float, float]]:
    """Each team's own mean score and compliance over ended cycles, in plain loops."""
    listed = [k for k in records(known.key_result) if k["status"] not in OUT]
    everything = records(known.check_in)
    goals: dict[str, Any] = defaultdict(list)
    for g in records(results):
        if g["counted"] and g["team_id"] and g["level"] != "individual" and g["ends_on"] <= day:
            goals[g["team_id"]].append(g)
    found = {}
    for team, own in goals.items():
        shares = []
        for g, k in itertools.product(own, listed):
            if k["objective_id"] == g["objective_id"]:
                said = [c["checked_on"] for c in everything if c["key_result_id"] == k["key_result_id"]]
                weeks = {(d - g["starts_on"]).days // 7 for d in said if g["starts_on"] <= d <= g["ends_on"]}
                shares.append(len(weeks) / -(-((g["ends_on"] - g["starts_on"]).days + 1) // 7))
        found[team] = (mean(g["score"] for g in own if g["score"] is not None), mean(shares))
    return found


@given(histories(), days)
def test_plain_loops_agree_on_execution_or_goal(known: History, day: date) -> None:
    results = read(known)
    table = execution_or_goal(results, known, policy=GUIDE, today=day)
    own = table[table["side"] == "own"].set_index("team")
    again = own_again(known, results, day)
    assert set(own.index) == set(again)
    for team, (score, regular) in again.items():
        row = own.loc[team]
        assert row[["completion_rate", "check_in_compliance"]].tolist() == pytest.approx([score, regular], nan_ok=True)
        if score == score and regular == regular:  # noqa: PLR0124 - only NaN differs from itself
            low, steady = round(score, 6) < 0.6, round(regular, 6) >= 0.75
            names = ("goal", "execution") if low else ("on_course", "unsteady")
            assert row["quadrant"] == names[0 if steady else 1]
        else:
            assert pd.isna(row["quadrant"])


@given(histories(), days)
def test_plain_loops_agree(known: History, day: date) -> None:
    plain = Again(known, day)
    results = read(known)
    assert calendar(known, day) == plain.cells()
    shares = check_in_calendar(results, known, quarter=QUARTER, day=day)
    assert shares["share"].tolist() == (shares["checked"] / shares["key_results"]).tolist()
    goals = {g["objective_id"]: plain.spans[g["cycle"]] for g in records(known.objective) if g["status"] not in OUT}
    listed = [k for k in records(known.key_result) if k["status"] not in OUT and k["objective_id"] in goals]
    stale = stale_key_results(results, known, policy=GUIDE, today=day)
    silent = plain.silent([(k, goals[k["objective_id"]]) for k in listed])
    assert dict(zip(stale["key_result_id"], stale["silent_days"], strict=True)) == silent
    table = confidence_by_week(results, known, quarter=QUARTER, day=day)
    columns = ["week", "stated", "mean_confidence", "net_confidence"]
    assert table[columns].to_numpy().tolist() == [pytest.approx(list(row), nan_ok=True) for row in plain.weekly()]
    fallen = confidence_falls(results, known, quarter=QUARTER, day=day, policy=GUIDE)
    assert plain.falls() == {(r.key_result_id, r.checked_on.date(), r.before, r.now) for r in fallen.itertuples()}


def test_plain_loops_agree_in_a_company() -> None:
    day = date(2025, 3, 20)
    company = within(company_facts(people=12, quarters=8, seed=1), "2025-Q1", "2025-02", "2025")
    known = unsettled(company, 1)
    test_plain_loops_agree.hypothesis.inner_test(known, day)
    test_plain_loops_agree_on_execution_or_goal.hypothesis.inner_test(known, day)
    assert len(Again(known, day).falls()) > 10


@given(histories(), days)
def test_as_of_a_day_is_the_log_cut_there_and_the_lists_agree_with_the_sums(known: History, day: date) -> None:
    said = known.check_in
    cut = dataclasses.replace(known, check_in=said[said["checked_on"] <= pd.Timestamp(day)])
    shuffled = dataclasses.replace(known, check_in=said.iloc[::-1], key_result=known.key_result.iloc[::-1])
    before = {name: frame.copy() for name, frame in known.frames().items()}
    tables = [figures(one, day) for one in (known, cut, shuffled)]
    for name, frame in known.frames().items():
        pd.testing.assert_frame_equal(frame, before[name])
    for whole, shorter, turned in zip(*tables, strict=True):
        pd.testing.assert_frame_equal(whole, shorter)
        pd.testing.assert_frame_equal(whole, turned)
    results = read(known, day)
    sums = rhythm(results, known, policy=GUIDE, today=day, as_of=day)
    stale = stale_key_results(results, known, policy=GUIDE, today=day, as_of=day)
    assert len(stale) == (int(sums["stale"].iloc[0]) if len(sums) else 0)
    assert (stale["silent_days"] >= GUIDE.rhythm.stale_after_days).all()


def figures(known: History, day: date) -> list[pd.DataFrame]:
    results, asked = read(known, day), {"quarter": QUARTER, "day": day}
    calendar = check_in_calendar(results, known, **asked)
    return [
        calendar.sort_values(["team", "week"], ignore_index=True),
        confidence_by_week(results, known, **asked),
        confidence_falls(results, known, **asked, policy=GUIDE),
        stale_key_results(results, known, policy=GUIDE, today=day, as_of=day),
        execution_or_goal(results, known, policy=GUIDE, today=day, as_of=day),
    ]


def test_the_calendar_averages_to_compliance_where_all_goals_are_of_the_quarter() -> None:
    known = history(
        [objective("a"), objective("b", team_id="East")],
        [key_result("k1", "a"), key_result("k2", "b")],
        [check_in("k1", f"2025-0{month}-{day:02d}") for month in (1, 2, 3) for day in (1, 9, 17)]
        + [check_in("k2", "2025-02-03")],
    )
    table = check_in_calendar(read(known), known, quarter=QUARTER, day=LAST)
    compliance = rhythm(read(known), known, by=["team"], policy=GUIDE, today=LAST).set_index("team")
    averages = table.groupby("team")["share"].mean()
    assert averages.to_dict() == pytest.approx(compliance["check_in_compliance"].to_dict())
