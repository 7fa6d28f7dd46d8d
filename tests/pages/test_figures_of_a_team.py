"""The figures of a chosen team are taken from those of every team, and are those computed from its goals alone."""

import pandas as pd
import pytest

from dashboard.selection import Selection
from dashboard.tables import alignment, challenge, completion, facts, operation, questions, selected
from pipelines import warehouse
from pipelines.demo.timeline import TODAY

WHERE = ("2026-Q2", "2026-Q3")
FIGURES = [
    (completion._rates, "all"),
    (completion._rates, "other"),
    (completion._left_out,),
    (alignment._coverage,),
    (alignment._rungs,),
    (alignment._adoption,),
    (challenge._whole, ""),
    (challenge._whole, "quarter"),
    (questions._low_whole, "quarter"),
]


@pytest.fixture(scope="module")
def shown(sample) -> tuple[str, str]:
    return str(warehouse.current(sample).path), facts.EVERYONE


def same(compute, shown, selection, *more) -> bool:
    """Whether both ways give the same, and whether that is more than nothing."""
    found = selected.figures(compute, *shown, selection.text(), *more)
    alone = compute(*shown, selection.text(), (), *more)
    pd.testing.assert_frame_equal(found, alone, check_dtype=len(alone) > 0)
    return len(found) > 0


@pytest.mark.parametrize(("compute", "more"), [(compute, more) for compute, *more in FIGURES])
@pytest.mark.parametrize("chosen", [{}, {"ambitions": ("committed",)}, {"levels": ("individual", "unknown")}])
def test_they_are_those_of_its_goals(shown, compute, more, chosen):
    teams = facts.choices(*shown)["teams"]
    alike = [same(compute, shown, Selection(quarters=WHERE, teams=(team,), **chosen), *more) for team in teams]
    assert any(alike) or chosen or compute is completion._left_out


def test_so_are_those_of_a_day(shown):
    teams = facts.choices(*shown)["teams"]
    assert any(same(operation._whole, shown, Selection(("2026-Q3",), (team,)), TODAY.isoformat()) for team in teams)


def test_those_of_several_teams_count_each_goal_once(shown):
    rows = facts.tree(*shown)
    below = rows[rows["parent_team_id"].isin(rows["team_id"])].iloc[0]
    upper = rows.loc[rows["team_id"] == below["parent_team_id"], "path"].iloc[0]
    sides = ((upper,), (upper, below["path"]))
    one, both = (completion.by_quarter(*shown, Selection(teams=teams).text()) for teams in sides)
    pd.testing.assert_frame_equal(one, both)


def test_a_team_without_goals_has_none(shown):
    found = selected.figures(completion._rates, *shown, Selection(teams=("nobody",)).text(), "all")
    assert found.empty
    assert list(found) == list(completion._rates(*shown, Selection().text(), (), "all"))
