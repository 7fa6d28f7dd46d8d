"""Figures by team: the same whichever teams are chosen, and the uppermost ones where there are too many to draw."""

import json

import pandas as pd
import pytest

from dashboard.selection import Selection
from dashboard.tables import completion, facts, selected
from pipelines import warehouse
from pipelines.metrics.completion import completion as completion_of
from tests.pages.reading import said
from tests.situations import history, link, objective

DEPARTMENTS = [f"Department {number}" for number in range(4)]
TEAMS = {f"Team {number}": DEPARTMENTS[number % 4] for number in range(65)}


@pytest.fixture(scope="module")
def wide(publish):
    tree = {"Company": None, **dict.fromkeys(DEPARTMENTS, "Company"), **TEAMS}
    goals = [objective(f"o{place}", team_id=team, score=0.5) for place, team in enumerate(tree)]
    return publish("wide", history(goals, tree=tree))


def version_of(data_dir):
    return str(warehouse.current(data_dir).path)


@pytest.mark.parametrize("levels", [(), ("team",)])
def test_a_team_has_the_same_figures_as_if_nothing_else_were_there(sample, levels):
    version, scope = version_of(sample), facts.EVERYONE
    known, policy = facts.teams(version, scope), facts.policy(version)
    for team in facts.choices(version, scope)["teams"]:
        wanted = Selection(teams=(team,), levels=levels)
        rows = wanted.in_quarters(wanted.rows(facts.results(version, scope, ""), known))
        alone = completion_of(rows, known, by=["team", "quarter"], policy=policy)
        alone = alone[alone["team"] == team].reset_index(drop=True)
        shown = completion.own_and_below(version, scope, wanted.text(), team)
        pd.testing.assert_frame_equal(shown[list(alone)].assign(team=shown["path"]), alone)


def test_goals_of_a_selection_are_those_its_filters_keep(sample):
    version, scope = version_of(sample), facts.EVERYONE
    for wanted in (Selection(ambitions=("committed",)), Selection(levels=("unknown", "team"), quarters=("2026-Q3",)),
                   Selection(executives=tuple(facts.choices(version, scope)["executives"][:2]))):  # fmt: skip
        kept = wanted.in_quarters(wanted.rows(facts.results(version, scope, ""), facts.teams(version, scope)))
        pd.testing.assert_frame_equal(selected.goals(version, scope, wanted.text()), kept)


def test_whole_levels_from_the_top_are_drawn_and_the_others_counted(opened, wide):
    app = opened(wide, "completion")
    assert "65 more teams are left out here: choose a team in the sidebar to see those below it." in said(app)
    assert not app.get("download_button")
    assert "left out here" not in said(opened(wide, "completion", teams=["Department 1"]))


@pytest.mark.parametrize("page", ["completion", "rules", "compare"])
def test_where_a_table_lists_the_uppermost_teams_alone_its_file_has_them_all(opened, publish, page):
    tree = {"Company": None} | {f"Team {number}": "Company" for number in range(facts.MOST_LISTED)}
    goals = [
        objective(f"{quarter}{place}", team_id=team, score=0.5, cycle=quarter)
        for place, team in enumerate(tree) for quarter in ("2025-Q1", "2025-Q2")
    ]  # fmt: skip
    app = opened(publish("very wide", history(goals, tree=tree)), page)
    assert "200 more teams are left out here" in said(app)
    assert len(app.get("download_button")) == 1


def test_who_serves_whom_and_where_goals_lead_is_drawn_of_as_many_teams_as_one_can_see(opened, publish):
    tree = {"Company": None, **dict.fromkeys(TEAMS, "Company")}
    goals = [objective(f"o{place}", team_id=team, score=0.5) for place, team in enumerate(tree)]
    links = [link(f"o{place}", f"o{place % 65 + 1}") for place in range(1, 66)]
    links += [link(f"o{place}", "o65") for place in (62, 63)]
    app = opened(publish("ring", history(goals, links=links, tree=tree)), "alignment")
    page = said(app)
    assert "67 links across teams" in page
    figures = [json.loads(chart.proto.spec)["data"][0] for chart in app.get("plotly_chart")]
    (grid,) = (data["z"] for data in figures if data["type"] == "heatmap" and len(data["z"][0]) > 1)
    assert 50 < len(grid) <= 60
    assert 50 < len(grid[0]) <= 60
    assert "5 more teams are left out here" in page


def test_so_many_teams_as_there_is_room_for(wide):
    version, scope = version_of(wide), facts.EVERYONE
    rows = completion.by_team(version, scope, Selection().text())
    for most, drawn in ((100, 70), (70, 70), (69, 5), (5, 5), (4, 1), (1, 1)):
        upper = selected.uppermost(rows, version, scope, most=most)
        assert upper["path"].nunique() == drawn
    below = completion.by_team(version, scope, Selection(teams=tuple(TEAMS)).text())
    assert selected.uppermost(below, version, scope, most=10)["path"].nunique() == 10
