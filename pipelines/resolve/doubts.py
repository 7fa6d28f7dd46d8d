"""What is in but doubtful: check-ins outside their cycle, weights, circles and links to itself."""

from typing import Any

import numpy as np
import pandas as pd

from pipelines.lookup import looked_up
from pipelines.problems import rule
from pipelines.resolve.findings import findings

Places = np.ndarray[Any, np.dtype[np.intp]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

OUTSIDE_CYCLE = rule(
    "check_in_outside_cycle",
    "doubtful",
    "this check-in of {value} lies outside its cycle {cycle}; it counts. Correct the date if it is wrong.",
)
WEIGHTS = rule(
    "weights_sum",
    "doubtful",
    "the weights of the key results of objective {objective} sum to {value}, not 100%; they are scaled. Correct them.",
)
TO_ITSELF = rule("link_to_itself", "doubtful", "“{value}” is linked to itself; the link counts as none. Remove it.")
CIRCLE = rule(
    "link_circle",
    "doubtful",
    "the link to “{value}” closes a circle of goals that serve each other; remove the one that is wrong.",
)
# Three times 33 % is meant as thirds: equal weights may lose this much to rounding, others a tenth of a percent.
EQUAL_TOLERANCE, TOLERANCE = 0.0201, 0.0011


def outside_cycle(check_ins: pd.DataFrame) -> pd.DataFrame:
    """Check-ins before the first or after the last day of their key result's cycle, which `spans` names."""
    return findings(OUTSIDE_CYCLE, check_ins, "checked_on", value="checked_on", details={"cycle": "spans"})


def weights(key_results: pd.DataFrame) -> pd.DataFrame:
    """Objectives whose counted key results state weights that do not sum to 100 %, or together exceed it."""
    counted = key_results[~key_results["status"].isin(["draft", "cancelled"]) & key_results["objective_id"].notna()]
    groups = counted.groupby("objective_id", sort=False)["weight"]
    total, stated, all_ = groups.sum().round(6), groups.count(), groups.size()
    allowed = (groups.max() == groups.min()).map({True: EQUAL_TOLERANCE, False: TOLERANCE})
    wrong = (stated == all_) & ((total - 1).abs() > allowed) | (total - 1 > allowed)
    last = counted.drop_duplicates("objective_id", keep="last").set_index("objective_id", drop=False)
    rows = last.loc[wrong[wrong].index].assign(total=(total[wrong] * 100).map("{:g}%".format).astype("str"))
    return findings(WEIGHTS, rows, "key_result.weight", value="total", details={"objective": "objective_id"})


def to_itself(links: pd.DataFrame) -> pd.DataFrame:
    """Links from an objective to itself or to its own key result."""
    return findings(TO_ITSELF, links[links["child_key"] == links["parent_key"]], "parent", value="parent")


def circles(links: pd.DataFrame, team_of: pd.Series, teams: pd.DataFrame) -> pd.DataFrame:
    """Links within a circle; lateral links, which run both ways without harm, are left out."""
    ends = links[links["parent_key"].notna() & (links["child_key"] != links["parent_key"])]
    child, parent = (looked_up(ends[end], team_of) for end in ("child_key", "parent_key"))
    lateral = child.notna() & parent.notna() & ~_one_line(child, parent, teams)
    ends = ends[~lateral]
    codes, keys = pd.factorize(pd.concat([ends["child_key"], ends["parent_key"]]))
    start, end = codes[: len(ends)], codes[len(ends) :]
    return findings(CIRCLE, ends[_in_circles(start, end, len(keys))], "parent", value="parent")


def _in_circles(start: Places, end: Places, number: int) -> Flags:
    """Which of the steps between so many places lead back to where they start, if others follow."""
    if not number:
        return np.empty(0, dtype=bool)
    # Not for everyone: importing it takes a fifth of a second, and pages and most commands never come here.
    from scipy.sparse import coo_array  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    graph = coo_array((np.ones(len(start)), (start, end)), shape=(number, number))
    group = connected_components(graph, connection="strong")[1]
    return np.asarray(group[start] == group[end])


def _one_line(a: pd.Series, b: pd.Series, teams: pd.DataFrame) -> pd.Series:
    """Whether the two teams are the same or one stands above the other."""
    above = teams.dropna(subset="parent_team_id")
    parents = dict(zip(above["team_id"], above["parent_team_id"], strict=True))
    lines = {team: _line(team, parents) for team in teams["team_id"]}
    pairs = zip(a, b, strict=True)
    return pd.Series([x in lines.get(y, ()) or y in lines.get(x, ()) for x, y in pairs], index=a.index, dtype=bool)


def _line(team: str, parents: dict[str, str]) -> set[str]:
    line = {team}
    while (team := parents.get(team, team)) not in line:
        line.add(team)
    return line
