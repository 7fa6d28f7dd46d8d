"""The page Alignment: what nobody took up first, annual goals included; links lead out of the filters."""

import pandas as pd
import pytest

from dashboard.selection import Selection
from dashboard.tables import alignment as tables
from dashboard.tables.facts import EVERYONE
from pipelines import policy, warehouse
from pipelines.cycles import parse
from pipelines.history import History
from pipelines.metrics.alignment import alignment, links
from pipelines.metrics.results import objective_results
from pipelines.metrics.uptake import uptake
from pipelines.problems import as_frame
from pipelines.resolve.doubts import CIRCLE
from tests.pages.reading import cells, said
from tests.situations import history, key_result, link, objective

TODAY = "2025-04-20"


def chain(*stated: dict[str, object], **kinds: str) -> History:
    """An annual and a quarterly goal of the company with key results, and goals of Sales, East and Finance."""
    goals = [
        objective("year", cycle="2025", team_id="Company", level="company"),
        objective("quarter", team_id="Company", level="company"),
        objective("sales", level="department", score=0.65, origin="bottom_up", adoption="converted"),
        objective("east", team_id="East", score=0.3, origin="top_down"),
        objective("money", team_id="Finance", level="department", origin="bottom_up"),
    ]
    results = [key_result("ky", "year"), key_result("kq", "quarter"), key_result("kq2", "quarter")]
    known = history(goals, results, [], list(stated))
    kind = known.team["team_id"].map({"Company": "company"} | kinds).astype("str")
    return History(**{**known.frames(), "team": known.team.assign(kind=kind)})


USUAL = (link("sales", "kq", key_result=True), link("east", "sales"), link("money", "east"))


def test_it_says_first_what_nobody_took_up_and_marks_what_is_annual(opened, publish):
    app = opened(publish("taken", chain(*USUAL)), "alignment", today=TODAY)
    assert app.header[0].value == (
        "In 2025-Q1, nobody took up 1 of the company's 2 goals and 2 of their 3 key results"
    )  # fmt: skip
    rows = app.dataframe[0].value
    assert list(rows["shown"]) == ["Goal year", "Result kq2", "Result ky"]
    assert list(rows["cycle"]) == ["2025, annual", "2025-Q1", "2025, annual"]
    assert "100% is no ideal" in said(app)


def test_its_numbers_are_those_of_the_command(opened, sample):
    known = warehouse.history(warehouse.current(sample))
    row = alignment(objective_results(known, policy=policy.load()), known, by=["quarter"]).set_index("quarter")
    row = row.loc["2026-Q3"]
    text = said(opened(sample, "alignment", quarters=["2026-Q3"]))
    assert f"{int(row['aligned'])} of {int(row['should_align'])} goals that should align" in text
    assert f"{row['bottom_up_share']:.0%} of the goals of 2026-Q3 came bottom-up" in text


@pytest.mark.parametrize("labels", [("2026-Q3",), ("2026-Q4",), ("2026-Q3", "2026-Q4")])
@pytest.mark.parametrize("level", [(), ("individual",)])
def test_who_takes_up_the_companys_goals_is_what_the_facts_tell_of_these_quarters(sample, labels, level):
    version = warehouse.current(sample)
    known, spans = warehouse.history(version), [parse(label, first_month=1) for label in labels]
    results = objective_results(known, policy=policy.load())
    asked = results[results["level"].isin(level)]["objective_id"] if level else None
    expected = uptake(results, links(results, known), known.key_result, quarters=spans, of=asked)
    shown = tables.goals(str(version.path), EVERYONE, Selection(quarters=labels, levels=level).text())
    assert len(expected)
    pd.testing.assert_frame_equal(shown, expected)


def test_with_no_goal_at_company_level_it_says_so(opened, publish):
    app = opened(publish("no company goals", history([objective("o1")])), "alignment", today=TODAY)
    assert app.header[0].value == "In 2025-Q1, no goal stands at company level, so that none can be taken up"
    assert "No goal serves a goal above it." in said(app)


def test_headquarters_and_branches_stand_side_by_side(opened, publish):
    app = opened(publish("flows", chain(*USUAL, Sales="branch")), "alignment", today=TODAY)
    titles = [title.value for title in app.subheader]
    assert "Branches: 100% of the goals lead to a goal of the company" in titles
    assert "Headquarters: 0% of the goals lead to a goal of the company" in titles
    assert "1 link across teams, 2025-Q1; most lead to East" in titles


def test_a_chosen_team_is_judged_by_its_own_goals_and_links_that_lead_out(opened, publish):
    app = opened(publish("taken", chain(*USUAL)), "alignment", today=TODAY, teams=["East"])
    assert "1 of 1 goals that should align serve a goal above, 1 lead on to the company's" in said(app)
    assert "Only goals that the filters choose are counted as taking up." in said(app)
    other = opened(publish("taken", chain(*USUAL)), "alignment", today=TODAY, teams=["Finance"])
    assert "nobody took up 2 of the company's 2 goals" in other.header[0].value


def test_own_initiatives_are_told_as_no_fault(opened, publish):
    goals = [objective("a", origin="bottom_up"), objective("b", origin="top_down")]
    text = said(opened(publish("own", history(goals)), "alignment", today=TODAY))
    assert "1 of 2 goals are own initiatives" in text
    assert "not a fault. 1 more" in text


def test_how_goals_were_taken_from_above(opened, publish):
    text = said(opened(publish("taken", chain(*USUAL)), "alignment", today=TODAY))
    assert "Of 2 aligned goals: 50% (1) were a key result of the goal above (converted); of 50% (1) it is not" in text


def test_circles_are_named_with_their_cell(opened, tmp_path, monkeypatch):
    from pipelines.problems import Problem
    from pipelines.results import results_of

    known = history([objective("a", team_id="East"), objective("b", team_id="West")])
    wrong = as_frame([Problem(CIRCLE, "goals.xlsx", "OKR", 7, "F7", "Parent", "Goal b")])
    tables_of = {**known.frames(), **results_of(known, policy.load()), "problem": wrong}
    warehouse.publish(tmp_path, tables_of)
    app = opened(tmp_path, "alignment", today=TODAY)
    assert "1 link leads to something unknown, to itself or in a circle" in [title.value for title in app.subheader]
    assert "F7" in cells(app)
    assert CIRCLE.code in tables.BROKEN


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_on_a_past_day_colours_are_those_of_that_day(opened, sample, locale):
    app = opened(sample, "alignment", locale=locale, as_of="2026-08-10", quarters=["2026-Q3"])
    assert not app.exception
    assert "2026-Q3" in app.title[0].value
