"""Partners: worked by hand, and a second time link by link in plain Python."""

from datetime import date

import pandas as pd
import pytest

from pipelines import policy
from pipelines.metrics.partners import partners
from pipelines.metrics.results import objective_results
from tests.companies import company_facts
from tests.situations import check_in, history, key_result, link, objective

GUIDE, DAY = policy.load(), date(2025, 2, 14)


def asked(facts, team, day=DAY):
    results = objective_results(facts, policy=GUIDE, as_of=day)
    own = set(results.loc[results["team_id"] == team, "objective_id"])
    return partners(results, facts, own=own, day=day)


def test_links_up_and_across_are_told_from_our_side():
    facts = history(
        [
            objective("ours", team_id="East"),
            objective("mine", team_id="East", level="individual"),
            objective("above", team_id="Sales", cycle="2025"),
            objective("beside", team_id="Finance"),
            objective("later", team_id="West", cycle="2025-Q2"),
        ],
        [key_result("k1", "above"), key_result("k2", "beside")],
        [check_in("k1", "2025-02-01", 3), check_in("k2", "2025-02-14", 6), check_in("k2", "2025-02-15", 9)],
        [link("ours", "k1", key_result=True), link("beside", "ours"), link("mine", "ours"), link("later", "ours"),
         link("ours", "nowhere")],
    )  # fmt: skip
    rows = asked(facts, "East").to_dict("records")
    assert [(row["direction"], row["own_id"], row["objective_id"], row["team"]) for row in rows] == [
        ("serves_us", "ours", "beside", "Finance"),
        ("serves_us", "ours", "later", "West"),
        ("we_serve", "ours", "above", "Sales"),
    ]
    # February 14 is day 45 of 90 in the quarter and of 365 in the year; the second quarter has not begun.
    assert [row["expected"] for row in rows] == pytest.approx([0.5, 0.0, 45 / 365])
    assert [row["score"] for row in rows] == pytest.approx([0.6, float("nan"), 0.3], nan_ok=True)


def test_a_draft_partner_is_none():
    facts = history(
        [objective("ours", team_id="East"), objective("draft", team_id="Finance", status="draft")],
        links=[link("draft", "ours"), link("ours", "draft")],
    )
    assert asked(facts, "East").empty


def test_the_same_partners_link_by_link():
    facts = company_facts(people=40, quarters=2, seed=5)
    linked = facts.alignment
    assert linked.empty, "generated facts hold no links; this test makes its own"
    goals = facts.objective[facts.objective["status"] != "cancelled"]
    pairs = zip(goals["objective_id"][::3], goals["objective_id"].iloc[::-1][::3], strict=True)
    stated = pd.DataFrame([link(child, parent) for child, parent in pairs if child != parent])
    facts = type(facts).of(**{**facts.frames(), "alignment": stated.assign(batch_id=1, file="a", row=1)})
    day = date(2026, 8, 20)
    results = objective_results(facts, policy=GUIDE, as_of=day)
    by_id = results.set_index("objective_id")
    parent = facts.team.set_index("team_id")["parent_team_id"]

    def above(upper, lower):
        while lower is not None and not pd.isna(lower):
            lower = parent.get(lower)
            if lower == upper:
                return True
        return False

    def counts(one, other):
        a, b = by_id.loc[one], by_id.loc[other]
        inside = b["starts_on"] <= a["starts_on"] and a["ends_on"] <= b["ends_on"]
        if not (a["counted"] and b["counted"]):
            return False
        if a["team_id"] == b["team_id"]:
            return False
        lateral = not above(a["team_id"], b["team_id"]) and not above(b["team_id"], a["team_id"])
        return lateral or (inside and above(b["team_id"], a["team_id"]))

    for team in facts.team["team_id"]:
        own = set(results.loc[results["team_id"] == team, "objective_id"])
        found = partners(results, facts, own=own, day=day)
        plain = {
            (direction, mine, theirs)
            for child, upper in zip(stated["child_objective_id"], stated["parent_id"], strict=True)
            for direction, mine, theirs in (("we_serve", child, upper), ("serves_us", upper, child))
            if mine in own and counts(child, upper)
        }
        assert set(zip(found["direction"], found["own_id"], found["objective_id"], strict=True)) == plain
