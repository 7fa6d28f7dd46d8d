"""One tree of teams from a sheet, from paths and from plain names."""

import itertools

import pandas as pd
import pytest

from pipelines.history import History
from tests.pipelines.stated import joined, objective, rules, sheet


def paths(history: History) -> dict[str, str | None]:
    """Each team's printed path with that of the team above."""
    by_id = history.team.set_index("team_id")["path"]
    above = history.team["parent_team_id"].map(by_id)
    return dict(zip(history.team["path"], above.astype(object).where(above.notna(), None), strict=True))


def declared(*rows: tuple[str | None, str, str | None]) -> pd.DataFrame:
    return sheet(*({"team_id": id_, "team": team, "parent_team": parent} for id_, team, parent in rows), name="teams")


def goals(*teams: str) -> pd.DataFrame:
    return sheet(*(objective(f"Goal of {team}", team=team) for team in teams))


def test_a_name_keeps_its_name_as_path() -> None:
    history, _ = joined(
        team=[declared((None, "Sales", "Company"), (None, "Company", None))], objective=[goals("Sales")]
    )
    assert paths(history) == {"Sales": "Company", "Company": None}
    assert history.objective["team_id"].isin(history.team["team_id"]).all()


def test_a_path_makes_the_teams_along_it() -> None:
    history, _ = joined(objective=[goals("Company / Sales / East")])
    assert paths(history) == {
        "Company": None,
        "Company / Sales": "Company",
        "Company / Sales / East": "Company / Sales",
    }


def test_name_path_and_id_mean_one_team() -> None:
    tree = declared(("T1", "Company", None), ("T2", "Sales", "T1"))
    history, _ = joined(team=[tree], objective=[goals("Sales", "T2", "Company / Sales", "sales")])
    assert set(history.objective["team_id"]) == {"T2"}


@pytest.mark.parametrize("order", list(itertools.permutations(["Sales", "Company / Sales", "Company"])))
def test_the_order_of_mentions_does_not_matter(order: tuple[str, ...]) -> None:
    history, _ = joined(objective=[goals(*order)])
    assert paths(history) == {"Company": None, "Company / Sales": "Company"}


def test_two_teams_of_one_name_print_with_the_team_above() -> None:
    tree = declared((None, "Sales", "East"), (None, "Sales", "West"), (None, "East", None), (None, "West", None))
    history, _ = joined(team=[tree], objective=[goals("East / Sales", "West / Sales")])
    assert {"East / Sales", "West / Sales"} < set(paths(history))
    assert history.objective["team_id"].nunique() == 2


def test_an_ambiguous_team_is_reported_and_the_goal_counts_for_none() -> None:
    tree = declared((None, "Sales", "East"), (None, "Sales", "West"))
    history, problems = joined(team=[tree], objective=[goals("Sales")])
    assert history.objective["team_id"].isna().all()
    assert rules(problems) == ["team_ambiguous"]
    assert "East / Sales; West / Sales" in problems["message"].iloc[0]


def test_a_circle_of_teams_is_cut_and_reported() -> None:
    history, problems = joined(team=[declared((None, "A", "B"), (None, "B", "A"), (None, "C", "C"))])
    assert rules(problems) == ["team_circle"] * 2
    assert sum(above is None for above in paths(history).values()) == 2


def test_a_declared_name_may_hold_a_slash() -> None:
    history, _ = joined(team=[declared((None, "IT/运维", "Company"))], objective=[goals("IT/运维")])
    assert paths(history) == {"IT/运维": "Company", "Company": None}
