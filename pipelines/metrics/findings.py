"""What is worth a look first: at most one finding of each kind, from what the other figures say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from pipelines.metrics.challenge_teams import QUARTERS_TO_NAME
from pipelines.metrics.completion import NARROW, added_up, completion
from pipelines.metrics.grouping import counted
from pipelines.metrics.movement import changes, distance
from pipelines.metrics.scores import DECIMALS
from pipelines.policy import Policy

FALL = 0.25
INSIDE = 0.6
ROLL_OUT = 0.03
CROWDED = 0.6
FEWEST = 8


@dataclass(frozen=True)
class Finding:
    """One thing worth a look: its kind, the figures its sentence names, and what to show for it."""

    kind: str
    figures: dict[str, float | int | str]
    quarters: tuple[str, ...] = ()
    teams: tuple[str, ...] = field(default=())


def findings(
    results: pd.DataFrame,
    teams: pd.DataFrame,
    anchored: pd.DataFrame,
    challenged: pd.DataFrame,
    *,
    quarters: Sequence[str],
    policy: Policy,
    most: int = 3,
) -> list[Finding]:
    """At most so many findings over the closed quarters given in order, the last being the most recent.

    In: the `objective_result` rows to look at, or what `added_up` makes of them; `team`; `anchoring` of the branches
    to look at; `challenge_teams` with `quarters_above`, over every team in the window, its rows to look at. Out: the
    first that apply of near_top, roll_out, adrift, crowded, furthest. Never a person; a near_top team only if its
    share was above the company's in at least two quarters.
    """
    results = results if "near_edge" in results else added_up(results, policy=policy)
    window = counted(results[results["quarter"].isin(quarters[-policy.challenge.window :])])
    seekers: list[Callable[[], Finding | None]] = [
        lambda: near_top(challenged),
        lambda: roll_out(results, quarters=list(quarters)[-policy.challenge.window - 1 :]),
        lambda: adrift(anchored, quarters=list(quarters)),
        lambda: crowded(window, policy=policy),
        lambda: furthest(window[window["quarter"].isin(quarters[-1:])], teams, policy=policy),
    ]
    found: list[Finding] = []
    for seek in seekers:
        if len(found) < most and (finding := seek()):
            found.append(finding)
    return found


def near_top(challenged: pd.DataFrame) -> Finding | None:
    """The team most surely above all others in goals near 优, if it was above in at least two quarters (S1)."""
    table = challenged[challenged["flagged"] & (challenged["quarters_above"] >= QUARTERS_TO_NAME)]
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


def adrift(anchored: pd.DataFrame, *, quarters: list[str]) -> Finding | None:
    """The branch whose goals lead least to the company's compared with before, although aligned within it (S2)."""
    known = anchored[anchored["quarter"].isin(quarters) & (anchored["should_align"] >= FEWEST / 2)]
    found = [_drift(str(team), rows.sort_values("quarter")) for team, rows in known.groupby("team")]
    falls = [finding for finding in found if finding]
    return max(falls, key=lambda fall: float(fall.figures["before"]) - float(fall.figures["now"]), default=None)


def crowded(window: pd.DataFrame, *, policy: Policy) -> Finding | None:
    """The team most of whose scores lie just under the sweet spot's upper end."""
    edge = policy.sweet_spot.high
    sums = window.groupby("team")[["scored", "near_edge"]].sum()
    table = pd.DataFrame({"mean": sums["near_edge"] / sums["scored"], "size": sums["scored"], "sum": sums["near_edge"]})
    table = table[(table["size"] >= FEWEST) & (table["mean"] >= CROWDED)].sort_values("mean", ascending=False)
    if table.empty:
        return None
    team, row = str(table.index[0]), table.iloc[0]
    counts = {"count": int(row["sum"]), "of": int(row["size"])}
    return Finding("crowded", {"team": team, **counts, "low": edge - NARROW, "high": edge}, teams=(team,))


def furthest(quarter: pd.DataFrame, teams: pd.DataFrame, *, policy: Policy) -> Finding | None:
    """The team, of several, whose goals that are not committed ended furthest from the sweet spot in the quarter."""
    table = completion(quarter[quarter["ambition"] != "committed"], teams, by=["team"], policy=policy, sides=False)
    table = table[(table["scored"] > 0) & table["team"].notna()]
    far = distance(table["completion_rate"], side="other", policy=policy).round(DECIMALS)
    if len(table) < 2 or not far.any():
        return None
    row = table.iloc[int(far.argmax())]
    figures = {"team": row["team"], "share": float(row["completion_rate"]), "count": int(row["scored"])}
    return Finding("furthest", figures, quarters=tuple(quarter["quarter"].unique()), teams=(row["team"],))


def _drift(team: str, rows: pd.DataFrame) -> Finding | None:
    """A branch's anchoring in its first quarter beside that in its last."""
    before, now = float(rows["anchored_share"].iloc[0]), float(rows["anchored_share"].iloc[-1])
    inside = float(rows["anchored_within_share"].iloc[-1])
    if before - now < FALL or inside < INSIDE:
        return None
    since, until = str(rows["quarter"].iloc[0]), str(rows["quarter"].iloc[-1])
    shares = {"before": before, "now": now, "inside": inside}
    return Finding(
        "adrift", {"team": team, "since": since, "until": until, **shares}, quarters=(since, until), teams=(team,)
    )
