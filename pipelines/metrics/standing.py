"""What the pages set side by side: teams by quarter, score bins by team, low goals week by week."""

import pandas as pd

from pipelines.metrics.completion import completion
from pipelines.metrics.grouping import counted
from pipelines.metrics.movement import on_side
from pipelines.metrics.scores import DECIMALS
from pipelines.policy import Policy

BINS = 20


def in_tree_order(teams: pd.DataFrame) -> list[str]:
    """The teams' ids, each followed by those below it, as the source lists them; a circle's teams come last."""
    children: dict[object, list[str]] = {}
    known = set(teams["team_id"])
    for team, parent in zip(teams["team_id"], teams["parent_team_id"], strict=True):
        children.setdefault(parent if parent in known else None, []).append(team)
    ordered: list[str] = []
    waiting = children.get(None, [])[::-1]
    while waiting:
        ordered.append(waiting.pop())
        waiting += children.get(ordered[-1], [])[::-1]
    return ordered + [team for team in teams["team_id"] if team not in set(ordered)]


def by_team_and_quarter(results: pd.DataFrame, teams: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    """Completion of the goals that are not committed, per team and quarter; committed ones where there are no others.

    In: `objective_result`, `team`. Out: team, quarter, objectives, scored, missing, completion_rate (0–1),
    committed_only. The sweet spot applies to eligible goals alone, so that the two never share a cell.
    """
    sides = [
        completion(on_side(results, side), teams, by=["team", "quarter"], policy=policy, sides=False).assign(
            committed_only=flag
        )
        for side, flag in (("other", False), ("committed", True))
    ]
    rows = pd.concat(sides, ignore_index=True).dropna(subset=["team"])
    first = rows.assign(known=rows["scored"] > 0).sort_values(["known", "committed_only"], ascending=[False, True])
    columns = ["team", "quarter", "objectives", "scored", "missing", "completion_rate", "committed_only"]
    return first.drop_duplicates(["team", "quarter"])[columns].reset_index(drop=True)


def score_bins(results: pd.DataFrame) -> pd.DataFrame:
    """How each team's own scores lie, in bins 0.05 wide, the last closed.

    In: `objective_result`. Out: team, bin (0–19), goals, share (of the team's scored goals), every bin of every
    team with a score; objectives without a team or a score are in none.
    """
    rows = counted(results).dropna(subset=["team", "score"])
    number = ((rows["score"] * 10**DECIMALS).round().astype("int64") // (10**DECIMALS // BINS)).clip(upper=BINS - 1)
    table = rows.groupby(["team", number.rename("bin")]).size().unstack(fill_value=0)
    table = table.reindex(columns=range(BINS), fill_value=0).rename_axis(columns="bin").reset_index()
    long = table.melt(id_vars="team", var_name="bin", value_name="goals")
    return long.assign(share=long["goals"] / long.groupby("team")["goals"].transform("sum"))


def low_goals(results: pd.DataFrame, weeks: pd.DataFrame, *, policy: Policy, most: int = 10) -> pd.DataFrame:
    """The goals that ended below the policy's limit, with their score week by week, the lowest first.

    In: one quarter's `objective_result`, its `objective_week`. Out: objective_id, team, title, ambition, score, weeks
    (list of scores, unknown ones left out), moving (weeks in which the score rose), of (weeks measured). Low is no
    failure but a way to see what does not matter; steady progress tells a hard goal from a forgotten one (S1, S0).
    """
    rows = counted(results)
    rows = rows[rows["score"] < policy.threshold.too_low].nsmallest(most, "score", keep="first")
    known = weeks[weeks["objective_id"].isin(rows["objective_id"])].dropna(subset=["score"]).sort_values("as_of")
    groups = known.groupby("objective_id")["score"]
    lines = groups.agg(weeks=list, moving=lambda scores: int((scores.diff() > 0).sum()), of="size").reset_index()
    columns = ["objective_id", "team", "title", "ambition", "score"]
    table = rows[columns].merge(lines, on="objective_id", how="left")
    return table.assign(weeks=pd.Series([_known(line) for line in table["weeks"]], table.index, dtype="object"))


def _known(line: object) -> list[float]:
    return line if isinstance(line, list) else []
