"""The page Operation: how OKR itself runs, by team, in a running and an ended quarter, and never by person."""

import dataclasses

import pandas as pd
import pytest

from pipelines import warehouse
from pipelines.history import History
from tests.pages.reading import cells, said
from tests.situations import check_in, history, key_result, objective, rows

DAYS = ("2025-01-02", "2025-01-09", "2025-01-16", "2025-01-23", "2025-01-30")


def people(*listed):
    return History.of(person=rows([dict(zip(("person", "team_id"), row, strict=True)) for row in listed])).person


@pytest.fixture
def told(publish):
    """East checks in each week and sets in time, West not; one fall with a reason, one person without a goal."""
    goals = [objective("e", title="Open the east", owner="Ann Lee", team_id="East", score=0.4, created_on="2025-01-02",
                       agreed_on="2025-01-09"),
             objective("w", title="Hold the west", owner="Bo Chen", team_id="West", score=0.3, created_on="2025-01-20"),
             objective("late", team_id="West", cycle="2025-Q2")]  # fmt: skip
    log = [check_in("k1", day, 1, confidence=0.9, author="Ann Lee") for day in DAYS[:3]]
    log += [check_in("k1", DAYS[3], 1, confidence=0.5, note="The supplier is late.", author="Ann Lee"),
            check_in("k1", DAYS[4], 1), check_in("k2", DAYS[0], 1, confidence=0.8)]  # fmt: skip
    known = history(goals, [key_result("k1", "e"), key_result("k2", "w"), key_result("k3", "late")], log)
    roster = people(("Ann Lee", "East"), ("Bo Chen", "West"), ("Quiet One", "West"))
    return publish("operation", dataclasses.replace(known, person=roster))


def table(app, column):
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def test_the_first_sentence_says_how_the_running_quarter_stands(opened, told):
    app = opened(told, "operation", today="2025-02-01")
    assert app.header[0].value == (
        "2025-Q1, week 5 of 13: 50% of the goals were set on time; 100% agreed on time; 60% of the weeks have a "
        "check-in; 1 key result is silent."
    )
    assert "2 objectives · 2 key results · day not known: set 0, agreed 1, reviewed 2" in said(app)


def test_the_stale_and_the_falls_are_listed_with_the_reason_and_without_anyone(opened, told):
    app = opened(told, "operation", today="2025-02-01")
    stale, falls = table(app, "silent_days"), table(app, "reason")
    assert stale[["key_result", "team", "silent_days"]].to_numpy().tolist() == [["Result k2", "West", 30]]
    assert "goal=w" in stale["goal"][0]
    assert falls[["week", "key_result", "fall", "reason"]].to_numpy().tolist() == [
        [4, "Result k1", "90% → 50%", "The supplier is late."]
    ]
    assert "1 of 2 key results without a check-in for 14 days" in said(app)
    assert "Confidence fell by 20 points or more 1 time; beside 1 stands the reason" in said(app)
    text = said(app) + cells(app)
    assert not [name for name in ("Ann Lee", "Bo Chen", "Quiet One") if name in text]


def test_who_set_nothing_is_a_number_of_people_by_team(opened, told):
    app = opened(told, "operation", today="2025-02-01")
    filled = table(app, "without").set_index("team")
    assert filled["without"].to_dict() == {"Company": 1, "Sales": 1, "East": 0, "West": 1}
    assert "1 of 3 people in scope has set no goal for 2025-Q1; the fill rate is 67%" in said(app)
    west = opened(told, "operation", today="2025-02-01", teams=["East"], aspirational="true")
    assert "Everybody in scope has set a goal for 2025-Q1: 1 of 1 people" in said(west)
    committed = opened(told, "operation", today="2025-02-01", level_team="true")
    assert "the fill rate is 67%" in said(committed)


def test_without_a_roster_the_fill_rate_is_not_known(opened, publish):
    data_dir = publish("no_roster", history([objective("a", owner="Ann")], [key_result("k", "a")]))
    app = opened(data_dir, "operation", today="2025-02-20")
    assert "no roster is loaded" in said(app)
    assert "fill rate is" not in said(app)


def test_an_ended_quarter_is_asked_for_execution_or_goal_and_not_for_silence(opened, told):
    app = opened(told, "operation", today="2025-04-10", quarters=["2025-Q1"])
    page = said(app)
    # East: 5 of 13 weeks, West: 1 of 13; West's score is the lower one.
    assert "Low scores of 2025-Q1 point to execution: West, East" in page
    assert "is silent" not in page
    assert not [frame for frame in app.dataframe if "silent_days" in frame.value.columns]
    assert "Too few statements" in page


def test_of_many_teams_with_low_scores_the_lowest_are_named_and_the_others_counted(opened, publish):
    names = [f"Team {number}" for number in range(6)]
    goals = [objective(f"o{n}", team_id=name, score=0.5 - n / 20) for n, name in enumerate(names)]
    parts, log = [key_result(f"k{n}", f"o{n}") for n in range(6)], [check_in(f"k{n}", DAYS[0], 1) for n in range(6)]
    data_dir = publish("many low", history(goals, parts, log, tree=dict.fromkeys(names)))
    told = {"en-US": "point to execution: Team 5, Team 4, Team 3 and 3 more teams",
            "zh-CN": "执行——Team 5、Team 4、Team 3 及另外 3 个团队"}  # fmt: skip
    for locale, sentence in told.items():
        assert sentence in said(opened(data_dir, "operation", today="2025-04-10", locale=locale))


def created(*days, agreed_on="2025-03-01"):
    """Five goals of each team, set on its day and all agreed upon on the same one, with no key results."""
    return history(
        [objective(f"{team}{n}", team_id=team, created_on=day, agreed_on=agreed_on)
         for team, day in zip("ABCDE", days, strict=False) for n in range(5)], tree=dict.fromkeys("ABCDE"[:len(days)])
    )  # fmt: skip


@pytest.mark.parametrize(
    ("known", "english", "chinese"),
    [
        (created(*["2025-03-01"] * 4, "2025-01-01"), "setting goals A, B, C and 1 more team (0%)",
         "落后最多——制定：A、B、C 及另外 1 个团队（0%）"),
        (created("2025-03-01", "2025-03-01"), "All teams are equally far behind the calendar, as far as days are known",
         "就已知日期而言，各团队落后于节奏的程度相同"),
        (created("2025-03-01"), "setting goals A (0%); agreeing on them A (0%)", "制定：A（0%）；对齐：A（0%）"),
        (created("2025-01-01", agreed_on="2025-01-01"), "No team is behind the calendar", "没有团队落后于节奏"),
    ],
)  # fmt: skip
def test_all_teams_furthest_behind_are_named_and_none_where_all_stand_alike(opened, publish, known, english, chinese):
    data_dir = publish("behind", known)
    for locale, sentence in {"en-US": english, "zh-CN": chinese}.items():
        assert sentence in said(opened(data_dir, "operation", today="2025-03-10", locale=locale))


def test_what_confidence_was_worth_is_said_in_one_sentence(opened, publish):
    days = [f"2025-0{month}-{day:02d}" for month in (1, 2) for day in range(1, 21)]
    log = [check_in("k", day, 6.2, confidence=0.9) for day in days]
    known = history([objective("a")], [key_result("k", "a", score=0.7)], log)
    page = said(opened(publish("forecasts", known), "operation", today="2025-05-01"))
    assert "When teams said 90%, 70% came" in page
    assert "over 40 statements" in page
    assert "2025-Q1: 1 of 1 recorded scores lie above the data, 0 below" in page
    assert "Those above lie +8 points from the data on average." in page


def test_as_of_a_past_day_what_came_later_is_not_known(opened, told):
    app = opened(told, "operation", today="2025-06-01", quarters=["2025-Q1"], as_of="2025-01-17")
    assert app.header[0].value.startswith("2025-Q1, week 3 of 13: 100% of the goals were set on time")
    assert "The supplier is late." not in cells(app)


def test_nobody_noted_anything(opened, publish):
    app = opened(publish("silent", history([objective("a", score=0.5)])), "operation", today="2025-05-01")
    assert app.header[0].value == "2025-Q1: nobody noted when goals were set, agreed, updated or reviewed."


def test_the_sample_speaks_of_its_running_quarter_in_both_languages(opened, sample):
    assert "week 6 of 14" in opened(sample, "operation").header[0].value
    assert "2026-Q4 第 6 周（共 14 周）" in opened(sample, "operation", locale="zh-CN").header[0].value
    owners = set(warehouse.table(warehouse.current(sample), "person")["person"].dropna())
    app = opened(sample, "operation")
    executives = set(warehouse.table(warehouse.current(sample), "team")["executive"].dropna())
    assert not [owner for owner in owners - executives if owner in said(app) + cells(app)]
    assert isinstance(table(app, "without"), pd.DataFrame)
