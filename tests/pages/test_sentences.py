"""What pages say about their figures is true of the figures shown."""

from datetime import date

import pandas as pd
import pytest

from dashboard import sentences
from dashboard.navigation import PAGES
from dashboard.selection import Selection
from dashboard.summaries import challenge, uploads
from dashboard.visit import Visit
from dashboard.wording import Wording
from tests.pages.reading import said
from tests.situations import history, objective


@pytest.mark.parametrize(
    ("language", "few", "one_more", "many"),
    [
        (
            "en",
            "East, \\*West\\*, 3",
            "East, \\*West\\*, 3 and 1 more team",
            "East, \\*West\\*, 3 and 12,000 more teams",
        ),
        (
            "zh_CN",
            "East、\\*West\\*、3",
            "East、\\*West\\*、3 及另外 1 个团队",
            "East、\\*West\\*、3 及另外 12,000 个团队",
        ),
    ],
)
def test_of_many_teams_the_first_are_named_and_the_others_counted(language, few, one_more, many):
    names, words = ["East", "*West*", *map(str, range(3, 12_004))], Wording(language)
    assert [sentences.teams(words, names[:count]) for count in (3, 4, 12_003)] == [few, one_more, many]


@pytest.mark.parametrize(("language", "end"), [("en", " and 7 more)."), ("zh_CN", " 及另外 7 个）。")])
def test_of_many_loads_and_files_of_a_name_the_first_are_named_and_the_others_counted(language, end):
    words, found = Wording(language), {"earlier": list(range(1, 11)), "elsewhere": [f"{n}/goals" for n in range(10)]}
    assert uploads.earlier(words, found).endswith(end)
    told = uploads.elsewhere(words, found)
    assert "2/goals" in told
    assert "3/goals" not in told


@pytest.mark.parametrize(("language", "end"), [("en", "not named and 2 more teams"), ("zh_CN", " 及另外 2 个团队")])
def test_so_many_teams_as_stand_out_are_counted_whether_or_not_they_are_named(language, end):
    visit = Visit(Wording(language), Selection(), "", date(2025, 5, 1), ())
    teams = pd.DataFrame({"team": list("ABCDEF"), "flagged": [True] * 5 + [False], "named": [True] * 2 + [False] * 4})
    title = challenge.teams_title(visit, teams)
    assert title.endswith(end)
    assert not [name for name in "CDEF" if name in title.split()]


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
