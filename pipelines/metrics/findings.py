"""What is worth a look first: at most one finding of each kind, from what the other figures say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from pipelines.history import History
from pipelines.metrics.alignment import anchored_within
from pipelines.metrics.challenge_teams import QUARTERS_TO_NAME, challenge_teams, quarters_above
from pipelines.metrics.completion import completion
from pipelines.metrics.grouping import counted
from pipelines.metrics.movement import changes, distance
from pipelines.policy import Policy

FALL = 0.25
INSIDE = 0.6
ROLL_OUT = 0.03
CROWDED = 0.6
NARROW = 0.05
FEWEST = 8


@dataclass(frozen=True)
class Finding:
    """One thing worth a look: its kind, the figures its sentence names, and what to show for it."""

    kind: str
    figures: dict[str, float | int | str]
    quarters: tuple[str, ...] = ()
    teams: tuple[str, ...] = field(default=())


def findings(
    results: pd.DataFrame, history: History, *, quarters: Sequence[str], policy: Policy, most: int = 3
) -> list[Finding]:
    """At most so many findings over the closed quarters given in order, the last being the most recent.

    In: `objective_result` of everything loaded; the history's team, alignment and key_result. Out: the first
    that apply of near_top, roll_out, adrift, crowded, furthest. Never a person; a near_top team only if its share
    was above the company's in at least two quarters.
    """
    window = counted(results[results["quarter"].isin(quarters[-policy.challenge.window :])])
    seekers: list[Callable[[], Finding | None]] = [
        lambda: near_top(window, policy=policy),
        lambda: roll_out(results, quarters=list(quarters)[-policy.challenge.window - 1 :]),
        lambda: adrift(results, history, quarters=list(quarters)),
        lambda: crowded(window, policy=policy),
        lambda: furthest(window[window["quarter"].isin(quarters[-1:])], history.team, policy=policy),
    ]
    found: list[Finding] = []
    for seek in seekers:
        if len(found) < most and (finding := seek()):
            found.append(finding)
    return found


def near_top(window: pd.DataFrame, *, policy: Policy) -> Finding | None:
    """The team most surely above all others in goals near 优, if it was above in at least two quarters (S1)."""
    table = challenge_teams(window, policy=policy).merge(quarters_above(window, policy=policy), on="team")
    table = table[table["flagged"] & (table["quarters_above"] >= QUARTERS_TO_NAME)]
    if table.empty:
        return None
    row = table.sort_values(["low", "team"], ascending=[False, True]).iloc[0]
    whole = {"share": float(row["too_high_rate"]), "expected": float(row["expected_rate"])}
    counts = {"above": int(row["quarters_above"]), "of": int(row["quarters"])}
    return Finding("near_top", {"team": row["team"], **whole, **counts}, teams=(row["team"],))


def roll_out(results: pd.DataFrame, *, quarters: list[str]) -> Finding | None:
    """The latest quarter in which the average and the same teams' average moved apart, because others joined."""
    table = changes(results, quarters=quarters)
    apart = (table["change"] - table["same_change"]).abs().round(6)
    table = table[(apart >= ROLL_OUT) & (table["change"] * table["same_change"] <= 0)]
    if table.empty:
        return None
    row = table.iloc[-1]
    figures = {"quarter": row["quarter"], "change": float(row["change"]), "same_change": float(row["same_change"])}
    return Finding("roll_out", figures, quarters=(row["before"], row["quarter"]))


def adrift(results: pd.DataFrame, history: History, *, quarters: list[str]) -> Finding | None:
    """A branch whose goals lead ever less to the company's, although they are aligned within the branch (S2)."""
    branches = history.team[history.team["kind"] == "branch"]
    named = zip(branches["team_id"], branches["path"], strict=True)
    found = [_drift(results, history, branch, path, quarters) for branch, path in named]
    known = [finding for finding in found if finding]
    return max(
        known, key=lambda finding: float(finding.figures["before"]) - float(finding.figures["now"]), default=None
    )


def crowded(window: pd.DataFrame, *, policy: Policy) -> Finding | None:
    """The team most of whose scores lie just under the sweet spot's upper end."""
    edge = policy.sweet_spot.high
    rows = window[window["score"].notna() & window["team"].notna()]
    under = rows["score"].between(edge - NARROW, edge, inclusive="left")
    table = under.groupby(rows["team"]).agg(["mean", "size", "sum"])
    table = table[(table["size"] >= FEWEST) & (table["mean"] >= CROWDED)].sort_values("mean", ascending=False)
    if table.empty:
        return None
    team, row = str(table.index[0]), table.iloc[0]
    counts = {"count": int(row["sum"]), "of": int(row["size"])}
    return Finding("crowded", {"team": team, **counts, "low": edge - NARROW, "high": edge}, teams=(team,))


def furthest(quarter: pd.DataFrame, teams: pd.DataFrame, *, policy: Policy) -> Finding | None:
    """The team whose goals that are not committed ended furthest from the sweet spot in the quarter."""
    table = completion(quarter[quarter["ambition"] != "committed"], teams, by=["team"], policy=policy)
    table = table[(table["scored"] > 0) & table["team"].notna()]
    if table.empty:
        return None
    row = table.iloc[int(distance(table["completion_rate"], side="other", policy=policy).argmax())]
    figures = {"team": row["team"], "share": float(row["completion_rate"]), "count": int(row["scored"])}
    return Finding("furthest", figures, quarters=tuple(quarter["quarter"].unique()), teams=(row["team"],))


def _drift(results: pd.DataFrame, history: History, branch: str, path: str, quarters: list[str]) -> Finding | None:
    """The branch's anchoring in its first quarter with enough goals beside that in its last."""
    shares = _anchoring(results, history, branch, quarters)
    if len(shares) < 2:
        return None
    before, now, inside = shares["anchored"].iloc[0], shares["anchored"].iloc[-1], shares["anchored_within"].iloc[-1]
    if before - now < FALL or inside < INSIDE:
        return None
    since, until = str(shares.index[0]), str(shares.index[-1])
    figures = {"team": path, "before": float(before), "now": float(now), "inside": float(inside)}
    return Finding("adrift", {**figures, "since": since, "until": until}, quarters=(since, until), teams=(path,))


def _anchoring(results: pd.DataFrame, history: History, branch: str, quarters: list[str]) -> pd.DataFrame:
    """The shares of a branch's goals that lead to the company's and to its own leadership's, by quarter."""
    of_cycle = results.drop_duplicates("cycle").set_index("cycle")["quarter"]
    table = anchored_within(results, history, team_id=branch)
    table = table.assign(quarter=table["cycle"].map(of_cycle))
    table = table[table["quarter"].isin(quarters)]
    table = table.groupby("quarter")[["should_align", "anchored", "anchored_within"]].sum()
    table = table[table["should_align"] >= FEWEST / 2]
    return table.div(table["should_align"], axis=0)
