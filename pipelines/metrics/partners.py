"""Goals of other teams that a team's goals are linked to, and how they stand."""

from collections.abc import Collection
from datetime import date

import pandas as pd

from pipelines.history import History
from pipelines.metrics.alignment import links

COLUMNS = ["direction", "own_id", "own_title", "objective_id", "title", "team", "cycle", "score", "expected"]
TOLD = ["title", "team", "cycle", "score"]
ABOUT = [*TOLD, "team_id", "starts_on", "ends_on"]
SERVES_US, WE_SERVE = "serves_us", "we_serve"


def partners(results: pd.DataFrame, history: History, *, own: Collection[str], day: date) -> pd.DataFrame:
    """`partners_of` from the tables alignment, key_result and team."""
    return partners_of(results, links(results, history), own=own, day=day)


def partners_of(results: pd.DataFrame, known: pd.DataFrame, *, own: Collection[str], day: date) -> pd.DataFrame:
    """The other teams' goals at the other end of links from or to these goals.

    In: `objective_result` of everything loaded, since partners may lie anywhere, as of the day where the history is
    cut there; its `links`; the ids of a team's own goals. Out: direction (we_serve: our
    goal names theirs as what it serves, up or across; serves_us: theirs names ours), own_id, own_title, objective_id,
    title, team (path), cycle, score (0–1, missing without one), expected (share of their cycle's days passed at the
    day's end, 0–1). Links of no kind, within the team, and to goals of no team count as none. Source: S0, S2.
    """
    known = known[(known["kind"] != "none") & (known["child_id"].isin(own) | known["parent_id"].isin(own))]
    ours = {WE_SERVE: ("child_id", "parent_id"), SERVES_US: ("parent_id", "child_id")}
    pairs = [
        pd.DataFrame({"direction": direction, "own_id": known[mine], "objective_id": known[theirs]})
        for direction, (mine, theirs) in ours.items()
    ]
    goals = results.drop_duplicates("objective_id").set_index("objective_id")
    rows = pd.concat(pairs, ignore_index=True).drop_duplicates()
    rows = rows[rows["own_id"].isin(own)]
    # Each end is looked up once, with all that is asked of it.
    mine, theirs = (goals[ABOUT].reindex(rows[end]).set_axis(rows.index) for end in ("own_id", "objective_id"))
    passed = (pd.Timestamp(day) - theirs["starts_on"]).dt.days + 1
    share = passed / ((theirs["ends_on"] - theirs["starts_on"]).dt.days + 1)
    rows = rows.join(theirs[TOLD]).assign(own_title=mine["title"], expected=share.clip(0, 1))
    rows = rows[mine["team_id"] != theirs["team_id"]]
    order = ["direction", "own_title", "own_id", "team", "objective_id"]
    return rows.sort_values(order, kind="stable", ignore_index=True)[COLUMNS]
