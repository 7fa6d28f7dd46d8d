"""The sample company's teams and people."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.cycles import Cycle
from pipelines.demo.names import chinese_names, latin_names

FULL_SIZE = 120
SMALL_COMPANY = 60
FIELD_CREW = 12
BRANCHES_IN_A_REGION = 30
EVER = date(2000, 1, 1)
ALIKE = "alike"
USUALLY_FORGOTTEN = 0.12
ROLL_OUT = date(2025, 10, 1)


@dataclass(frozen=True)
class Team:
    """One team: where it hangs, who is in charge, how many people it has and how it scores."""

    team_id: str
    name: str
    parent: str | None
    kind: str
    executive: str | None
    level: str
    size: int
    own_goals: int
    wording: str
    style: str = "ordinary"
    committed_share: float = 0.3
    since: date = EVER
    monthly: bool = False
    goals_per_person: float = 1.22
    forgotten: float = USUALLY_FORGOTTEN

    def works_in(self, cycle: Cycle) -> bool:
        """Whether the team sets goals for the cycle."""
        if self.own_goals == 0 or self.since > cycle.starts_on:
            return False
        if cycle.kind == "year":
            return self.level in ("company", "department") and self.kind != "branch"
        return self.monthly == (cycle.kind == "month")


ROOT = "FG"
_SHEN, _LIN, _HAN, _QIAO, _WEST, _SOUTH = "Shen Yuan", "Grace Lin", "Han Zhiyuan", "Qiao Mei", "罗安平", "Peter Fang"
BASE = (
    Team(
        ROOT,
        "Farridge Group 远岭集团",
        None,
        "company",
        _SHEN,
        "company",
        5,
        4,
        "company",
        "company",
        0.25,
        goals_per_person=0,
    ),
    Team("SA", "Sales 销售中心", ROOT, "division", _LIN, "department", 2, 3, "sales"),
    Team("ES", "East Sales 华东销售", "SA", "department", _LIN, "team", 13, 3, "sales", "near_top", 0.08),
    Team("NS", "North Sales 华北销售", "SA", "department", _LIN, "team", 11, 3, "sales"),
    Team("RD", "Research 研发中心", ROOT, "division", _HAN, "department", 2, 3, "research"),
    Team("PF", "Platform 研发平台", "RD", "department", _HAN, "team", 13, 3, "research", "hard", 0.2),
    Team("AP", "Applications 应用研发", "RD", "department", _HAN, "team", 12, 3, "research"),
    Team("SC", "Supply Chain 供应链", ROOT, "department", _QIAO, "department", 11, 3, "supply", "just_under", 0.0),
    Team("LG", "Logistics 物流", "SC", "department", _QIAO, "team", 9, 3, "supply", "newcomer", since=ROLL_OUT),
    Team("FI", "Finance 财务", ROOT, "department", _SHEN, "department", 7, 3, "finance", "kept", 1.0),
    Team("HR", "People 人力资源", ROOT, "department", _QIAO, "department", 6, 3, "people"),
    Team(
        "CS",
        "Customer Care 客户服务",
        ROOT,
        "department",
        _QIAO,
        "department",
        12,
        3,
        "care",
        "newcomer",
        since=ROLL_OUT,
    ),
    Team(
        "WH",
        "West Hill 西山分公司",
        ROOT,
        "branch",
        _WEST,
        "department",
        9,
        2,
        "branch_zh",
        "ordinary",
        0.3,
        date(2025, 7, 1),
        monthly=True,
        goals_per_person=0.55,
    ),
    Team(
        "SB",
        "South Bay 南湾分公司",
        ROOT,
        "branch",
        _SOUTH,
        "department",
        8,
        3,
        "branch",
        "newcomer",
        since=ROLL_OUT,
        forgotten=0.45,
    ),
)
IN_A_SMALL_COMPANY = (ROOT, "SA", "ES", "PF", "FI", "WH")


@dataclass(frozen=True)
class Company:
    """Teams in tree order; the roster, a row per person: person, team (its position), since; whether it has stories."""

    teams: tuple[Team, ...]
    people: pd.DataFrame
    stories: bool = True

    def by_id(self, team_id: str) -> int:
        """The position of the team with this id."""
        return next(position for position, team in enumerate(self.teams) if team.team_id == team_id)

    def of_each(self, positions: npt.ArrayLike, say: Callable[[Team], object]) -> npt.NDArray[np.object_]:
        """What is said of each team, for a column of positions."""
        said = np.empty(len(self.teams), dtype=object)
        said[:] = [say(team) for team in self.teams]
        return np.asarray(said[np.asarray(positions)], dtype=object)

    def descends(self, lower: int, upper: int) -> bool:
        """Whether one team lies below the other, or is the same."""
        parents = {team.team_id: team.parent for team in self.teams}
        step: str | None = self.teams[lower].team_id
        while step is not None and step != self.teams[upper].team_id:
            step = parents[step]
        return step is not None


def found(people: int, seed: int, *, stories: bool = True) -> Company:
    """The company with about so many people: a cut of it when small, field branches added when large.

    Without stories every team scores alike, from the first quarter on.
    """
    told = _headquarters(people) + _field(people - FULL_SIZE)
    alike: dict[str, Any] = {"style": ALIKE, "since": EVER, "committed_share": 0.3, "forgotten": USUALLY_FORGOTTEN}
    teams = told if stories else tuple(replace(team, **alike) for team in told)
    return Company(teams, _roster(teams, np.random.default_rng([seed, 1])), stories)


def _headquarters(people: int) -> tuple[Team, ...]:
    if people >= FULL_SIZE:
        return BASE
    kept = [team for team in BASE if people >= SMALL_COMPANY or team.team_id in IN_A_SMALL_COMPANY]
    share = people / sum(team.size for team in kept)
    known = {team.team_id for team in kept}
    return tuple(
        replace(team, size=max(1, round(team.size * share)), parent=team.parent if team.parent in known else _top(team))
        for team in kept
    )


def _top(team: Team) -> str | None:
    return ROOT if team.parent else None


def _field(people: int) -> tuple[Team, ...]:
    teams: list[Team] = []
    for branch in range(-(-max(people, 0) // FIELD_CREW)):
        region = f"R{branch // BRANCHES_IN_A_REGION + 1:02d}"
        if branch % BRANCHES_IN_A_REGION == 0:
            teams.append(_region(region))
        teams.append(_branch(branch + 1, region, min(FIELD_CREW, people - branch * FIELD_CREW)))
    return tuple(teams)


def _region(region: str) -> Team:
    name = f"Region {region[1:]} 第{region[1:]}大区"
    return Team(region, name, ROOT, "division", _SOUTH, "department", 0, 0, "branch")


def _branch(number: int, region: str, size: int) -> Team:
    name = f"Branch {number:04d} 第{number:04d}分公司"
    return Team(f"B{number:04d}", name, region, "branch", None, "department", size, 1, "branch", goals_per_person=3)


def _roster(teams: tuple[Team, ...], random: np.random.Generator) -> pd.DataFrame:
    sizes = np.array([team.size for team in teams])
    position = np.repeat(np.arange(len(teams)), sizes)
    chinese = np.array([team.wording == "branch_zh" for team in teams])[position]
    names = np.where(chinese, chinese_names(len(position), random), latin_names(len(position), random))
    since = np.array([team.since for team in teams], dtype="datetime64[D]")[position]
    first = pd.Series(position).groupby(position).cumcount() == 0
    rank = np.where(first, "head", "member")
    return pd.DataFrame({"person": names.astype(object), "team": position, "rank": rank, "since": since})
