"""The overview speaks of the right quarter, with the figures of the metrics, in either language."""

import pytest

from pipelines import policy, warehouse
from pipelines.metrics.completion import completion
from tests.pages.reading import said
from tests.situations import history, objective


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-10-01", "In 2026-Q3, "),
        ("2026-10-15", "In 2026-Q3, "),
        ("2026-10-16", "In week 3 of 2026-Q4, "),
        ("2026-11-08", "In week 6 of 2026-Q4, "),
        ("2027-01-03", "In 2026-Q4, "),
    ],
)
def test_until_day_15_it_speaks_of_the_last_closed_quarter(opened, sample, today, expected):
    assert opened(sample, today=today).header[0].value.startswith(expected)


def test_the_sentence_names_the_figures_of_the_command_line(opened, sample):
    version = warehouse.current(sample)
    tables = [warehouse.table(version, name) for name in ("objective_result", "team")]
    table = completion(*tables, by=["team", "quarter"], policy=policy.load())
    row = table[table["team"].str.startswith("Farridge") & (table["quarter"] == "2026-Q3")].iloc[0]
    sentence = opened(sample, quarters=["2026-Q3"]).header[0].value
    assert f"{row['own_completion_rate']:.0%}" in sentence
    assert f"{row['below_completion_rate']:.0%}" in sentence


def test_the_sentence_is_chinese_for_a_chinese_browser_and_the_switch_overrides(opened, sample):
    assert "本级目标" in opened(sample, locale="zh-CN").header[0].value
    assert "本级目标" in opened(sample, locale="en-US", lang="中文").header[0].value
    assert "itself" in opened(sample, locale="zh-CN", lang="English").header[0].value


def test_every_figure_says_how_many_objectives_it_rests_on(opened, sample):
    captions = [caption.value for caption in opened(sample).caption]
    assert captions
    assert all("objectives" in caption and "without a score" in caption for caption in captions)


def test_the_things_to_look_at_are_links(opened, sample):
    app = opened(sample)
    assert 1 <= len(app.get("page_link")) - 0 <= 3
    assert "East Sales" in said(app)


def test_a_link_carries_a_language_only_if_it_is_not_the_browsers(opened, sample):
    queries = [opened(sample, **lang).get("page_link")[0].proto.query_string for lang in ({}, {"lang": "中文"})]
    assert ["lang" in query for query in queries] == [False, True]


def test_a_running_quarter_is_never_said_to_have_ended(opened, sample):
    app = opened(sample, quarters=["2026-Q4"])
    assert app.header[0].value.startswith("In week 6 of 2026-Q4, ")
    assert "2026-Q4 ended" not in said(app)
    assert "2026-Q3 ended" in said(app)
    assert "第 6 周" in opened(sample, quarters=["2026-Q4"], locale="zh-CN").header[0].value


def test_a_quarter_that_has_not_begun_is_not_offered(opened, sample):
    app = opened(sample, today="2026-09-30")
    assert app.multiselect(key="quarters").options == ["2026-Q3"]
    assert not app.exception


def test_no_finding_names_a_team_that_is_not_chosen(opened, publish):
    goals = [objective(f"o{n}{team}", score=0.2, team_id=team) for n in range(4) for team in ("Head", "Depot")]
    data_dir = publish("chosen", history(goals, tree={"Head": None, "Logistics": "Head", "Depot": "Logistics"}))
    app = opened(data_dir, teams=["Logistics"])
    assert "Depot: furthest" in said(app)
    assert "Head" not in said(app)
    assert "furthest" not in said(opened(data_dir, teams=["Depot"]))
