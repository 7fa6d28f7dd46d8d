"""Alignment, worked by hand."""

from typing import Any

import pandas as pd
import pytest

from pipelines.cycles import Cycle, parse
from pipelines.history import History
from pipelines.metrics.alignment import alignment, flagged, links
from pipelines.metrics.anchoring import anchoring
from pipelines.metrics.compute import Question, compute
from pipelines.metrics.flows import flows, units
from pipelines.metrics.goal_tree import goal_tree
from pipelines.metrics.origins import adoption, initiatives, rungs
from pipelines.metrics.results import objective_results
from pipelines.metrics.serving import serving
from pipelines.metrics.uptake import penetration, uptake
from pipelines.policy import load
from tests.situations import history, in_circles, key_result, link, objective, waiting

GUIDE = load()
TOP = objective("top", cycle="2025", team_id="Company", level="company")


def results(known: History) -> pd.DataFrame:
    return objective_results(known, policy=GUIDE)


def quarter(label: str = "2025-Q1") -> Cycle:
    cycle = parse(label)
    assert cycle
    return cycle


def taken(known: History, *labels: str, of: set[str] | None = None) -> pd.DataFrame:
    rows = results(known)
    quarters = [quarter(label) for label in labels or ("2025-Q1",)]
    return uptake(rows, links(rows, known), known.key_result, quarters=quarters, of=of)


def kind(child: dict[str, Any], parent: dict[str, Any]) -> str:
    known = history([{**objective("c"), **child}, {**objective("p"), **parent}], [], [], [link("c", "p")])
    found = links(results(known), known)
    return found["kind"].iloc[0] if len(found) else "absent"


@pytest.mark.parametrize(
    ("child", "parent", "expected"),
    [
        ({"team_id": "East"}, {"team_id": "Sales"}, "vertical"),
        ({"team_id": "East"}, {"team_id": "Company"}, "vertical"),
        ({"team_id": "East"}, {"team_id": "Sales", "cycle": "2025"}, "vertical"),
        ({"team_id": "East", "cycle": "2025-02"}, {"team_id": "Sales"}, "vertical"),
        ({"team_id": "East", "cycle": "2025"}, {"team_id": "Sales", "cycle": "2025-Q1"}, "none"),
        ({"team_id": "East"}, {"team_id": "Sales", "cycle": "2025-Q2"}, "none"),
        ({"team_id": "Sales"}, {"team_id": "East"}, "none"),
        ({"level": "individual"}, {"level": "team"}, "vertical"),
        ({"level": "team"}, {"level": "individual"}, "none"),
        ({"level": "team"}, {"level": "team"}, "none"),
        ({"level": None}, {"level": "company"}, "none"),
        ({"level": "individual"}, {"level": None}, "none"),
        ({}, {"cycle": "2025"}, "vertical"),
        ({"level": "team"}, {"level": "individual", "cycle": "2025"}, "vertical"),
        ({"team_id": "East"}, {"team_id": "West"}, "lateral"),
        ({"team_id": "East"}, {"team_id": "Finance", "cycle": "2024-Q1"}, "lateral"),
        ({"team_id": None}, {"team_id": "Sales"}, "absent"),
        ({"team_id": "East"}, {"team_id": None}, "absent"),
        ({"team_id": "East"}, {"team_id": "Sales", "status": "draft"}, "absent"),
        ({"team_id": "East", "status": "cancelled"}, {"team_id": "Sales"}, "absent"),
    ],
)
def test_what_a_link_is(child: dict[str, Any], parent: dict[str, Any], expected: str) -> None:
    assert kind(child, parent) == expected


def chain() -> History:
    goals = [
        TOP,
        objective("dept", team_id="Sales", level="department"),
        objective("east", team_id="East", origin="bottom_up"),
        objective("west", team_id="West", origin="top_down"),
        objective("person", team_id="West", level="individual"),
        objective("money", team_id="Finance", level="department", origin="bottom_up"),
    ]
    key_results = [key_result("kt", "top"), key_result("kt2", "top"), key_result("kx", "dept", status="cancelled")]
    stated = [
        link("dept", "kt", key_result=True), link("east", "dept"), link("person", "west"), link("money", "west"),
        link("west", "kx", key_result=True), link("west", "west"), link("west", "unheard of"),
    ]  # fmt: skip
    return history(goals, key_results, [], stated)


def test_coverage_worked_by_hand() -> None:
    known = chain()
    row = alignment(results(known), known).iloc[0]
    assert row[["objectives", "should_align", "aligned", "anchored", "lateral"]].tolist() == [6, 5, 3, 2, 2]
    assert row[["vertical_coverage", "anchored_coverage"]].tolist() == pytest.approx([0.6, 0.4])
    assert row["horizontal_coverage"] == pytest.approx(1 / 3)
    assert row[["bottom_up", "origin_known", "bottom_up_share"]].tolist() == pytest.approx([2, 3, 2 / 3])


def test_links_lead_out_of_what_is_selected() -> None:
    row = compute(Question("alignment", cycles=("2025-Q1",), teams=("East",)), chain(), policy=GUIDE).iloc[0]
    assert row[["objectives", "aligned", "anchored"]].tolist() == [1, 1, 1]


def test_nothing_to_align_is_missing() -> None:
    known = history([TOP])
    row = alignment(results(known), known).iloc[0]
    assert row["should_align"] == 0
    assert row[["vertical_coverage", "anchored_coverage", "bottom_up_share"]].isna().all()


def test_penetration_by_level() -> None:
    rows = penetration(taken(chain()), by=()).set_index("level")
    assert rows["objectives_reached"].to_dict() == {"department": 1, "team": 1, "individual": 0}
    assert rows.loc["team", ["key_results", "key_results_reached", "key_result_penetration"]].tolist() == [2, 1, 0.5]


def branches(known: History, *names: str) -> History:
    """The history with these teams as branches."""
    kinds = known.team["kind"].mask(known.team["name"].isin(names), "branch")
    return History(**{**known.frames(), "team": known.team.assign(kind=kinds)})


def test_a_branch_may_be_aligned_inside_and_not_to_the_company() -> None:
    goals = [
        TOP,
        objective("lead", team_id="Sales", level="department"),
        objective("east", team_id="East"),
        objective("west", team_id="West"),
    ]
    known = history(goals, [], [], [link("east", "lead")])
    (row,) = anchoring(results(known), branches(known, "Sales")).to_dict("records")
    assert (row["should_align"], row["anchored_within"], row["anchored"]) == (2, 1, 0)
    assert (row["anchored_within_share"], row["anchored_share"]) == (0.5, 0)


def test_circles_end() -> None:
    known = in_circles()
    row = alignment(results(known), known).iloc[0]
    assert row[["objectives", "anchored"]].tolist() == [3, 0]
    assert compute(Question("completion", by=("team",)), known, policy=GUIDE)["objectives"].tolist() == [3, 3]


def test_key_results_that_wait_stand_for_nothing() -> None:
    known = waiting()
    assert alignment(results(known), known)["aligned"].tolist() == [0]


def test_nobody_took_up_what_no_chain_from_below_reaches() -> None:
    goals = [
        TOP,
        objective("q1", team_id="Company", level="company"),
        objective("q1 alone", team_id="Company", level="company"),
        objective("q2", cycle="2025-Q2", team_id="Company", level="company"),
        objective("dept", team_id="Sales", level="department"),
        objective("draft", team_id="Sales", level="department", status="draft"),
    ]
    stated = [link("q1", "kt", key_result=True), link("q1 alone", "kt2", key_result=True), link("q2", "top"),
              link("dept", "q1"), link("draft", "q1 alone")]  # fmt: skip
    key_results = [key_result("kt", "top"), key_result("kt2", "top"), key_result("gone", "top", status="cancelled"),
                   key_result("k1", "q1")]  # fmt: skip
    rows = taken(history(goals, key_results, [], stated), "2025-Q1", "2025-Q2")
    # The annual goal is taken up in the first quarter through the company's own; in the second nobody does.
    ends = rows["key_result_id"].fillna(rows["objective_id"])
    assert list(zip(rows["quarter"], rows["longer"], ends, rows["taken_up"], strict=True)) == [
        ("2025-Q1", False, "q1", True), ("2025-Q1", False, "k1", False), ("2025-Q1", False, "q1 alone", False),
        ("2025-Q1", True, "top", True), ("2025-Q1", True, "kt", True), ("2025-Q1", True, "kt2", False),
        ("2025-Q2", False, "q2", False), ("2025-Q2", True, "top", False), ("2025-Q2", True, "kt", False),
        ("2025-Q2", True, "kt2", False),
    ]  # fmt: skip
    assert rows.set_index(ends).loc["kt", "department"].tolist() == [True, False]
    shares = penetration(rows).set_index(["quarter", "longer", "level"])
    assert shares.loc[("2025-Q1", False, "department")].tolist() == [2, 1, 0.5, 1, 0, 0]
    assert shares.loc[("2025-Q1", True, "department")].tolist() == [1, 1, 1, 2, 1, 0.5]
    assert shares.loc[("2025-Q1", True, "team")].tolist() == [1, 0, 0, 2, 0, 0]


def test_uptake_by_some_goals_alone() -> None:
    assert taken(chain(), of={"money"})["taken_up"].tolist() == [False, False, False]
    assert taken(chain(), of={"east"})["taken_up"].tolist() == [True, True, False]


def test_the_three_rungs_worked_by_hand() -> None:
    known = chain()
    rows = rungs(flagged(results(known), links(results(known), known))).set_index("rung")
    assert rows[["objectives", "linked"]].T.to_dict("list") == {"leaders": [4, 2], "people": [1, 1], "across": [5, 2]}
    assert rows["share"].tolist() == [0.5, 1, 0.4]


def test_an_unlinked_goal_from_below_is_an_own_initiative() -> None:
    goals = [TOP, *(objective(f"o{n}", origin=origin) for n, origin in enumerate(["bottom_up", "top_down", "unknown"])),
             objective("up", origin="bottom_up"), objective("beside", origin="bottom_up"),
             objective("served", team_id="Finance", origin="top_down"),
             objective("own", team_id="Company", level="company", origin="bottom_up")]  # fmt: skip
    known = history(goals, [], [], [link("up", "top"), link("beside", "served")])
    (row,) = initiatives(flagged(results(known), links(results(known), known)), known.team).to_dict("records")
    assert row == {"objectives": 8, "should_align": 6, "unlinked": 3, "own_initiatives": 1,
                   "own_initiative_share": pytest.approx(1 / 6)}  # fmt: skip


def test_how_aligned_goals_were_taken_from_above() -> None:
    kinds = ["decomposed", "decomposed", "taken_over", "converted", None]
    goals = [TOP, *(objective(f"o{n}", adoption=kind) for n, kind in enumerate(kinds)),
             objective("loose", adoption="taken_over")]  # fmt: skip
    known = history(goals, [], [], [link(f"o{n}", "top") for n in range(5)])
    flags = flagged(results(known), links(results(known), known))
    (row,) = adoption(flags, known.objective, known.team).to_dict("records")
    assert [row[name] for name in ("aligned", "decomposed", "taken_over", "converted", "unknown")] == [5, 2, 1, 1, 1]
    assert (row["decomposed_share"], row["unknown_share"]) == (0.4, 0.2)


def organised(**kinds: str) -> History:
    """Company, a function and two branches, one below a region, the other with a team."""
    tree = {"Company": None, "Finance": "Company", "Tax": "Finance", "Region": "Company", "North": "Region",
            "Crew": "North"}  # fmt: skip
    goals = [
        TOP, objective("fin", team_id="Finance", level="department"), objective("tax", team_id="Tax"),
        objective("north", team_id="North", level="department"),
        objective("north 2", team_id="North", level="department"), objective("crew", team_id="Crew"),
        objective("digger", team_id="Crew", level="individual"),
        objective("alone", team_id="North", level="individual"),
        objective("clerk", team_id="Company", level="individual"),
    ]  # fmt: skip
    stated = [link("fin", "top"), link("tax", "fin"), link("north 2", "top"), link("crew", "north"),
              link("digger", "crew"), link("tax", "north")]  # fmt: skip
    known = history(goals, [], [], stated, tree=tree)
    usual = {"Company": "company", "Finance": "department", "Region": "division", "North": "branch"} | kinds
    kind = known.team["team_id"].map(usual).astype("str")
    return History(**{**known.frames(), "team": known.team.assign(kind=kind)})


def test_units_are_branches_and_what_hangs_below_the_company() -> None:
    rows = units(organised().team).set_index("team_id")
    assert rows["unit_id"].to_dict() == {"Company": "Company", "Finance": "Finance", "Tax": "Finance",
                                         "Region": "Region", "North": "North", "Crew": "North"}  # fmt: skip
    assert rows.loc[rows["side"] == "branch"].index.tolist() == ["North", "Crew"]
    assert units(chain().team).set_index("team_id")["unit_id"].to_dict() == {
        "Company": "Company", "Sales": "Sales", "East": "Sales", "West": "Sales", "Finance": "Finance"
    }  # fmt: skip


def test_two_flows_worked_by_hand() -> None:
    known = organised()
    found = links(results(known), known)
    rows = flows(flagged(results(known), found), found, known.team).set_index("unit_id")
    columns = ["side", "should_align", "anchored", "within_only", "loose", "below_leaders", "anchored_below",
               "anchored_within"]  # fmt: skip
    assert rows[columns].T.to_dict("list") == {
        "North": ["branch", 5, 1, 2, 2, 3, 0, 2],
        "Company": ["headquarters", 1, 0, 0, 1, 1, 0, 0],
        "Finance": ["headquarters", 2, 2, 0, 0, 1, 1, 1],
    }
    assert rows.loc["North", ["anchored_share", "anchored_within_share"]].tolist() == pytest.approx([0.2, 2 / 3])


def test_who_serves_whom_worked_by_hand() -> None:
    known = organised()
    rows = results(known)
    again = History(**{**known.frames(), "alignment": known.alignment.assign(relation="supports")})
    for asked, supports in ((known, 0), (again, 1)):
        table = serving(rows, links(rows, asked), asked.alignment, quarters=["2025-Q1"])
        assert table.to_dict("records") == [{"serving": "Tax", "served": "North", "links": 1, "supports": supports}]
    found = links(rows, known)
    assert serving(rows, found, known.alignment, quarters=["2025-Q2"]).empty
    assert len(serving(rows, found, known.alignment, quarters=["2025-Q1"], of={"north"})) == 1
    assert serving(rows, found, known.alignment, quarters=["2025-Q1"], of={"fin"}).empty


def test_the_tree_worked_by_hand() -> None:
    goals = [
        TOP, objective("dept", team_id="Sales", level="department", score=0.65),
        objective("loose", team_id="Sales", level="department", score=0.8, ambition="committed"),
        objective("east", team_id="East", score=0.5), objective("west", team_id="West", score=0.8),
        objective("later", team_id="West", cycle="2025-Q2"), objective("person", team_id="West", level="individual"),
    ]  # fmt: skip
    stated = [link("dept", "kt", key_result=True), link("dept", "top"), link("east", "loose"), link("east", "dept"),
              link("east", "top"), link("west", "loose"), link("person", "west"), link("east", "west")]  # fmt: skip
    known = history(goals, [key_result("kt", "top")], [], stated)
    rows = results(known)
    tree = goal_tree(rows, links(rows, known), known.alignment, quarter=quarter(), policy=GUIDE)
    # Of east's parents the first stated leads nowhere; the first of those that lead to the company is shown.
    shown = tree.set_index("objective_id")
    assert shown["under"].dropna().to_dict() == {"dept": "top", "east": "dept", "west": "loose", "person": "west"}
    assert shown["parents"].to_dict() == {"top": 0, "dept": 1, "loose": 0, "east": 3, "west": 1, "person": 1}
    assert shown["root"].to_dict() == {"top": "top", "dept": "top", "east": "top", "loose": "loose", "west": "loose",
                                       "person": "loose"}  # fmt: skip
    assert shown["away"].dropna().to_dict() == pytest.approx({"dept": 0, "loose": -0.2, "east": -0.1, "west": 0.1})
    assert shown["longer"].to_dict()["top"]
    part = goal_tree(rows, links(rows, known), known.alignment, quarter=quarter(), policy=GUIDE, of={"person"})
    assert part["objective_id"].tolist() == ["loose", "person", "west"]


def test_a_circle_is_opened_and_loses_nobody() -> None:
    goals = [objective(name, team_id=team) for name, team in (("a", "East"), ("b", "West"), ("c", "West"))]
    stated = [link("a", "b"), link("b", "a"), link("c", "b")]
    known = history(goals, [], [], stated, tree={"East": "West", "West": "East"})
    rows = results(known)
    tree = goal_tree(rows, links(rows, known), known.alignment, quarter=quarter(), policy=GUIDE)
    assert tree.set_index("objective_id")["under"].fillna("").to_dict() == {"a": "", "b": "a", "c": ""}
