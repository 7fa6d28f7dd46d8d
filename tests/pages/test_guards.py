"""The guards of the method, on the page and in what is taken away."""

import pytest

from dashboard.navigation import PAGES
from pipelines import warehouse
from pipelines.metrics.catalogue_challenge import GUARD
from pipelines.wording import translate
from tests.pages.reading import cells, said
from tests.situations import history, objective

QUARTERS = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")


@pytest.fixture
def once(publish):
    """East far above in one quarter only, West a little above in two."""
    goals = [objective(f"e{n}", score=0.95, cycle="2025-Q4", team_id="East") for n in range(8)]
    for place, quarter in enumerate(QUARTERS):
        goals += [objective(f"w{quarter}{n}", score=0.9 if place < 2 and n < 3 else 0.6, cycle=quarter, team_id="West")
                  for n in range(6)]  # fmt: skip
        goals += [objective(f"f{quarter}{n}", score=0.65, cycle=quarter, team_id="Finance") for n in range(6)]
    return publish("once", history(goals))


def test_the_guard_and_the_unlabelled_share_stand_first(opened, sample):
    for locale, language, asked in (("en-US", "en", "do not say"), ("zh-CN", "zh_CN", "没有标注")):
        app = opened(sample, "challenge", locale=locale)
        assert app.info[0].value == translate(GUARD, language)
        assert app.header[0].value.index("%") < app.header[0].value.index(asked)


def test_a_team_is_named_only_if_above_in_at_least_two_quarters(opened, once):
    app = opened(once, "challenge", today="2026-01-20")
    page = said(app) + cells(app)
    assert "East" not in page
    assert "West" in page


def test_a_team_far_above_in_one_quarter_is_told_of_without_its_name(opened, once):
    page = said(opened(once, "challenge", today="2026-01-20", quarters=["2025-Q4"]))
    assert "Near excellent more often than chance allows: not named" in page
    assert "East" not in page


def test_the_words_of_blame_stand_nowhere(opened, sample):
    for page in PAGES:
        for locale in ("en-US", "zh-CN"):
            app = opened(sample, page, locale=locale)
            text = (said(app) + cells(app)).casefold()
            assert "sandbag" not in text
            assert "放水" not in text


def test_no_page_shows_a_person(opened, sample):
    owners = set(warehouse.table(warehouse.current(sample), "objective")["owner"].dropna())
    executives = set(warehouse.table(warehouse.current(sample), "team")["executive"].dropna())
    assert owners
    for page in PAGES:
        app = opened(sample, page)
        text = said(app) + cells(app)
        assert not [owner for owner in owners - executives if owner in text]


def test_committed_goals_are_never_listed_as_easy(opened, publish):
    kept = [objective(f"o{n}", score=1.0, ambition="committed", team_id="Finance") for n in range(8)]
    app = opened(publish("kept", history(kept)), "challenge")
    assert not app.dataframe
    assert "could be near" in said(app)


def test_titles_and_names_are_never_active(opened, publish):
    title, team = "=1+1 **bold** [x](http://example.org)", "<b>Te*a*m</b> :red[x]"
    goals = [objective(f"o{n}", title=title, team_id=team, score=0.3) for n in range(3)]
    data_dir = publish("active", history(goals, tree={team: None}))
    for page in PAGES:
        app = opened(data_dir, page)
        assert not app.exception
        assert "**bold**" not in said(app)
        assert ":red[" not in said(app)
        assert "<b>Te" not in said(app)
