"""Two flows from the company's goals (S2): to the functions at headquarters, and to the branches."""

from collections.abc import Collection

import pandas as pd

from pipelines.lookup import among, looked_up
from pipelines.metrics.alignment import leading_to
from pipelines.metrics.grouping import counted, share
from pipelines.metrics.tree import lineage

HEADQUARTERS, BRANCH = "headquarters", "branch"
COUNTS = ["should_align", "anchored", "within_only", "loose", "below_leaders", "anchored_below", "anchored_within"]


def units(teams: pd.DataFrame) -> pd.DataFrame:
    """The unit each team belongs to, and on which side it stands (S2: 本部部门, 区县分公司).

    In: `team`. Out: team_id, unit_id, side. The nearest branch above a team is its unit, or the team itself if it is
    one; elsewhere the topmost team below the company is (the company: teams of that kind, or the tree's only top where
    teams hang below it). The company's own team is a unit of its own, at headquarters.
    """
    line = lineage(teams)
    is_branch = looked_up(line["above_id"], teams.set_index("team_id")["kind"]) == "branch"
    branches = line[is_branch].sort_values("steps").drop_duplicates("team_id")
    below = line[~line["above_id"].isin(_company(teams))].sort_values("steps", ascending=False)
    ids = teams["team_id"].drop_duplicates()
    branch = looked_up(ids, branches.set_index("team_id")["above_id"])
    unit = branch.fillna(looked_up(ids, below.drop_duplicates("team_id").set_index("team_id")["above_id"]))
    side = branch.notna().map({True: BRANCH, False: HEADQUARTERS})
    return pd.DataFrame({"team_id": ids, "unit_id": unit.fillna(ids), "side": side}).reset_index(drop=True)


def flows(
    flagged: pd.DataFrame, known: pd.DataFrame, teams: pd.DataFrame, *, of: Collection[str] | None = None
) -> pd.DataFrame:
    """How the company's goals reach each unit, headquarters and branches apart, quarter by quarter.

    In: objectives with the flags of `with_alignment`, and the `links`, of everything loaded; `team`; the ids of the
    objectives to count, all if not given. Out: quarter, side, unit_id, unit (its path), should_align, then which of
    those lead up to a goal of the company (anchored), only to one of the unit's own leadership (within_only), or to
    neither (loose); below_leaders (all but the leadership's own: not individual, of the unit's own team) and which of
    those lead to a goal of the company (anchored_below) and of the leadership (anchored_within); anchored_share and
    anchored_within_share (0–1, missing where nothing counts). Goals without a team or a quarter are left out.
    """
    return flows_of(in_units(flagged, known, teams), teams, of=of)


def in_units(flagged: pd.DataFrame, known: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
    """The counted goals of units with all that `flows` add up from."""
    rows, belongs = counted(flagged), units(teams).set_index("team_id")
    rows = rows.assign(**{name: looked_up(rows["team_id"], belongs[name]) for name in ("unit_id", "side")})
    rows = rows.dropna(subset=["unit_id"])
    leads = (rows["team_id"] == rows["unit_id"]) & (rows["level"] != "individual") & rows["should_align"]
    within = among(rows["objective_id"], _within(rows, known, rows.loc[leads, "objective_id"]))
    apart = rows["should_align"] & ~rows["anchored"]
    below = rows["should_align"] & ~leads
    return rows.assign(
        anchored=rows["should_align"] & rows["anchored"], within_only=apart & below & within,
        loose=apart & ~(below & within), below_leaders=below, anchored_below=below & rows["anchored"],
        anchored_within=below & within,
    )  # fmt: skip


def flows_of(rows: pd.DataFrame, teams: pd.DataFrame, *, of: Collection[str] | None = None) -> pd.DataFrame:
    """`flows` from goals `in_units`."""
    chosen = rows if of is None else rows[rows["objective_id"].isin(of)]
    sums = chosen[chosen["should_align"] > 0].groupby(["quarter", "side", "unit_id"])[COUNTS].sum().reset_index()
    paths = teams.set_index("team_id")["path"]
    table = sums.assign(
        unit=looked_up(sums["unit_id"], paths),
        anchored_share=share(sums["anchored"], sums["should_align"]),
        anchored_within_share=share(sums["anchored_within"], sums["below_leaders"]),
    )
    return table[["quarter", "side", "unit_id", "unit", *COUNTS, "anchored_share", "anchored_within_share"]]


def _company(teams: pd.DataFrame) -> set[str]:
    """The teams that are the company itself."""
    tops = teams.loc[teams["parent_team_id"].isna(), "team_id"]
    only = set(tops) if len(tops) == 1 and teams["parent_team_id"].isin(tops).any() else set()
    return only | set(teams.loc[teams["kind"] == "company", "team_id"])


def _within(rows: pd.DataFrame, known: pd.DataFrame, leaders: "pd.Series[str]") -> "pd.Index[str]":
    """The objectives that vertical links lead to a leader's, without leaving the unit."""
    vertical = known[known["kind"] == "vertical"]
    unit = rows.drop_duplicates("objective_id").set_index("objective_id")["unit_id"]
    same = looked_up(vertical["child_id"], unit) == looked_up(vertical["parent_id"], unit)
    return leading_to(vertical[same], leaders)
