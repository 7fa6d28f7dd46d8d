"""Alignment a second time: links, chains, uptake, flows and the tree in plain loops, agreeing with the figures."""

from collections import Counter, defaultdict
from collections.abc import Sized
from functools import cache
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipelines.cycles import parse
from pipelines.history import History
from pipelines.metrics.alignment import alignment, flagged, links
from pipelines.metrics.flows import flows, units
from pipelines.metrics.goal_tree import goal_tree
from pipelines.metrics.origins import adoption, initiatives, rungs
from pipelines.metrics.results import objective_results
from pipelines.metrics.serving import serving
from pipelines.metrics.uptake import BELOW, penetration, uptake
from pipelines.policy import load
from pipelines.schema import ADOPTIONS, LEVELS
from tests.companies import company_facts, interlinked
from tests.plainly import records
from tests.situations import SITUATIONS
from tests.strategies import histories

GUIDE = load()
QUARTERS = [cycle for label in ("2024-Q4", "2025-Q1", "2025-Q2", "2026-Q4") if (cycle := parse(label))]
# Not made smaller when they fail: a history is small as it is.
unshrunk = settings(phases=(Phase.explicit, Phase.reuse, Phase.generate))


class Loops:
    """The alignment of a history, goal by goal and link by link."""

    def __init__(self, known: History) -> None:
        self.rows = objective_results(known, policy=GUIDE)
        self.goals = {row["objective_id"]: row for row in self.rows.to_dict("records") if row["counted"]}
        self.above = dict(zip(known.team["team_id"], known.team["parent_team_id"], strict=True))
        self.teams = {row["team_id"]: row for row in known.team.to_dict("records")}
        alive = known.key_result[~known.key_result["status"].isin(["draft", "cancelled"])]
        self.key_results = {row["key_result_id"]: row["objective_id"] for row in alive.to_dict("records")}
        self.links = {link for row in known.alignment.to_dict("records") if (link := self.link(row))}

    def line(self, team: str) -> list[str]:
        """The team and those above it, until it repeats."""
        line = [team]
        while self.above.get(line[-1]) in self.above and self.above[line[-1]] not in line:
            line.append(self.above[line[-1]])
        return line

    def link(self, row: dict[str, Any]) -> tuple[str, str, str | None, str] | None:
        """Child, parent, key result and kind; nothing where an end is missing."""
        through = row["parent_id"] if row["parent_kind"] == "key_result" else None
        child, parent = row["child_objective_id"], self.key_results.get(through) if through else row["parent_id"]
        if child == parent or child not in self.goals or parent not in self.goals:
            return None
        c, p = self.goals[child], self.goals[parent]
        if pd.isna(c["team_id"]) or pd.isna(p["team_id"]):
            return None
        return child, parent, through, self.kind(c, p)

    def kind(self, c: dict[str, Any], p: dict[str, Any]) -> str:
        """Vertical, lateral or none, in the order of the method's words."""
        contained = p["starts_on"] <= c["starts_on"] and c["ends_on"] <= p["ends_on"]
        levels = [LEVELS.index(goal["level"]) if goal["level"] in LEVELS else None for goal in (p, c)]
        higher = None not in levels and levels[0] < levels[1]  # type: ignore[operator]
        longer = p["ends_on"] - p["starts_on"] > c["ends_on"] - c["starts_on"]
        mine, other = c["team_id"], p["team_id"]
        over = mine != other and other in self.line(mine)
        under = mine != other and mine in self.line(other)
        if contained and (over or (mine == other and (higher or longer))):
            return "vertical"
        return "lateral" if mine != other and not over and not under else "none"

    def climb(self, goal: str) -> tuple[set[str], set[str]]:
        """The goals above, and the key results that the links on the way name."""
        seen, named, waiting = set(), set(), [goal]
        while waiting:
            here = waiting.pop()
            for child, parent, through, kind in self.links:
                if child == here and kind == "vertical":
                    named |= {through} if through else set()
                    waiting += [] if parent in seen else [parent]
                    seen.add(parent)
        return seen, named

    def level(self, goal: str) -> str:
        """The goal's level, or unknown."""
        level = self.goals[goal]["level"]
        return level if level in LEVELS else "unknown"

    def held(self, quarter: Any) -> list[str]:
        """The goals that hold in the quarter."""
        first, last = pd.Timestamp(quarter.starts_on), pd.Timestamp(quarter.ends_on)
        return [
            goal
            for goal, row in self.goals.items()
            if row["quarter"] == quarter.label or (row["starts_on"] <= first and row["ends_on"] >= last)
        ]


def over(part: int, whole: Sized) -> float:
    """A share; of nothing it is missing."""
    return part / len(whole) if whole else float("nan")


@unshrunk
@given(histories())
def test_links_and_coverage_agree(known: History) -> None:
    again = Loops(known)
    found = links(again.rows, known).astype("object")
    found = found.where(found.notna(), None)
    assert {tuple(row) for row in found.to_numpy()} == again.links
    should = [goal for goal in again.goals if again.level(goal) != "company"]
    ups = {goal: again.climb(goal)[0] for goal in again.goals}
    anchored = sum(any(again.level(above) == "company" for above in ups[goal]) for goal in should)
    ends = {end for *pair, _, kind in again.links if kind == "lateral" for end in pair}
    origins = [row["origin"] for row in again.goals.values() if row["origin"] != "unknown"]
    aligned, bottom_up = sum(bool(ups[goal]) for goal in should), origins.count("bottom_up")
    expected = {
        "objectives": len(again.goals), "should_align": len(should), "aligned": aligned,
        "vertical_coverage": over(aligned, should), "anchored": anchored, "anchored_coverage": over(anchored, should),
        "lateral": len(ends), "horizontal_coverage": over(len(ends), again.goals), "bottom_up": bottom_up,
        "origin_known": len(origins), "bottom_up_share": over(bottom_up, origins),
    }  # fmt: skip
    rows = alignment(again.rows, known).to_dict("records")
    assert rows == ([pytest.approx(expected, nan_ok=True)] if again.goals else [])


@unshrunk
@given(histories())
def test_uptake_and_penetration_agree(known: History) -> None:
    again = Loops(known)
    table = uptake(again.rows, links(again.rows, known), known.key_result, quarters=QUARTERS)
    expected: dict[tuple[str, str], set[str]] = {}
    for quarter in QUARTERS:
        held = again.held(quarter)
        company = [goal for goal in held if again.level(goal) == "company"]
        for end in [*company, *(key for key, goal in again.key_results.items() if goal in company)]:
            reached = {again.level(goal) for goal in held for tops in again.climb(goal) if end in tops}
            expected[quarter.label, end] = reached - {"company"}
    ends = table["key_result_id"].fillna(table["objective_id"])
    found = {
        (row["quarter"], end): {level for level in BELOW if row[level]}
        for end, row in zip(ends, table.to_dict("records"), strict=True)
    }
    assert found == expected
    assert table["taken_up"].tolist() == [bool(expected[key]) for key in zip(table["quarter"], ends, strict=True)]
    for row in penetration(table, by=["quarter"]).to_dict("records"):
        for ends, name in ((again.goals, "objectives"), (again.key_results, "key_results")):
            wholes = [levels for (label, end), levels in expected.items() if label == row["quarter"] and end in ends]
            reached = sum(row["level"] in levels for levels in wholes)
            assert (row[name], row[f"{name}_reached"]) == (len(wholes), reached)
            rate = row["penetration" if name == "objectives" else "key_result_penetration"]
            assert rate == pytest.approx(over(reached, wholes), nan_ok=True)


@unshrunk
@given(histories())
def test_rungs_and_own_initiatives_agree(known: History) -> None:
    again = Loops(known)
    flags = flagged(again.rows, links(again.rows, known))
    goes_up = {child for child, _, _, kind in again.links if kind == "vertical"}
    beside = {end for *pair, _, kind in again.links if kind == "lateral" for end in pair}
    total, linked = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    rung_of = {"individual": "people", "department": "leaders", "team": "leaders", "unknown": "level_unknown"}
    for goal, row in again.goals.items():
        if pd.isna(row["quarter"]):
            continue
        for rung, ends in ((rung_of.get(again.level(goal)), goes_up), ("across", beside)):
            if rung:
                total[row["quarter"], rung] += 1
                linked[row["quarter"], rung] += goal in ends
    found = {
        (row["quarter"], row["rung"]): (row["objectives"], row["linked"], row["share"])
        for row in rungs(flags).to_dict("records")
    }
    assert found == {key: (total[key], linked[key], linked[key] / total[key]) for key in total}
    loose = [goal for goal in again.goals if again.level(goal) != "company" and goal not in goes_up | beside]
    own = [goal for goal in loose if again.goals[goal]["origin"] == "bottom_up"]
    should = [goal for goal in again.goals if again.level(goal) != "company"]
    columns = ["unlinked", "own_initiatives", "own_initiative_share"]
    sums = initiatives(flags, known.team)[columns].to_numpy().tolist()
    expected = [len(loose), len(own), over(len(own), should)]
    assert sums == ([pytest.approx(expected, nan_ok=True)] if again.goals else [])


@unshrunk
@given(histories(), st.randoms(use_true_random=False))
def test_flows_agree_and_leave_nothing_out(known: History, random: Any) -> None:
    kinds = {team: random.choice(["company", "branch", "department", None]) for team in known.team["team_id"]}
    known = History(
        **{**known.frames(), "team": known.team.assign(kind=known.team["team_id"].map(kinds).astype("str"))}
    )
    again = Loops(known)
    found = links(again.rows, known)
    table = flows(flagged(again.rows, found), found, known.team)
    assert (table["should_align"] == table["anchored"] + table["within_only"] + table["loose"]).all()
    unit = units(known.team).set_index("team_id")["unit_id"].to_dict()
    expected: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for goal, row in again.goals.items():
        if pd.isna(row["quarter"]) or pd.isna(row["team_id"]) or again.level(goal) == "company":
            continue
        mine = unit[row["team_id"]]
        leader = row["team_id"] == mine and again.level(goal) != "individual"
        tally = expected[row["quarter"], mine]
        above = again.climb(goal)[0]
        to_company = any(again.level(end) == "company" for end in above)
        inside = not leader and _to_leader(again, goal, mine, unit)
        tally.update(should_align=1, anchored=to_company, within_only=inside and not to_company,
                     below_leaders=not leader, anchored_below=to_company and not leader,
                     anchored_within=inside)  # fmt: skip
    names = ["should_align", "anchored", "within_only", "below_leaders", "anchored_below", "anchored_within"]
    got = {(row["quarter"], row["unit_id"]): [row[name] for name in names] for row in table.to_dict("records")}
    assert got == {key: [tally[name] for name in names] for key, tally in expected.items()}
    for row in table.to_dict("records"):
        rate = over(row["anchored_within"], range(row["below_leaders"]))
        assert row["anchored_within_share"] == pytest.approx(rate, nan_ok=True)


def _to_leader(again: Loops, goal: str, unit: str, units_of: dict[str, str]) -> bool:
    """Whether vertical links lead to a leader's goal without leaving the unit."""
    seen, waiting = {goal}, [goal]
    while waiting:
        here = waiting.pop()
        for child, parent, _, kind in again.links:
            row = again.goals[parent]
            if child != here or kind != "vertical" or units_of[row["team_id"]] != unit or parent in seen:
                continue
            if row["team_id"] == unit and again.level(parent) not in ("individual", "company"):
                return True
            seen.add(parent)
            waiting.append(parent)
    return False


def away(goal: dict[str, Any]) -> float:
    """How far a score lies from 1.0 where it was promised, else from the nearer end of the sweet spot."""
    score, (low, high) = goal["score"], (1.0, 1.0) if goal["ambition"] == "committed" else (0.6, 0.7)
    return score - low if score < low else score - high if score > high else 0 * score


@unshrunk
@given(histories())
def test_every_goal_stands_once_in_the_tree_and_under_a_parent_of_its_own(known: History) -> None:
    again = Loops(known)
    found = links(again.rows, known)
    for quarter in QUARTERS:
        tree = goal_tree(again.rows, found, known.alignment, quarter=quarter, policy=GUIDE)
        assert sorted(tree["objective_id"]) == sorted(again.held(quarter))
        under = tree.set_index("objective_id")["under"].dropna().to_dict()
        pairs = {(child, parent) for child, parent, _, kind in again.links if kind == "vertical"}
        assert set(under.items()) <= pairs
        for row in tree.to_dict("records"):
            assert row["away"] == pytest.approx(away(again.goals[row["objective_id"]]), nan_ok=True)
            line = [row["objective_id"]]
            while line[-1] in under:
                line.append(under[line[-1]])
                assert len(line) <= len(tree)
            assert line[-1] == row["root"]
            up = again.climb(row["objective_id"])[0] & set(tree["objective_id"])
            if again.level(row["objective_id"]) != "company":
                assert (again.level(row["root"]) == "company") == any(again.level(end) == "company" for end in up)


@unshrunk
@given(histories())
def test_who_serves_whom_agrees(known: History) -> None:
    again = Loops(known)
    labels = [quarter.label for quarter in QUARTERS]
    table = serving(again.rows, links(again.rows, known), known.alignment, quarters=labels)
    expected = Counter(
        (again.goals[child]["team"], again.goals[parent]["team"])
        for child, parent, _, kind in again.links
        if kind == "lateral" and again.goals[child]["quarter"] in labels
    )
    assert {(row["serving"], row["served"]): row["links"] for row in table.to_dict("records")} == expected
    assert (table["supports"] <= table["links"]).all()


IN_ONE_PROCESS = pytest.mark.xdist_group("full of links")


@cache
def full_of_links() -> History:
    """A small generated company with links between any of its goals."""
    return interlinked(company_facts(people=24, quarters=2, seed=4), 200, 4)


@IN_ONE_PROCESS
def test_how_goals_were_taken_from_above_agrees() -> None:
    known = full_of_links()
    again = Loops(known)
    stated = {row["objective_id"]: row["adoption"] or "unknown" for row in records(known.objective)}
    goes_up = {child for child, _, _, kind in again.links if kind == "vertical" and again.level(child) != "company"}
    (row,) = adoption(flagged(again.rows, links(again.rows, known)), known.objective, known.team).to_dict("records")
    assert row["aligned"] == len(goes_up) > 10
    for name in ADOPTIONS:
        number = sum(stated[goal] == name for goal in goes_up)
        assert row[name] == number > 0
        assert row[f"{name}_share"] == pytest.approx(number / len(goes_up))


@IN_ONE_PROCESS
@pytest.mark.parametrize("agree", [
    test_links_and_coverage_agree, test_uptake_and_penetration_agree, test_rungs_and_own_initiatives_agree,
    test_every_goal_stands_once_in_the_tree_and_under_a_parent_of_its_own, test_who_serves_whom_agrees,
])  # fmt: skip
def test_they_agree_on_a_company_full_of_links(agree: Any) -> None:
    agree.hypothesis.inner_test(full_of_links())


@IN_ONE_PROCESS
def test_flows_agree_in_a_company_full_of_links() -> None:
    known = full_of_links()
    test_flows_agree_and_leave_nothing_out.hypothesis.inner_test(known, Random(4))


def everything(known: History) -> list[pd.DataFrame]:
    """Every figure of alignment of the history."""
    rows = objective_results(known, policy=GUIDE)
    found = links(rows, known)
    flags = flagged(rows, found)
    labels = [quarter.label for quarter in QUARTERS]
    taken = uptake(rows, found, known.key_result, quarters=QUARTERS)
    return [
        taken, penetration(taken), rungs(flags), initiatives(flags, known.team, by=["team"]),
        adoption(flags, known.objective, known.team), flows(flags, found, known.team),
        serving(rows, found, known.alignment, quarters=labels),
        goal_tree(rows, found, known.alignment, quarter=QUARTERS[1], policy=GUIDE),
    ]  # fmt: skip


@unshrunk
@given(histories(), st.integers(0, 99))
def test_the_order_of_rows_does_not_matter_and_inputs_stay(known: History, seed: int) -> None:
    before = {name: frame.copy(deep=True) for name, frame in known.frames().items()}
    mixed = History(**{name: frame.sample(frac=1, random_state=seed) for name, frame in known.frames().items()})
    for one, other in zip(everything(known), everything(mixed), strict=True):
        pd.testing.assert_frame_equal(one, other, check_dtype=False)
    for name, frame in known.frames().items():
        pd.testing.assert_frame_equal(frame, before[name])


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_situation_has_an_answer(situation: str) -> None:
    for table in everything(SITUATIONS[situation]()):
        assert not table.columns.duplicated().any()
