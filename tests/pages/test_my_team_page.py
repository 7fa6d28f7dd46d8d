"""The page My team: one team's goals beside the same week, doubts, partners and promises; nobody is named."""

import pytest

from tests.pages.reading import cells, printed, said
from tests.situations import check_in, history, key_result, link, objective


@pytest.fixture(scope="module")
def told(publish):
    goals = [
        objective("now", team_id="East", cycle="2026-Q4", owner="Ada Lovelace"),
        objective("last", team_id="East", cycle="2026-Q3", score=0.6, next_steps="Ask the buyers first.", owner="Ada"),
        objective("year", team_id="East", cycle="2025-Q4", score=0.5),
        objective("beside", team_id="Finance", cycle="2026-Q4"),
        objective("top", team_id="Company", cycle="2026-Q4", level="company"),
    ]
    parts = [key_result(f"k-{name}", name) for name in ("now", "last", "year", "beside")]
    says = [
        check_in("k-now", "2026-10-20", 2, confidence=0.8),
        check_in("k-now", "2026-11-06", 4, confidence=0.5, note="Two buyers left.", author="Ada Lovelace"),
        check_in("k-last", "2026-08-08", 3),
        check_in("k-year", "2025-11-08", 1),
        check_in("k-beside", "2026-10-20", 1),
    ]
    return publish("one team", history(goals, parts, says, [link("beside", "now"), link("now", "top")]))


def test_it_stands_beside_the_same_week_before_and_last_year(opened, told):
    app = opened(told, "my_team", teams=["East"])
    assert app.title[0].value == "East in 2026-Q4"
    assert app.header[0].value == (
        "In week 6 of 2026-Q4, our goals stand at 40%; at the same week: 2026-Q3 30%, 2025-Q4 10%"
    )


def test_it_tells_of_doubts_partners_and_promises_and_of_nobody(opened, told):
    app = opened(told, "my_team", teams=["East"])
    shown = cells(app) + said(app)
    for words in ("1 goal of our own; 1 moved forward", "80% → 50%", "Two buyers left.", "serves us", "Finance",
                  "we serve", "What we promised after 2026-Q3", "Ask the buyers first."):  # fmt: skip
        assert words in shown, words
    assert not [name for name in ("Ada", "Lovelace") if name in shown]


def test_what_was_promised_is_known_when_the_quarter_has_ended(opened, told):
    app = opened(told, "my_team", teams=["East"], as_of="2026-09-29")
    assert "Ask the buyers first." not in cells(app)
    assert "East in 2026" in app.title[0].value
    later = opened(told, "my_team", teams=["East"], as_of="2026-10-01")
    assert "Ask the buyers first." in cells(later)


@pytest.fixture(scope="module")
def undated(publish):
    """Spreadsheets alone: scores of the running quarter and of the one before, and no check-in."""
    goals = [
        objective("now", team_id="East", cycle="2026-Q4", score=0.6),
        objective("bare", team_id="East", cycle="2026-Q4"),
        objective("sum", team_id="East", cycle="2026-Q4"),
        objective("last", team_id="East", cycle="2026-Q3", score=0.8),
    ]
    return publish("undated", history(goals, [key_result("k", "sum", score=0.3)]))


def test_scores_without_a_day_are_told_though_no_week_can_show_them(opened, undated):
    app = opened(undated, "my_team", teams=["East"])
    assert app.header[0].value == (
        "Our goals of 2026-Q4 stand at 45%; their scores have no day, so that no week can show them"
    )
    assert "3 objectives · 1 without a score" in said(app)
    assert "week by week" not in said(app)
    chinese = opened(undated, "my_team", teams=["East"], locale="zh-CN").header[0].value
    assert chinese == "2026-Q4 我们的目标平均为 45%；得分没有日期，无法按周显示"
    assert "goals stand at 45%" in opened(undated, "overview", teams=["East"]).header[0].value


def test_before_any_score_none_is_told_and_at_its_end_the_quarter_has_them_all(opened, undated, publish):
    bare = publish("bare", history([objective("bare", team_id="East", cycle="2026-Q4")]))
    assert opened(bare, "my_team", teams=["East"]).header[0].value == "No goal of 2026-Q4 has a score yet"
    ended = opened(undated, "my_team", teams=["East"], today="2027-01-02").header[0].value
    assert ended == "Our goals ended 2026-Q4 at 45%; at their end: 2026-Q3 80%"


def test_scores_without_a_day_cannot_be_compared_at_a_week_which_is_said(opened, undated):
    told = {"en-US": "No score of these quarters has a day up to week 6", "zh-CN": "得分在第 6 周及以前都没有日期"}
    for locale, sentence in told.items():
        assert sentence in said(opened(undated, "compare", locale=locale))


def test_where_nothing_changed_there_is_no_sign(opened, publish):
    goals = [objective(name, team_id="East", cycle="2026-Q4") for name in "abc"]
    says = [check_in(f"k{name}", day, value) for name, value in zip("abc", (4, 5, 3), strict=True)
            for day, value in (("2026-10-20", 4), ("2026-11-06", value))]  # fmt: skip
    data = publish("still", history(goals, [key_result(f"k{name}", name) for name in "abc"], says))
    assert list(printed(opened(data, "my_team", teams=["East"]).dataframe[0])["change"]) == ["−10", "0", "+10"]


def test_without_one_team_it_asks_for_one_and_takes_it_for_all_pages(opened, publish):
    goals = [objective("e", team_id="East", cycle="2026-Q4"), objective("f", team_id="Finance", cycle="2026-Q4")]
    data = publish("two roots", history(goals, tree={"East": None, "Finance": None}))
    app = opened(data, "my_team")
    assert "Choose your team above" in said(app)
    app.selectbox[0].set_value("Finance").run()
    assert app.multiselect(key="teams").value == ["Finance"]
    assert app.title[0].value.startswith("Finance in")
