"""Filters: shared, kept in the link, followed by every page."""

from urllib.parse import parse_qs

import pandas as pd
import pytest

from dashboard.selection import Selection
from tests.pages.reading import said


def test_a_link_selects_the_team_with_all_below_it(opened, sample):
    app = opened(sample, "completion", teams=["Sales 销售中心"])
    teams = set(app.dataframe[0].value["team"])
    assert teams == {"Sales 销售中心", "East Sales 华东销售"}


def test_the_filters_follow_from_page_to_page(opened, sample):
    app = opened(sample, "completion", teams=["Finance 财务"])
    app.switch_page("app_pages/compare.py").run()
    assert app.multiselect(key="teams").value == ["Finance 财务"]


def test_a_chosen_quarter_is_what_the_page_is_about(opened, sample):
    assert "Completion in 2026-Q4" in said(opened(sample, "completion", quarters=["2026-Q4"]))


def test_the_quarter_before_is_one_press_away(opened, sample):
    app = opened(sample, "compare", quarters=["2026-Q4"])
    next(button for button in app.button if button.label.startswith("Quarter before")).click().run()
    assert app.multiselect(key="quarters").value == ["2026-Q3", "2026-Q4"]
    assert "2026-Q4 ended at" in app.header[0].value or "2026-Q4" in app.header[0].value


def test_at_the_same_week_quarters_of_different_length_compare(opened, sample):
    app = opened(sample, "compare", today="2027-01-03", quarters=["2026-Q3", "2026-Q4"], same_week="true")
    assert not app.exception
    assert app.header[0].value.startswith("At the end of week 14, 2026-Q4 stood at")


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(quarters=("2025-Q1", "2025-Q2"), teams=("A & B = C", "研发"), executives=("X?",)),
        Selection(ambitions=("committed",), levels=("unknown", "team")),
    ],
)
def test_a_selection_survives_its_text(selection):
    assert Selection.read(selection.text()) == selection
    assert set(parse_qs(selection.text())) <= set(vars(selection))


def test_an_unknown_level_can_be_chosen():
    results = pd.DataFrame({"level": ["team", None], "ambition": ["unknown", "unknown"], "team_id": ["a", "a"]})
    teams = pd.DataFrame({"team_id": ["a"], "parent_team_id": [None], "name": ["A"], "path": ["A"]})
    assert len(Selection(levels=("unknown",)).rows(results, teams)) == 1
    assert len(Selection().rows(results, teams)) == 2


def test_what_a_link_names_in_vain_is_said(opened, sample):
    app = opened(sample, teams=["No *such* team"], quarters=["1999-Q1"])
    assert [warning.value.replace("\\", "") for warning in app.warning] == [
        "Not found, so left out: 1999-Q1, No *such* team"
    ]
    assert not opened(sample, teams=["Finance 财务"]).warning
    many = [f"Team {number}" for number in range(200)]
    for locale, told in {"en-US": "Team 2 and 197 more", "zh-CN": "Team 2 及另外 197 个"}.items():
        (warning,) = opened(sample, teams=many, locale=locale).warning
        assert warning.value.endswith(told)


def test_the_first_quarter_alone_is_compared_with_none(opened, sample):
    page = said(opened(sample, "compare", quarters=["2026-Q3"]))
    assert "no earlier quarter" in page
    assert "2026-Q4" not in page


def test_the_language_and_the_quarters_compared_are_marked(opened, sample):
    app = opened(sample, "compare", quarters=["2026-Q3", "2026-Q4"], locale="zh-CN")
    assert app.segmented_control(key="lang").value == "中文"
    assert [button.proto.icon for button in app.button if "2026-Q3" in button.label] == [":material/check:"]
