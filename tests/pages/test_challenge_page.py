"""The page Challenge: its first sentence, new goals, evidence in groups, the other end, a policy of one's own."""

import shutil

import pytest

from pipelines.metrics.catalogue_challenge import CHANGED, DIFFERS, EASY, GUARD
from pipelines.wording import translate
from tests.pages.reading import cells, said
from tests.situations import low_and_done, mostly_too_high, near_the_top, new_cycle


def test_where_most_is_too_high_the_first_sentence_says_so_though_no_team_is_flagged(opened, publish):
    app = opened(publish("mostly_too_high", mostly_too_high()), "challenge", today="2026-01-20")
    assert app.header[0].value.endswith("80% ended near excellent, above the ceiling of 20%.")
    assert "No team is near excellent more often than chance allows" in said(app)
    chinese = opened(publish("mostly_too_high", mostly_too_high()), "challenge", today="2026-01-20", locale="zh-CN")
    assert "80% 接近优，超过 20% 的上限" in chinese.header[0].value


@pytest.mark.parametrize(("today", "listed"), [("2025-04-10", True), ("2025-04-15", True), ("2025-04-16", False)])
def test_new_goals_are_listed_until_they_are_to_be_aligned(opened, publish, today, listed):
    app = opened(publish("new_cycle", new_cycle()), "challenge", today=today)
    assert not app.exception
    assert ("New goals to look at: 4 of 5" in said(app)) == listed
    assert ("those of 2025-Q2 were until Apr 15, 2025" in said(app)) == (not listed)
    assert ("Save again" in cells(app).replace("%20", " ")) == listed


def test_new_goals_follow_the_filters(opened, publish):
    data_dir = publish("new_cycle", new_cycle())
    assert "New goals to look at: 1 of 1" in said(opened(data_dir, "challenge", today="2025-04-10", teams=["East"]))
    assert "New goals" not in said(opened(data_dir, "challenge", today="2025-04-10", quarters=["2025-Q1"]))


def test_the_sample_shows_new_goals_in_the_first_days_of_its_running_quarter(opened, sample):
    assert "New goals to look at: " in said(opened(sample, "challenge", today="2026-10-10"))
    assert "New goals to look at: " not in said(opened(sample, "challenge"))


def test_new_goals_stand_before_any_quarter_has_ended(opened, publish):
    app = opened(publish("new_cycle", new_cycle()), "challenge", today="2024-10-05")
    assert not app.exception
    assert app.info[0].value == GUARD


def test_evidence_stands_in_its_three_groups(opened, publish):
    data_dir = publish("near_the_top", near_the_top())
    for locale, language in (("en-US", "en"), ("zh-CN", "zh_CN")):
        app = opened(data_dir, "challenge", today="2026-01-20", locale=locale)
        assert all(translate(group, language) in said(app) for group in (EASY, CHANGED, DIFFERS))
        frame = app.dataframe[0].value
        assert frame["easy"].notna().all()
        assert frame["differs"].notna().sum() == 1


def test_the_other_end_says_it_in_the_methods_words(opened, publish):
    app = opened(publish("low_and_done", low_and_done()), "challenge", today="2025-05-01")
    text = said(app)
    assert "The other end: 70% of 10 goals ended below 60%, 20% below 40%" in text
    assert "A low score is no failure, but a way to see what does not matter." in text
    assert "Key results done, the goal not: 2 goals" in text
    assert cells(app).count("Go on with it?") == 2
    assert cells(app).count("Change it?") == 5


def test_the_window_and_the_bounds_are_the_policys(opened, publish, tmp_path):
    data_dir = tmp_path / "own"
    shutil.copytree(publish("near_the_top", near_the_top()), data_dir)
    written = "[challenge]\nwindow = 2\nceiling = 0.5\n"
    (data_dir / "policy.toml").write_text(written, encoding="utf-8")
    app = opened(data_dir, "challenge", today="2026-01-20")
    assert app.title[0].value == "Challenge, 2025-Q3 to 2025-Q4"
    assert "within the ceiling of 50%" in app.header[0].value
    text = said(opened(data_dir, "definitions"))
    assert "2 values differ from the preset guide" in text
    assert "0.2" in text


@pytest.mark.parametrize("name", ["challenge", "definitions", "overview"])
def test_a_wrong_policy_is_told_on_the_page_without_a_traceback(opened, publish, tmp_path, name):
    data_dir = tmp_path / "wrong"
    shutil.copytree(publish("near_the_top", near_the_top()), data_dir)
    (data_dir / "policy.toml").write_text("[sweet_spot]\nlow = 0.8\n", encoding="utf-8")
    for locale, expected in (("en-US", "cannot be 0.8; expected ≤ sweet_spot.high = 0.7"), ("zh-CN", "不能是 0.8")):
        app = opened(data_dir, name, today="2026-01-20", locale=locale)
        assert not app.exception
        assert expected in said(app)
