"""What pages say about their figures is true of the figures shown."""

import pytest

from dashboard.navigation import PAGES
from tests.pages.reading import said
from tests.situations import history, objective


@pytest.fixture
def apart(publish):
    """High scores a lot more often than others, Low never; as many goals end in two tenths."""
    goals = [objective(f"h{n}", score=0.95, team_id="High") for n in range(20)]
    goals += [objective(f"l{n}", score=0.35, team_id="Low") for n in range(20)]
    return publish("apart", history(goals, tree={"High": None, "Low": None}))


def test_all_of_the_fullest_tenths_are_named(opened, apart):
    page = said(opened(apart, "challenge"))
    assert "Where most goals not committed ended: 30% to 40%, 90% to 100%" in page


def test_a_team_far_below_is_not_said_to_be_like_the_others(opened, apart):
    page = said(opened(apart, "challenge"))
    assert "upwards it does not differ from the others" in page
    assert "every other team" not in page


def test_where_all_goals_are_labelled_no_share_is_told(opened, apart):
    assert opened(apart, "challenge").markdown[0].value == "Each goal says whether it is committed or aspirational."


@pytest.mark.parametrize("page", [page for page in PAGES if page != "definitions"])
def test_english_grades_are_english_words(opened, sample, page):
    assert "优" not in said(opened(sample, page))


def test_definitions_show_the_grades_in_both_languages(opened, sample):
    assert "Excellent 优" in said(opened(sample, "definitions"))


def test_the_movements_counted_are_the_movements_listed(opened, sample):
    app = opened(sample, "completion", today="2027-01-03")
    movers = next(frame.value for frame in app.dataframe if "toward" in frame.value)
    nearer, further = (movers["direction"] == "nearer").sum(), (movers["direction"] == "further").sum()
    assert f": {nearer} nearer to where the goals should be, {further} further" in said(app)


def test_definitions_say_what_moving_forward_is(opened, sample):
    assert "moved forward in a week if" in said(opened(sample, "definitions"))


def test_a_goal_below_the_limit_is_not_printed_at_it(opened, publish):
    data_dir = publish("low", history([objective("o1", score=0.396), objective("o2", score=0.29)]))
    low = next(frame.value for frame in opened(data_dir, "completion").dataframe if "moved" in frame.value)
    assert list(low["score"]) == ["29%", "39.6%"]
