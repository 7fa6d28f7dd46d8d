"""Which goal each goal of the sample company serves."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.cycles import Cycle
from pipelines.demo.company import ROOT, Company
from pipelines.demo.stories import SERVING_THE_COMPANY
from pipelines.demo.timeline import FIRST_ANNUAL_GOALS, code, months_of, quarter_with

Flags = npt.NDArray[np.bool_]
SERVES_ABOVE = 0.86
OWN_SERVES_ABOVE = 0.96
SERVES_ITS_BRANCH = 0.95
SERVES_A_KEY_RESULT = 0.2
SERVES_ANOTHER_TEAM = 0.18


def linked(frame: pd.DataFrame, cycle: Cycle, company: Company, random: np.random.Generator) -> pd.DataFrame:
    """The objectives with `parent` (ids joined by `; `, empty without one) and `adoption`."""
    above = _goal_above(frame, cycle, company)
    serves = _serves(frame, cycle, company, random) & (above != "")
    to_key_result = (random.random(len(frame)) < SERVES_A_KEY_RESULT) & (frame["level"] != "company")
    parent = np.where(serves, np.where(to_key_result, above + "-KR1", above), "")
    beside = _goal_beside(frame, company, random)
    joint = np.where((parent != "") & (beside != ""), "; ", "")
    how = random.choice(["decomposed", "taken_over"], len(frame), p=[0.75, 0.25])
    adoption = np.where(serves, np.where(to_key_result, "converted", how), "")
    return frame.assign(parent=parent + joint + beside, adoption=adoption)


def _goal_above(frame: pd.DataFrame, cycle: Cycle, company: Company) -> pd.Series:
    upper = _team_above(frame, cycle, company)
    counts = {team.team_id: team.own_goals for team in company.teams}
    turn = (frame["number"] + frame["team"]) % upper.map(counts) + 1
    within = np.where(upper == ROOT, _company_cycle(cycle), code(cycle))
    within = np.where(frame["level"] == "company", _annual(cycle), within)
    goals = [f"{cycle}-{team}-O{place}" for cycle, team, place in zip(within, upper, turn, strict=True)]
    return pd.Series(np.where(within == "", "", np.array(goals, dtype=object)), index=frame.index)


def _team_above(frame: pd.DataFrame, cycle: Cycle, company: Company) -> pd.Series:
    with_goals = {team.team_id for team in company.teams if team.own_goals}
    mine = company.of_each(frame["team"], lambda team: team.team_id)
    above = company.of_each(frame["team"], lambda team: team.parent if team.parent in with_goals else ROOT)
    to_company = (frame["level"] == "department") | (cycle.kind == "year")
    return pd.Series(np.where(frame["own"], np.where(to_company, ROOT, above), mine), index=frame.index)


def _company_cycle(cycle: Cycle) -> str:
    return code(quarter_with(cycle.starts_on)) if cycle.kind == "month" else code(cycle)


def _annual(cycle: Cycle) -> str:
    year = cycle.starts_on.year
    return str(year) if cycle.kind == "quarter" and year >= FIRST_ANNUAL_GOALS else ""


def _serves(frame: pd.DataFrame, cycle: Cycle, company: Company, random: np.random.Generator) -> Flags:
    monthly = company.of_each(frame["team"], lambda team: team.monthly).astype(bool)
    people = np.where(monthly, SERVES_ITS_BRANCH, SERVES_ABOVE)
    chance = np.where(frame["level"] == "company", 1.0, np.where(frame["own"], OWN_SERVES_ABOVE, people))
    usual = random.random(len(frame)) < chance
    return np.where(monthly & frame["own"], _place_in_quarter(frame, cycle) < _serving_share(cycle, company), usual)


def _place_in_quarter(frame: pd.DataFrame, cycle: Cycle) -> npt.NDArray[np.float64]:
    if cycle.kind != "month":
        return np.zeros(len(frame))
    month = [span.label for span in months_of(quarter_with(cycle.starts_on))].index(cycle.label)
    own = int(frame["own"].sum())
    return np.asarray((frame["number"] - 1 + month * own + 0.5) / (3 * own), dtype=np.float64)


def _serving_share(cycle: Cycle, company: Company) -> float:
    return SERVING_THE_COMPANY.get(quarter_with(cycle.starts_on).label, 1.0) if company.stories else 1.0


def _goal_beside(frame: pd.DataFrame, company: Company, random: np.random.Generator) -> npt.NDArray[np.object_]:
    goals = frame.loc[frame["own"] & (frame["level"] != "company"), ["team", "objective_id"]]
    other = goals.iloc[random.integers(0, len(goals), len(frame))] if len(goals) else goals
    asks = frame["own"] & (frame["level"] != "company") & (random.random(len(frame)) < SERVES_ANOTHER_TEAM)
    apart = [
        bool(wanted) and not company.descends(mine, theirs) and not company.descends(theirs, mine)
        for wanted, mine, theirs in zip(asks, frame["team"], other["team"], strict=True)
    ]
    return np.where(apart, other["objective_id"], "").astype(object)
