"""Evidence that a goal was changed (目标有调整) or that its record differs from its data (得分与数据不符)."""

import pandas as pd

from pipelines.lookup import among, looked_up
from pipelines.metrics.evidence import Ground, finding, within_cycle
from pipelines.metrics.results import at_dates
from pipelines.metrics.scores import DECIMALS, recorded


def target_moved(ground: Ground) -> pd.DataFrame:
    """Objectives of which a key result's stated target came nearer to its start (eased) or went further (raised).

    Consecutive targets stated within the cycle. found: the new target; against: the one before; found_on: the day.
    """
    moves = _target_moves(ground)
    nearer, further = moves["way"] < moves["way_before"], moves["way"] > moves["way_before"]
    sides = {"target_eased": nearer, "target_raised": further}
    return pd.concat([_one_per_key_result(moves[moved], code) for code, moved in sides.items()], ignore_index=True)


def record_differs(ground: Ground) -> pd.DataFrame:
    """Objectives whose final score lies at least 0.15 above or below the computed one.

    found: the final score; against: the computed one, both over the same key results.
    """
    rows, limit = _final_and_computed(ground), ground.policy.challenge.deviation
    sides = {"scored_above_data": rows["difference"] >= limit, "scored_below_data": rows["difference"] <= -limit}
    found = [
        finding(rows[side], code, found=rows.loc[side, "final"], against=rows.loc[side, "computed"])
        for code, side in sides.items()
    ]
    return pd.concat(found, ignore_index=True)


def _final_and_computed(ground: Ground) -> pd.DataFrame:
    """Final and computed over the same key results, and their difference, by objective.

    An objective's own recorded score speaks for all its key results, and is compared where all are measured.
    """
    rows = ground.scored[ground.scored["counted"]]
    own = _own_recorded(ground)
    unmeasured = rows.loc[rows["computed"].isna(), "objective_id"]
    ids = own.index.to_series()
    own = own[among(ids, rows["objective_id"]) & ~among(ids, unmeasured)]
    final = looked_up(rows["objective_id"], own).fillna(rows["final"])
    both = rows.assign(final=final).dropna(subset=["final", "computed", "share"])
    means = _weighted_means(both)
    means = means.rename_axis("objective_id").reset_index()
    means = means[among(means["objective_id"], ground.objectives["objective_id"])]
    return means.assign(difference=(means["final"] - means["computed"]).round(DECIMALS))


def _weighted_means(rows: pd.DataFrame) -> pd.DataFrame:
    points = rows[["final", "computed"]].mul(rows["share"], axis=0).assign(share=rows["share"])
    sums = points.groupby(rows["objective_id"]).sum()
    return sums[["final", "computed"]].div(sums["share"].where(sums["share"] > 0), axis=0).dropna()


def _own_recorded(ground: Ground) -> "pd.Series[float]":
    objectives = ground.history.objective
    day = pd.Series(pd.Timestamp(ground.as_of) if ground.as_of else pd.NaT, objectives.index, dtype="datetime64[us]")
    own = recorded(at_dates(objectives, ground.history.cycle, day))
    return own.set_axis(objectives["objective_id"]).dropna()


def _target_moves(ground: Ground) -> pd.DataFrame:
    """Each check-in within the cycle that states a target, with the way from start to target then and before."""
    said = ground.said.assign(start=_starts(ground))
    said = within_cycle(said).dropna(subset=["start", "target"])
    said = said.assign(way=(said["target"] - said["start"]).abs())
    before = said.groupby("key_result_id")[["target", "way"]].shift()
    return said.assign(target_before=before["target"], way_before=before["way"])


def _starts(ground: Ground) -> "pd.Series[float]":
    """The start as each check-in knows it: the key result's own, else the last one stated, else the first to come."""
    own = looked_up(ground.said["key_result_id"], ground.key_results.set_index("key_result_id")["start"])
    stated = ground.said.groupby("key_result_id")["start"]
    return own.fillna(stated.ffill()).fillna(stated.bfill())


def _one_per_key_result(moves: pd.DataFrame, code: str) -> pd.DataFrame:
    last = moves.drop_duplicates("key_result_id", keep="last")
    return finding(last, code, found=last["target"], against=last["target_before"], found_on=last["checked_on"])
