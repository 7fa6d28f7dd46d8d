"""Links between goals, changes, and what is doubtful about them."""

import pandas as pd

from tests.pipelines.stated import joined, objective, rules, sheet

COMPANY = objective("Company goal", "2025", objective_id="C", team="Company", level="company")
SALES = objective("Sales goal", objective_id="S", team="Company / Sales", level="department")
OPS = objective("Ops goal", objective_id="P", team="Company / Ops", level="department")
GOALS = sheet(COMPANY, SALES, OPS)
PARTS = sheet({"key_result_id": "C1", "objective": "C", "title": "Revenue"}, name="key_results")


def link(child: str, parent: str) -> dict[str, str]:
    return {"objective": child, "parent": parent, "relation": "contributes"}


def links(*pairs: tuple[str, str]) -> pd.DataFrame:
    return sheet(*(link(*pair) for pair in pairs), name="alignment")


def test_a_parent_is_an_objective_or_a_key_result_by_id_or_title() -> None:
    pairs = links(("S", "C"), ("S", "C1"), ("P", "company GOAL"), ("P", "revenue"))
    history, problems = joined(objective=[GOALS], key_result=[PARTS], alignment=[pairs])
    kinds = zip(history.alignment["parent_kind"], history.alignment["parent_id"], strict=True)
    assert list(kinds) == [("objective", "C"), ("key_result", "C1")] * 2
    assert list(history.alignment["child_objective_id"]) == ["S", "S", "P", "P"]
    assert not len(problems)


def test_an_unknown_parent_waits() -> None:
    history, problems = joined(objective=[GOALS], alignment=[links(("S", "nothing"))])
    assert not len(history.alignment)
    assert rules(problems) == ["parent_unknown"]


def test_the_same_link_again_is_one_link() -> None:
    history, _ = joined(objective=[GOALS], alignment=[links(("S", "C"), ("S", "C"))])
    assert len(history.alignment) == 1


def test_a_link_to_itself_and_a_circle_are_reported() -> None:
    _, problems = joined(objective=[GOALS], alignment=[links(("S", "S"), ("S", "C"), ("C", "S"))])
    assert sorted(rules(problems)) == ["link_circle", "link_circle", "link_to_itself"]


def test_a_title_taken_over_whole_means_the_goal_above_and_not_itself() -> None:
    taken_over = objective("company goal", objective_id="S", team="Company / Sales", level="department")
    links_up = links(("S", "Company goal"))
    history, problems = joined(objective=[sheet(COMPANY, taken_over)], alignment=[links_up])
    assert list(history.alignment["parent_id"]) == ["C"]
    assert not len(problems)
    _, problems = joined(objective=[sheet(taken_over)], alignment=[links_up])
    assert rules(problems) == ["link_to_itself"]


def test_lateral_links_both_ways_are_no_circle() -> None:
    _, problems = joined(objective=[GOALS], alignment=[links(("S", "P"), ("P", "S"))])
    assert not len(problems)


def test_a_change_finds_its_key_result_and_objective() -> None:
    change = sheet(
        {"key_result": "C1", "changed_on": "2025-02-03", "field": "target", "old": "10", "new": "12"},
        {"objective": "S", "changed_on": "2025-02-03", "field": "title", "old": "a", "new": "b"},
        {"objective": "S", "changed_on": "2025-02-03", "field": "title", "old": "a", "new": "b"},
        name="changes",
    )
    history, problems = joined(objective=[GOALS], key_result=[PARTS], change=[change])
    assert list(history.change["objective_id"]) == ["C", "S"]
    assert list(history.change["key_result_id"].fillna("")) == ["C1", ""]
    assert not len(problems)


def weighted(*weights: float | None) -> list[str]:
    parts = [
        {"key_result_id": f"k{n}", "objective": "S", "title": f"Part {n}", "weight": w} for n, w in enumerate(weights)
    ]
    _, problems = joined(objective=[GOALS], key_result=[sheet(*parts, name="key_results")])
    return rules(problems)


def test_weights_that_do_not_sum_to_one_are_doubtful() -> None:
    assert weighted(0.3, 0.4, 0.3) == []
    assert weighted(0.33, 0.33, 0.33) == []
    assert weighted(0.5, 0.4) == ["weights_sum"]
    assert weighted(0.8, 0.4, None) == ["weights_sum"]
    assert weighted(0.5, None) == []


def test_a_check_in_outside_its_cycle_counts_and_is_doubtful() -> None:
    check = sheet(
        {"key_result": "C1", "checked_on": "2026-01-02", "value": 1.0},
        {"key_result": "C1", "checked_on": "2025-12-31", "value": 1.0},
        name="check_ins",
    )
    history, problems = joined(objective=[GOALS], key_result=[PARTS], check_in=[check])
    assert len(history.check_in) == 2
    assert (rules(problems), list(problems["row"])) == (["check_in_outside_cycle"], [2])


def test_a_person_is_on_the_roster_once_with_the_team() -> None:
    rows = sheet(
        {"person": "Li", "team": "Company / Sales", "in_scope_from": "2025-01-01"}, {"person": "Li", "rank": "M2"}
    )
    history, _ = joined(objective=[GOALS], person=[rows])
    (row,) = history.person.to_dict("records")
    assert (row["rank"], row["team_id"]) == ("M2", history.objective["team_id"].iloc[1])
