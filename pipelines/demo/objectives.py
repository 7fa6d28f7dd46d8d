"""One cycle's objectives of the sample company."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.cycles import Cycle
from pipelines.demo.company import Company
from pipelines.demo.stories import (
    COMMITTED_SCORES,
    COMPANY_BEFORE,
    COMPANY_SCORES,
    LABELS_SINCE,
    NOT_NEAR_TOP,
    SCORES,
    lift_in,
    planted_in,
    style_in,
)
from pipelines.demo.texts import library
from pipelines.demo.timeline import code, is_open, number

Numbers = npt.NDArray[np.float64]
ANNUAL_GOALS = 2
AWAY = 0.07
STEADY_STYLES = ("company", "near_top", "kept")


def objectives_of(cycle: Cycle, company: Company, random: np.random.Generator) -> pd.DataFrame:
    """One row per objective: who, what, how ambitious and the score it is to end with (`aim`, 0–1)."""
    teams = [position for position, team in enumerate(company.teams) if team.works_in(cycle)]
    frame = _own(cycle, company, teams)
    if cycle.kind != "year":
        frame = pd.concat([frame, _individual(company, teams, random)], ignore_index=True)
    frame = frame.sort_values(["team", "own"], ascending=[True, False], kind="stable", ignore_index=True)
    frame["number"] = frame.groupby("team").cumcount() + 1
    team_ids = company.of_each(frame["team"], lambda team: team.team_id)
    frame["objective_id"] = code(cycle) + "-" + team_ids + "-O" + frame["number"].astype(str)
    frame["cycle"] = cycle.label
    labelled = _labelled(frame, cycle, company, random)
    return _told(_scored(labelled, cycle, company, random), cycle, company)


def _own(cycle: Cycle, company: Company, teams: list[int]) -> pd.DataFrame:
    chosen = [company.teams[team] for team in teams]
    counts = [ANNUAL_GOALS if cycle.kind == "year" and team.level != "company" else team.own_goals for team in chosen]
    position = np.repeat(teams, counts)
    crews = company.people.groupby("team")["person"].agg(list)
    turns = np.concatenate([np.arange(count) for count in counts])
    owners = [crews[team][turn % min(len(crews[team]), 5)] for team, turn in zip(position, turns, strict=True)]
    level = company.of_each(position, lambda team: team.level)
    return pd.DataFrame({"team": position, "owner": owners, "own": True, "level": level})


def _individual(company: Company, teams: list[int], random: np.random.Generator) -> pd.DataFrame:
    people = company.people[company.people["team"].isin(teams)]
    mean = company.of_each(people["team"], lambda team: team.goals_per_person).astype(float)
    counts = np.floor(mean + random.random(len(people)) * (mean % 1 > 0)).astype(int)
    away = (random.random(len(people)) < AWAY) & (mean > 1)
    chosen = people.loc[people.index.repeat(np.where(away, 0, counts))]
    own = {"team": chosen["team"].to_numpy(), "owner": chosen["person"].to_numpy()}
    return pd.DataFrame({**own, "own": False, "level": "individual"})


def _labelled(frame: pd.DataFrame, cycle: Cycle, company: Company, random: np.random.Generator) -> pd.DataFrame:
    share = company.of_each(frame["team"], lambda team: team.committed_share).astype(float)
    place = spread(frame["team"].to_numpy(), random)
    unlabelled = random.random(len(frame)) < (0.3 if cycle.starts_on < LABELS_SINCE else 0.05)
    ambition = np.where(place < share, "committed", np.where(unlabelled, "", "aspirational"))
    bottom_up = random.random(len(frame)) < np.where(frame["own"], 0.45, 0.72)
    lateral = random.random(len(frame)) < 0.06
    top_down = (frame["level"] == "company") | ~bottom_up
    origin = np.where(top_down, "top_down", np.where(lateral, "lateral", "bottom_up"))
    steady = company.of_each(frame["team"], lambda team: team.style in STEADY_STYLES).astype(bool)
    loose = (frame["level"] == "individual") & ~steady
    status = np.where(loose, random.choice(["", "draft", "cancelled"], len(frame), p=[0.96, 0.02, 0.02]), "")
    kept = np.where(status == "", "active" if is_open(cycle) else "done", status)
    return frame.assign(ambition=ambition, origin=origin, status=kept)


def _scored(frame: pd.DataFrame, cycle: Cycle, company: Company, random: np.random.Generator) -> pd.DataFrame:
    committed = (frame["ambition"] == "committed").to_numpy()
    place = spread(frame["team"].to_numpy() * 2 + committed, random)
    style = company.of_each(frame["team"], lambda team: style_in(team, cycle))
    lift = company.of_each(frame["team"], lambda team: lift_in(team, cycle)).astype(float)
    told = [np.interp(place, *knots) for knots in SCORES.values()]
    usual = np.select([style == name for name in SCORES], told, 0.6)
    lifted = np.where(usual < NOT_NEAR_TOP, np.clip(usual + lift, 0.05, NOT_NEAR_TOP), usual)
    promised = np.where(style == "kept", 1.0, np.interp(place, *COMMITTED_SCORES))
    company_aim = np.resize(COMPANY_SCORES.get(cycle.label, COMPANY_BEFORE), len(frame))
    aim = np.where(style == "company", company_aim, np.where(committed & (style != "newcomer"), promised, lifted))
    return frame.assign(aim=aim, early=(style == "near_top") & ~committed & (random.random(len(frame)) < 0.5))


def _told(frame: pd.DataFrame, cycle: Cycle, company: Company) -> pd.DataFrame:
    texts = library()
    deals = {
        position: texts.deal(company.teams[position].wording, number(cycle) + position, monthly=cycle.kind == "month")
        for position in frame["team"].unique()
    }
    sizes = frame.groupby("team").size()
    combination = np.concatenate([np.resize(deals[team], count) for team, count in sizes.items()])
    titles = pd.Series(texts.titles[combination], index=frame.index)
    planted = {key: goal.title for key, goal in planted_in(cycle, company).items()}
    ambition = frame["ambition"].where(~frame["objective_id"].isin(list(planted)), "aspirational")
    return frame.assign(
        combination=combination, title=_replaced(titles, frame["objective_id"], planted), ambition=ambition
    )


def _replaced(titles: pd.Series, keys: pd.Series, planted: dict[str, str]) -> list[str]:
    return [planted.get(key, title) for key, title in zip(keys, titles, strict=True)]


def spread(groups: npt.NDArray[np.int64], random: np.random.Generator) -> Numbers:
    """A number in 0–1 for each row, evenly spread within each group and in random order."""
    shuffled = pd.Series(random.random(len(groups)))
    grouped = shuffled.groupby(groups)
    rank = grouped.rank(method="first").to_numpy() - 1
    size = grouped.transform("size").to_numpy()
    return np.asarray((rank + random.random(len(groups))) / size, dtype=np.float64)
