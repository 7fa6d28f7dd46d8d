"""The page Pace: of running quarters alone, with every goal's address."""

from pipelines import policy, warehouse
from pipelines.metrics.compute import Question, compute
from tests.pages.conftest import TODAY
from tests.pages.reading import printed, said
from tests.situations import check_in, history, key_result, objective


def test_the_headline_says_what_the_command_says(opened, sample):
    facts = warehouse.history(warehouse.current(sample))
    asked = Question("pace", ("quarter",), as_of=TODAY)
    rows = compute(asked, facts, policy=policy.load()).set_index("quarter")
    row, text = rows.loc["2026-Q4"], said(opened(sample, "pace"))
    assert f"stand at {row['computed']:.0%} by the data" in text
    assert f"{int(row['scored'])} of {int(row['objectives'])} goals have data" in text
    assert "week 6" in text


def test_an_ended_quarter_is_sent_to_completion(opened, sample):
    app = opened(sample, "pace", quarters=["2026-Q3"])
    assert "2026-Q3 has ended" in said(app)
    assert not app.dataframe


def test_on_a_past_day_the_quarter_runs_again(opened, sample):
    assert "In week 6 of 2026-Q3" in said(opened(sample, "pace", as_of="2026-08-10"))


def test_annual_company_goals_stand_beside_the_year(opened, publish):
    known = history(
        [objective("y", cycle="2026", level="company"), objective("q", cycle="2026-Q4")],
        [key_result("ky", "y"), key_result("kq", "q")],
        [check_in("ky", "2026-10-20", 9), check_in("kq", "2026-10-20", 1)],
    )
    app = opened(publish("annual company goal", known), "pace")
    company, behind = (frame.value for frame in app.dataframe)
    # November 8 is day 312 of 365, and day 39 of 92.
    assert company[["computed", "expected", "change"]].values.tolist() == [[90, 85, 5]]
    assert behind[["computed", "expected", "change"]].values.tolist() == [[10, 42, -32]]
    assert [list(printed(frame)["change"]) for frame in app.dataframe] == [["+5"], ["−32"]]
    assert company["goal"].iloc[0] == "goal?goal=y#y"


def test_a_choice_among_goals_has_no_outlook(opened, sample):
    assert "cannot be told" in said(opened(sample, "pace", aspirational="true"))
