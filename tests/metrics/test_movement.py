"""Movement, weeks, standing and findings, worked by hand."""

import pandas as pd
import pytest

from pipelines.cycles import parse
from pipelines.metrics import movement, standing, weeks
from pipelines.metrics.anchoring import anchoring
from pipelines.metrics.challenge_teams import challenge_teams, quarters_above
from pipelines.metrics.findings import adrift, findings
from pipelines.metrics.results import objective_results, objective_weeks
from pipelines.policy import load
from tests.situations import check_in, history, key_result, objective

GUIDE = load()


def results_of(*goals, **more):
    told = history(list(goals), **more)
    return objective_results(told, policy=GUIDE), told


def challenged(rows):
    return challenge_teams(rows, policy=GUIDE).merge(quarters_above(rows, policy=GUIDE), on="team", how="left")


def test_a_rollout_moves_the_average_and_not_the_same_teams():
    rows, _ = results_of(
        objective("a", score=0.6, team_id="East"),
        objective("b", score=0.7, team_id="East", cycle="2025-Q2"),
        objective("c", score=0.1, team_id="West", cycle="2025-Q2"),
    )
    row = movement.changes(rows, quarters=["2025-Q1", "2025-Q2"]).iloc[0]
    assert row["change"] == pytest.approx(-0.2)
    assert row["same_change"] == pytest.approx(0.1)
    assert row["same_teams"] == 1


def test_nearer_is_nearer_to_the_sweet_spot_and_for_committed_goals_to_one():
    rows, told = results_of(
        objective("a", score=0.9, team_id="East"),
        objective("b", score=0.65, team_id="East", cycle="2025-Q2"),
        objective("c", score=0.7, team_id="West", ambition="committed"),
        objective("d", score=0.9, team_id="West", ambition="committed", cycle="2025-Q2"),
    )
    table = movement.movers(rows, told.team, before="2025-Q1", now="2025-Q2", policy=GUIDE).set_index(["team", "side"])
    assert table.loc[("East", "other"), "toward"] == pytest.approx(-0.2)
    assert table.loc[("East", "other"), "change"] == pytest.approx(-0.25)
    assert table.loc[("West", "committed"), "toward"] == pytest.approx(-0.2)


@pytest.mark.parametrize(("rate", "away"), [(0.5, 0.1), (0.6, 0), (0.7, 0), (0.85, 0.15)])
def test_the_distance_to_the_sweet_spot_counts_from_its_nearer_edge(rate, away):
    assert movement.distance(pd.Series([rate]), side="other", policy=GUIDE).iloc[0] == pytest.approx(away)


def test_weeks_of_a_quarter_take_months_at_the_same_day():
    told = history(
        [objective("q"), objective("m", cycle="2025-02")],
        [key_result("k", "q"), key_result("l", "m")],
        [check_in("k", "2025-01-06", 5), check_in("l", "2025-02-05", 10)],
    )
    rows, by_week = objective_results(told, policy=GUIDE), objective_weeks(told, policy=GUIDE)
    quarter = parse("2025-Q1")
    table = weeks.by_week(rows, by_week, quarter=quarter).set_index("week")["completion_rate"]
    assert table[1] == pytest.approx(0.5)
    assert table[13] == pytest.approx(0.75)
    then = weeks.at_week(rows, by_week, quarter=quarter, week=1).set_index("objective_id")["score"]
    assert then["q"] == pytest.approx(0.5)
    assert pd.isna(then["m"])
    assert len(weeks.by_week(rows, by_week, quarter=quarter, last=4)) == 4
    assert len(weeks.at_week(rows, by_week, quarter=quarter, week=99)) == 2


def test_a_cell_shows_the_goals_that_are_not_committed_unless_there_are_none():
    rows, told = results_of(
        objective("a", score=0.5, team_id="East"),
        objective("b", score=1.0, team_id="East", ambition="committed"),
        objective("c", score=1.0, team_id="Finance", ambition="committed"),
    )
    table = standing.by_team_and_quarter(rows, told.team, policy=GUIDE).set_index("team")
    assert table.loc["East", "completion_rate"] == pytest.approx(0.5)
    assert not table.loc["East", "committed_only"]
    assert table.loc["Finance", "committed_only"]


def test_score_bins_are_half_open_and_the_last_is_closed():
    rows, _ = results_of(*(objective(f"o{n}", score=score) for n, score in enumerate((0.65, 0.649999, 0.7, 1.0))))
    table = standing.score_bins(rows).set_index("bin")["goals"]
    assert dict(table[table > 0]) == {12: 1, 13: 1, 14: 1, 19: 1}
    assert len(table) == standing.BINS


def test_teams_stand_in_the_order_of_their_tree_and_a_circle_loses_none():
    told = history([objective("o")])
    assert standing.in_tree_order(told.team) == ["Company", "Sales", "East", "West", "Finance"]
    circle = history([objective("o", team_id="A")], tree={"A": "B", "B": "A"})
    assert sorted(standing.in_tree_order(circle.team)) == ["A", "B"]


def test_low_goals_show_in_how_many_weeks_they_moved():
    told = history(
        [objective("o"), objective("high", score=0.9)],
        [key_result("k", "o")],
        [check_in("k", "2025-01-05", 1), check_in("k", "2025-01-12", 2), check_in("k", "2025-03-30", 3)],
    )
    rows, by_week = objective_results(told, policy=GUIDE), objective_weeks(told, policy=GUIDE)
    (goal,) = standing.low_goals(rows, by_week, policy=GUIDE).to_dict("records")
    assert (goal["objective_id"], goal["moving"], goal["of"]) == ("o", 2, 13)
    assert goal["weeks"][:2] == [pytest.approx(0.1), pytest.approx(0.2)]


def test_findings_are_at_most_three_and_name_what_their_sentences_need():
    quarters = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")
    goals = [
        objective(f"{team}{quarter}{n}", score=score, team_id=team, cycle=quarter)
        for team, score in (("East", 0.95), ("West", 0.68), ("Finance", 0.5))
        for quarter in quarters
        for n in range(5)
    ]
    rows, told = results_of(*goals)
    found = findings(rows, told.team, anchoring(rows, told), challenged(rows), quarters=quarters, policy=GUIDE)
    assert [finding.kind for finding in found] == ["near_top", "crowded", "furthest"]
    assert found[0].figures["team"] == "East"
    assert (found[0].figures["above"], found[0].figures["of"]) == (4, 4)
    assert found[1].teams == ("West",)


def test_a_branch_drifts_only_while_it_stays_aligned_within():
    quarters = ["2025-Q1", "2025-Q2"]
    table = pd.DataFrame({"team": ["B"] * 2, "quarter": quarters, "should_align": [8, 8], "anchored": [8, 2],
                          "anchored_within": [8, 8], "anchored_share": [1.0, 0.25],
                          "anchored_within_share": [1.0, 1.0]})  # fmt: skip
    found = adrift(table, quarters=quarters)
    assert found
    assert (found.figures["before"], found.figures["now"], found.teams) == (1.0, 0.25, ("B",))
    assert adrift(table.assign(anchored_within_share=0.3), quarters=quarters) is None
    assert adrift(table.assign(should_align=2), quarters=quarters) is None


def test_nothing_gives_nothing():
    told = history([objective("o")])
    rows = objective_results(told, policy=GUIDE)
    none = anchoring(rows, told)
    assert findings(rows, told.team, none, challenged(rows), quarters=["2025-Q1"], policy=GUIDE) == []
    assert anchoring(rows, told).empty
    assert movement.changes(rows, quarters=[]).empty
    assert standing.score_bins(rows).empty
