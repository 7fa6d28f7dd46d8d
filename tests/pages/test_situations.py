"""Every page in every situation says something, and breaks in none."""

import pytest

from dashboard.navigation import PAGES
from tests.pages.reading import said
from tests.situations import OFTEN, SITUATIONS


def marked(situation):
    """The situations that found most in every run, the others in a thorough one; each is met by one process."""
    marks = [pytest.mark.xdist_group(situation)]
    return pytest.param(situation, marks=marks if situation in OFTEN else [*marks, pytest.mark.thorough])


@pytest.mark.parametrize("situation", [marked(name) for name in SITUATIONS])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_in_every_situation(opened, publish, page, situation):
    app = opened(publish(situation, SITUATIONS[situation]()), page, today="2026-05-01")
    assert not app.exception
    assert app.title[0].value


@pytest.mark.parametrize("locale", ["zh-CN", pytest.param("en-US", marks=pytest.mark.thorough)])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_sample_stands_in_both_languages(opened, sample, page, locale):
    app = opened(sample, page, locale=locale)
    assert not app.exception
    assert len(said(app)) > (100 if page != "goal" else 20)


@pytest.mark.parametrize("page", ["overview", "completion", "challenge", "compare"])
def test_without_a_warehouse_every_page_says_what_to_run(opened, tmp_path, page):
    app = opened(tmp_path, page)
    assert not app.exception
    assert "okr ingest" in said(app)
    assert "make demo" in said(app)


def test_definitions_need_no_warehouse(opened, tmp_path):
    app = opened(tmp_path, "definitions")
    assert not app.exception
    assert "completion_rate" in said(app)


def test_a_damaged_warehouse_is_told_without_a_traceback(opened, tmp_path):
    (tmp_path / "CURRENT").write_text("okr-000001-abcdef12")
    app = opened(tmp_path)
    assert not app.exception
    assert "okr build" in said(app)


@pytest.mark.parametrize("page", ["overview", "completion", "challenge", "compare"])
def test_filters_that_select_nothing_say_so(opened, sample, page):
    app = opened(sample, page, teams=["Finance 财务"], aspirational="true")
    assert not app.exception
    assert "No objective matches" in said(app)


def test_a_link_with_an_unknown_team_is_read_without_it(opened, sample):
    app = opened(sample, "completion", teams=["No such team"], quarters=["1999-Q1"])
    assert not app.exception
    assert "Completion in 2026-Q3" in said(app)
