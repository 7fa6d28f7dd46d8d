"""The pages Year and Rules and changes say what the figures say."""

from urllib.parse import unquote

import pytest

from tests.metrics.test_year import RAISED, contracts
from tests.pages.reading import cells, said
from tests.situations import history, key_result, objective


@pytest.fixture
def year(publish):
    return publish("contracts", contracts(RAISED, months=True))


def test_the_year_stands_against_its_plan(opened, year):
    page = said(opened(year, "year", today="2025-11-10"))
    assert "2025 has 1 annual goal, 0 of the company" in page
    assert "42 of 40 contracts planned so far (105%); 42 of the year's 50 (84%)" in page
    assert "8 are still needed; 12 are planned for the rest of the year, which is enough." in page
    assert "The parts plan 52, the whole 50: a difference of 2. Before changes they planned 50." in page
    assert "4 parts: 1 not ended, 0 ended without a number" in page


def test_as_of_a_past_day_nothing_later_is_known(opened, year):
    page = said(opened(year, "year", today="2026-02-10", as_of="2025-06-30"))
    assert "22 of 23 contracts planned so far" in page
    assert "28 are still needed; 27 are planned for the rest of the year, which is not enough." in page
    assert "Before changes" not in page


def test_parts_stand_below_each_other_and_changes_with_their_reason(opened, year):
    table = unquote(cells(opened(year, "year", today="2025-11-10")))
    assert "　Result r1" in table
    assert "Target: 10 → 12, raised" in table
    assert RAISED["reason"] in table
    assert RAISED["approved_by"] not in table


def test_no_band_word_is_said_of_an_annual_goal(opened, sample):
    page = said(opened(sample, "year")) + cells(opened(sample, "year"))
    assert not [word for word in ("Excellent", "Good", "Medium", "Fair", "Poor") if word in page]


def test_the_rules_say_what_was_found_and_what_changed(opened, year):
    app = opened(year, "rules", today="2026-01-10")
    page = said(app)
    assert "1 change since the goals were agreed: 1 raised, 0 eased, 0 otherwise; 1 not as the rule asks" in page
    assert "Parts and whole" in cells(app)


def test_rules_kept_and_nothing_changed(opened, publish):
    known = history([objective("a", title="A title that says enough")], [key_result("k", "a")], tree={"Sales": None})
    page = said(opened(publish("kept", known), "rules", today="2025-02-10"))
    assert "1 goal checked: every rule is kept" in page
    assert "Nothing is known to have changed" in page


def test_a_change_of_unknown_day_is_not_held_against_a_goal(opened, publish):
    moved = {"objective_id": "a", "key_result_id": "k", "field": "target", "old": "10", "new": "12", "reason": "why"}
    known = history([objective("a", agreed_on="2025-01-05")], [key_result("k", "a")], changes=[moved])
    page = said(opened(publish("undated", known), "rules", today="2025-04-10"))
    assert "1 raised, 0 eased, 0 otherwise; 0 not as the rule asks (1 of unknown day" in page


def test_two_tracks(opened, publish):
    results = [key_result("k", "a", base_target=8.0, stretch_target=12.0, current=9.0)]
    data = publish("tracks", history([objective("a")], results, tree={"Sales": None}))
    app = opened(data, "rules", today="2025-04-10")
    assert "0 reached the stretch target, 1 the base target" in said(app)
    assert "75%" in cells(app)


def test_who_has_no_annual_goal_is_told_so(opened, publish):
    data = publish("quarters", history([objective("a")], tree={"Sales": None}))
    assert "No annual goal of 2025 is selected." in said(opened(data, "year", today="2025-04-10"))


def test_a_share_just_below_what_a_rule_asks_does_not_look_like_it(opened, publish):
    origins = dict(enumerate(["bottom_up"] * 299 + ["top_down"] * 201))
    goals = [
        objective(f"o{place}", origin=origin, title="A title that says enough") for place, origin in origins.items()
    ]
    known = history(goals, [key_result(f"k{place}", f"o{place}") for place in origins])
    table = cells(opened(publish("just below", known), "rules", today="2025-04-10"))
    assert "0.598" in table
    assert "≥ 0.6" in table
