"""Fill rate (填写率): how many of the people and teams in scope have an objective, by the roster."""

from collections.abc import Collection
from datetime import date
from typing import Any

import pandas as pd

from pipelines.cycles import Cycle
from pipelines.history import History
from pipelines.metrics.grouping import counted, share, with_teams_above
from pipelines.texts import normalised

ALL = "all"
PEOPLE, TEAMS = ("people", "people_with_goals"), ("teams", "teams_with_goals")


def fill_rate(results: pd.DataFrame, history: History, *, quarter: Cycle, day: date) -> pd.DataFrame:
    """People and teams in scope for the quarter, and those of them with an objective, per team with all below.

    In: `objective_result`, of which the quarter's counted rows count; the tables team, person, objective. Out: team
    (path; missing for people without one), people, people_with_goals, fill_rate, people_without, teams (with people
    in scope), teams_with_goals (with a goal that is not individual), team_fill_rate, teams_without. A person is in
    scope who is so on any day of the quarter up to the day; owners are matched by name in normal form, whatever the
    goal's team. Teams without anybody in scope have no row: unknown is never 0. People are numbers, never names.
    Source: S2.
    """
    return _with_rates(with_teams_above(_by_team(results, history, quarter=quarter, day=day), history.team))


def fill_rate_of(
    results: pd.DataFrame, history: History, *, quarter: Cycle, day: date, teams: Collection[str] | None = None
) -> pd.DataFrame:
    """The same over these teams (by id) together, each once, or over everybody: one row, none without a roster."""
    rows = _by_team(results, history, quarter=quarter, day=day)
    rows = rows if teams is None else rows[rows["team_id"].isin(list(teams))]
    return _with_rates(rows.assign(team_id=ALL, team=ALL)).drop(columns="team")


def _by_team(results: pd.DataFrame, history: History, *, quarter: Cycle, day: date) -> pd.DataFrame:
    rows = counted(results[results["quarter"] == quarter.label])
    people = in_scope(history.person, quarter=quarter, day=day)
    having = people.assign(people=1, people_with_goals=people["known_as"].isin(_owners(rows, history)))
    own = set(rows.loc[rows["level"] != "individual", "team_id"].dropna())
    sums = having.groupby("team_id", dropna=False)[list(PEOPLE)].sum().reset_index()
    return sums.assign(teams=sums["team_id"].notna().astype("int64"), teams_with_goals=sums["team_id"].isin(own))


def in_scope(people: pd.DataFrame, *, quarter: Cycle, day: date) -> pd.DataFrame:
    """The roster's people in scope on any day of the quarter up to the day, each once, with `known_as`.

    Of several rows under one name in normal form the last counts.
    """
    until = min(pd.Timestamp(quarter.ends_on), pd.Timestamp(day))
    came = people["in_scope_from"].isna() | (people["in_scope_from"] <= until)
    left = people["in_scope_to"] < pd.Timestamp(quarter.starts_on)
    rows = people.assign(known_as=normalised(people["person"])).drop_duplicates("known_as", keep="last")
    begun = pd.Timestamp(quarter.starts_on) <= pd.Timestamp(day)
    return rows[came.loc[rows.index] & ~left.loc[rows.index] & begun]


def owners_unknown(results: pd.DataFrame, history: History, *, quarter: Cycle) -> int:
    """How many owners of the quarter's counted objectives the roster does not know at all; 0 without a roster.

    Where many are unknown, the roster and the goals name people differently, and the fill rate says little.
    """
    owners = _owners(counted(results[results["quarter"] == quarter.label]), history)
    return len(owners - set(normalised(history.person["person"]))) if len(history.person) else 0


def _owners(rows: pd.DataFrame, history: History) -> set[Any]:
    stated = history.objective[history.objective["objective_id"].isin(rows["objective_id"])]["owner"]
    return set(normalised(stated.dropna()))


def _with_rates(rows: pd.DataFrame) -> pd.DataFrame:
    sums = rows.groupby(["team", "team_id"], dropna=False)[[*PEOPLE, *TEAMS]].sum().astype("int64").reset_index()
    table = sums.assign(
        fill_rate=share(sums["people_with_goals"], sums["people"]),
        people_without=sums["people"] - sums["people_with_goals"],
        team_fill_rate=share(sums["teams_with_goals"], sums["teams"]),
        teams_without=sums["teams"] - sums["teams_with_goals"],
    )
    columns = ["team", *PEOPLE, "fill_rate", "people_without", *TEAMS, "team_fill_rate", "teams_without"]
    return table.sort_values("team", na_position="last", ignore_index=True)[columns]
