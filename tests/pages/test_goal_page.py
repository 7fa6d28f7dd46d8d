"""A goal's page: where it stands, its check-ins, its links, and where each number comes from; no person."""

from datetime import date

import pytest

from pipelines import warehouse
from pipelines.dossier import dossier
from tests.pages.reading import cells, said
from tests.situations import check_in, history, key_result, link, objective

GOALS = [
    objective(
        "o1", score=0.9, cycle="2026-Q3", owner="Ada Lovelace", reviewed_on="2026-09-30", next_steps="Aim higher."
    ),
    objective("low", score=0.3, cycle="2026-Q3"),
    objective("fair", score=0.5, cycle="2026-Q3"),
    objective("sweet", score=0.65, cycle="2026-Q3"),
    objective("above", score=0.8, cycle="2026-Q3"),
    objective("kept", score=1.0, cycle="2026-Q3", ambition="committed"),
    objective("broken", score=0.9, cycle="2026-Q3", ambition="committed"),
    objective("now", cycle="2026-Q4"),
    objective("silent", cycle="2026-Q4"),
    objective("draft", cycle="2026-Q4", status="draft"),
]
ASKED = {
    "o1": "near excellent: was it too easy?",
    "low": "below 40%: go on with it?",
    "fair": "below 60%: change it",
    "sweet": "in the sweet spot",
    "above": "above the sweet spot",
    "kept": "as committed",
    "broken": "it was committed, so due at 100%",
    "now": "Stands at 20% where 42% of its time has passed",
    "silent": "No score yet: none of its 1 key results has data",
    "draft": "it takes part in no figure",
}


@pytest.fixture(scope="module")
def told(publish):
    parts = [key_result("k1", "o1"), key_result("kn", "now"), key_result("ks", "silent")]
    notes = [check_in("k1", "2026-08-01", 4, note="Two deals slipped.", author="Ada Lovelace", confidence=0.5)]
    of = {"objective_id": "o1", "key_result_id": "k1"}
    people = {"changed_on": "2026-08-01", "old": "Zhang San", "new": "Li Si", **of}
    changes = [{"changed_on": "2026-08-05", "field": "target", "old": "12", "new": "10", "reason": "Fewer shops",
                "approved_by": "Grace Hopper", **of},
               {"field": "target", "old": "14", "new": "12", "reason": "Of no known day", **of},
               *({"field": field, **people} for field in ("owner", "Assignee", "负责人"))]  # fmt: skip
    known = history(GOALS, parts, [*notes, check_in("kn", "2026-10-20", 2)], [link("sweet", "o1")], changes=changes)
    return publish("goals of one page", known)


@pytest.mark.parametrize("goal", ASKED)
def test_it_says_where_it_stands_and_what_that_asks(opened, told, goal):
    app = opened(told, "goal", goal=goal)
    assert not app.exception
    assert ASKED[goal] in app.header[0].value


def test_it_shows_check_ins_changes_links_and_places_but_nobody(opened, told):
    app = opened(told, "goal", goal="o1")
    shown = cells(app) + said(app)
    for words in (
        "Two deals slipped.",
        "Fewer shops",
        "Target: 12 → 10, eased",
        "stated",
        "Goal sweet",
        "Aim higher.",
        "2 · history.xlsx",
    ):
        assert words in shown
    assert not [name for name in ("Ada", "Lovelace", "Grace", "Hopper", "Zhang", "Li Si") if name in shown]


def test_changes_told_by_check_ins_stand_there_with_their_place(opened, publish):
    said_ = [check_in("k", "2026-07-10", 1, target=10.0), check_in("k", "2026-08-10", 2, target=12.0)]
    goal = objective("o", cycle="2026-Q3", agreed_on="2026-07-05")
    app = opened(publish("stated targets", history([goal], [key_result("k", "o")], said_)), "goal", goal="o")
    (moved,) = (frame.value for frame in app.dataframe if "approved" in frame.value)
    (row,) = moved.to_dict("records")
    assert (row["change"], row["approved"]) == ("Target: 10 → 12, raised", "none stated")
    assert "after it was agreed" in row["changed_on"]
    assert row["origin"] == "3 · history.xlsx"


def test_nobody_is_named_on_the_page_of_rules_either(opened, told):
    app = opened(told, "rules", quarters="2026-Q3")
    shown = cells(app) + said(app)
    assert "Target: 12 → 10, eased" in shown
    assert not [name for name in ("Grace", "Zhang", "Li Si", "Assignee") if name in shown]


def test_on_a_past_day_it_knows_nothing_later(opened, told):
    app = opened(told, "goal", goal="o1", as_of="2026-08-03")
    shown = cells(app) + said(app)
    assert "Stands at 40%" in shown
    assert "Fewer shops" not in shown
    assert "Of no known day" not in shown
    assert "Of no known day" in cells(opened(told, "goal", goal="o1"))
    assert "Aim higher." not in shown
    assert "Two deals slipped." not in cells(opened(told, "goal", goal="o1", as_of="2026-07-31"))


def test_a_change_without_a_day_is_not_known_as_of_one(told):
    version = warehouse.current(told)
    told_of = {day: [row["reason"] for row in dossier(version, "o1", as_of=day)["changes"] if row["field"] == "target"]
               for day in (None, date(2026, 8, 4), date(2026, 8, 5))}  # fmt: skip
    assert [len(reasons) for reasons in told_of.values()] == [2, 0, 1]


def test_an_unknown_goal_is_answered_with_near_ones(opened, told):
    app = opened(told, "goal", goal="swet")
    assert not app.exception
    assert "sweet" in app.warning[0].value


def test_without_a_goal_one_can_be_chosen_and_stands_in_the_link(opened, sample):
    app = opened(sample, "goal")
    assert "Choose a goal" in said(app)
    box = app.selectbox(key="goal")
    first = next(iter(warehouse.table(warehouse.current(sample), "objective")["objective_id"]))
    box.set_value(first).run()
    assert app.query_params["goal"] in (first, [first])
    assert len(app.dataframe) > 0
