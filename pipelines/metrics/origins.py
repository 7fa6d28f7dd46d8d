"""Where goals come from: S0's three rungs, own initiatives, and how goals were taken from above."""

from collections.abc import Collection, Sequence

import pandas as pd

from pipelines.lookup import looked_up
from pipelines.metrics.alignment import FLAGS
from pipelines.metrics.completion import added_apart
from pipelines.metrics.grouping import share, summed
from pipelines.schema import ADOPTIONS

RUNGS = {"leaders": ("department", "team"), "people": ("individual",)}
LEVEL_UNKNOWN, ACROSS = "level_unknown", "across"
LINKED = ("objectives", "linked", "share")
INITIATIVES = ("unlinked", "own_initiatives")


def rungs(flagged: pd.DataFrame, *, of: Collection[str] | None = None) -> pd.DataFrame:
    """S0's three rungs of alignment, quarter by quarter.

    In: objectives with the flags of `with_alignment`; the ids to count. Out: quarter, rung, objectives, linked, share
    (0–1). Rungs: leaders (goals of departments and teams with a goal above), people (individual goals with one),
    level_unknown (goals without a level, a group of its own), across (of all goals, company level included, those at
    either end of a link between teams). By quarter, in this
    order; rungs without a goal are absent, and so are goals of cycles longer than a quarter.
    """
    chosen = flagged if of is None else flagged[flagged["objective_id"].isin(of)]
    # The tree is looked at by team alone.
    return rungs_of(chosen, pd.DataFrame())


def rungs_of(rows: pd.DataFrame, teams: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """`rungs` by keys and quarter, from objectives with their flags or from what `added_up` makes of them."""
    keys, level = [*by, "quarter"], rows["level"]
    sides = {rung: (rows[level.isin(levels)], "aligned") for rung, levels in RUNGS.items()}
    sides |= {LEVEL_UNKNOWN: (rows[level.isna()], "aligned"), ACROSS: (rows, "lateral")}
    parts = [
        summed(goals, teams, by=keys, sums=[flag]).rename(columns={flag: "linked"}).assign(rung=rung)
        for rung, (goals, flag) in sides.items()
    ]
    table = pd.concat(parts, ignore_index=True).sort_values(keys, kind="stable", ignore_index=True)
    return table.assign(share=share(table["linked"], table["objectives"]))[[*keys, "rung", *LINKED]]


def initiatives(flagged: pd.DataFrame, teams: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Own initiatives (自主目标): goals proposed bottom-up that are linked to none; no fault (S0).

    In: objectives with the flags of `with_alignment`; `team`; keys as in `grouping.KEYS`. Out: the keys, then
    objectives, should_align, unlinked (those without a vertical or lateral link), own_initiatives (bottom-up ones of
    them), own_initiative_share (of should_align; missing where nothing should align).
    """
    rows = flagged if "unlinked" in flagged else _with_initiatives(flagged)
    table = summed(rows, teams, by=by, sums=["should_align", *INITIATIVES])
    return table.assign(own_initiative_share=share(table["own_initiatives"], table["should_align"]))


def adoption(
    flagged: pd.DataFrame, objectives: pd.DataFrame, teams: pd.DataFrame, *, by: Sequence[str] = ()
) -> pd.DataFrame:
    """`adoption_of` objectives with the flags of `with_alignment`, and what the table `objective` says of them."""
    return adoption_of(_with_adoptions(flagged, objectives), teams, by=by)


def adoption_of(rows: pd.DataFrame, teams: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """How aligned goals were taken from above: decomposed 分解, taken over 承接, converted 转换, or not said (S0).

    In: what `added_up` makes of objectives; `team`; keys. Out: the keys, then objectives,
    aligned, the count of each kind among those, and its share of them (`<kind>_share`, missing where none is aligned).
    """
    table = summed(rows, teams, by=by, sums=["aligned", *ADOPTIONS])
    return table.assign(**{f"{name}_share": share(table[name], table["aligned"]) for name in ADOPTIONS})


def added_up(flagged: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    """The objectives added up as far as figures of alignment and of origins tell them apart.

    In: objectives with the flags of `with_alignment`; `objective`. Out: one row per team_id, team, executive, quarter,
    level, ambition and counted, with objectives and how many of them have each flag, are unlinked or own initiatives,
    and are aligned and of each kind of adoption. Objectives in no quarter are left out.
    """
    rows = _with_adoptions(_with_initiatives(flagged.dropna(subset=["quarter"])), objectives)
    return added_apart(rows, [*FLAGS, *INITIATIVES, *ADOPTIONS])


def _with_initiatives(flagged: pd.DataFrame) -> pd.DataFrame:
    unlinked = flagged["should_align"] & ~flagged["aligned"] & ~flagged["lateral"]
    return flagged.assign(unlinked=unlinked, own_initiatives=unlinked & flagged["bottom_up"])


def _with_adoptions(flagged: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    stated = objectives.set_index("objective_id")["adoption"]
    kind = looked_up(flagged["objective_id"], stated).fillna("unknown")
    return flagged.assign(**{name: flagged["aligned"] & (kind == name) for name in ADOPTIONS})
