"""A day in the past: every page as it was known then."""

from datetime import date

import pytest

from dashboard.navigation import PAGES, WITHOUT_FIGURES
from pipelines import policy
from pipelines.metrics.completion import completion
from pipelines.metrics.results import objective_results, objective_weeks
from pipelines.metrics.weeks import weeks_until
from tests.pages.reading import said
from tests.situations import check_in, history, key_result, objective

FIGURES = [page for page in PAGES if page not in WITHOUT_FIGURES]


def cut(facts, day):
    """The same facts with no check-in after the day."""
    kept = facts.check_in[facts.check_in["checked_on"] <= day]
    return type(facts).of(**{**facts.frames(), "check_in": kept})


@pytest.mark.parametrize("page", FIGURES)
def test_every_page_stands_on_a_past_day_and_says_so(opened, sample, page):
    app = opened(sample, page, as_of="2026-08-10")
    assert not app.exception
    assert "As it stood at the end of Aug 10, 2026" in said(app)


def test_the_page_counts_what_was_known_that_day_alone(opened, sample):
    from pipelines import warehouse

    facts = warehouse.history(warehouse.current(sample))
    known = objective_results(facts, policy=policy.load(), as_of=date(2026, 8, 10))
    rate = completion(known[known["quarter"] == "2026-Q3"], facts.team, policy=policy.load())["completion_rate"].iloc[0]
    app = opened(sample, "completion", as_of="2026-08-10", quarters=["2026-Q3"])
    assert app.metric[0].value == f"{rate:.0%}"
    assert "week 6 of 14" in said(app)


def test_quarters_that_had_not_begun_are_not_offered(opened, sample):
    app = opened(sample, "overview", as_of="2026-08-10", quarters=["2026-Q4", "2026-Q3"])
    assert app.multiselect(key="quarters").options[0] == "2026-Q3"
    assert app.multiselect(key="quarters").value == ["2026-Q3"]
    assert "left out" in app.warning[0].value


def test_a_quarter_on_its_last_day_is_over(opened, sample):
    text = said(opened(sample, "completion", as_of="2026-09-30"))
    assert "Completion in 2026-Q3" in text
    assert "still running" not in text


def test_one_press_leads_back_to_today(opened, sample):
    app = opened(sample, "completion", as_of="2026-08-10")
    next(button for button in app.button if button.label == "Back to today").click().run()
    assert "As it stood" not in said(app)
    assert app.date_input(key="as_of").value is None


@pytest.mark.parametrize("day", ["1999-01-01", "2030-01-01", "soon"])
def test_a_day_of_which_nothing_can_be_known_is_none(opened, sample, day):
    app = opened(sample, "completion", as_of=day)
    assert not app.exception
    assert "As it stood" not in said(app)
    assert "left out" in app.warning[0].value


def test_the_running_week_ends_with_the_day():
    facts = history(
        [objective("o1")],
        [key_result("k1", "o1")],
        [check_in("k1", "2025-01-03", 2), check_in("k1", "2025-01-09", 4), check_in("k1", "2025-01-13", 9)],
    )
    day, rules = date(2025, 1, 10), policy.load()
    weeks = weeks_until(
        objective_weeks(facts, policy=rules), objective_results(facts, policy=rules, as_of=day), day=day
    )
    assert list(weeks["score"]) == [0.2, 0.4]
    assert list(weeks["week"]) == [1, 2]
    # Over facts cut at the day, the same weeks give the same scores.
    again = objective_weeks(cut(facts, str(day)), policy=rules)
    assert list(again["score"])[:2] == [0.2, 0.4]
