"""A quarter that still runs is said to stand where it stands; nothing about it is a result."""

import pytest

from tests.pages.reading import cells, said
from tests.situations import history, objective


@pytest.mark.parametrize("page", ["overview", "completion", "challenge", "compare", "operation"])
@pytest.mark.parametrize("quarters", [["2026-Q4"], ["2026-Q3", "2026-Q4"]])
def test_no_page_says_that_it_ended(opened, sample, page, quarters):
    app = opened(sample, page, quarters=quarters)
    assert not app.exception
    assert "week 6" in said(app)
    assert "2026-Q4 ended" not in said(app)
    assert "ended 2026-Q4" not in said(app)


def test_it_is_compared_at_the_same_week(opened, sample):
    app = opened(sample, "compare", quarters=["2026-Q4"])
    assert app.header[0].value.startswith("In week 6, 2026-Q4 stands at")
    assert not [toggle for toggle in app.toggle if toggle.key == "same_week"]
    assert [toggle for toggle in opened(sample, "compare", today="2027-01-03").toggle if toggle.key == "same_week"]


def test_its_completion_shows_no_change_and_no_mover(opened, sample):
    app = opened(sample, "completion", quarters=["2026-Q4"])
    assert not any(metric.delta for metric in app.metric)
    assert [list(frame.value.columns) for frame in app.dataframe] == [
        ["team", "rate", "trend", "objectives", "missing"]
    ]
    assert any(metric.delta for metric in opened(sample, "completion", today="2027-01-03").metric)


def test_its_goals_are_not_asked_whether_they_were_hard(opened, sample):
    app = opened(sample, "challenge", quarters=["2026-Q4"])
    assert not app.dataframe
    assert "2026-Q4" not in app.title[0].value
    both = opened(sample, "challenge", quarters=["2026-Q3", "2026-Q4"])
    assert both.title[0].value == "Challenge, 2026-Q3"
    assert "2026-Q4" not in cells(both)


@pytest.mark.parametrize("page", ["overview", "completion", "challenge", "compare", "operation"])
def test_a_history_of_nothing_but_a_running_quarter_stands(opened, publish, page):
    goals = [objective(f"o{n}", score=0.3, cycle="2026-Q4") for n in range(3)]
    app = opened(publish("running", history(goals)), page)
    assert not app.exception
    assert "2026-Q4 ended" not in said(app)
