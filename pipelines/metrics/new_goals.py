"""New goals to look at (本期新目标) while they can still be raised, and what suggests they ask too little."""

import dataclasses
from datetime import date

import pandas as pd

from pipelines.history import History
from pipelines.lookup import looked_up
from pipelines.metrics.evidence import Ground, finding, ground
from pipelines.metrics.evidence_before import below_last_result, cycles_before, repeated
from pipelines.metrics.scores import DECIMALS
from pipelines.policy import Policy

COLUMNS = ["objective_id", "team", "cycle", "title", "ambition", "status", "evidence"]
FINDERS = (below_last_result, repeated)


def new_goals(
    results: pd.DataFrame, history: History, *, policy: Policy, today: date, as_of: date | None = None
) -> pd.DataFrame:
    """The goals of `new_goal_evidence`, most evidence first, then by cycle and id.

    In: as there. Out: objective_id, team, cycle, title, ambition, status, evidence (list of codes).
    """
    found = new_goal_evidence(results, history, policy=policy, today=today, as_of=as_of)
    codes = found.drop_duplicates(["objective_id", "code"]).groupby("objective_id")["code"].agg(list)
    rows = results[results["objective_id"].isin(codes.index)]
    rows = rows.assign(evidence=rows["objective_id"].map(codes))
    rows = rows.assign(number=rows["evidence"].map(len).astype("int64"))
    order = ["number", "cycle", "objective_id"]
    return rows.sort_values(order, ascending=[False, True, True], ignore_index=True)[COLUMNS]


def new_goal_evidence(
    results: pd.DataFrame, history: History, *, policy: Policy, today: date, as_of: date | None = None
) -> pd.DataFrame:
    """Findings on the open and draft goals of cycles whose first days, up to the one of alignment, include the day.

    In: `objective_result` of everything loaded, as of the day if one is given; the history; `today`, up to which
    check-ins count. Out: the table `evidence` with the codes below_last_result, repeated, confident_at_start. What
    they are held against are the counted goals of earlier cycles: drafts take part here alone, and only as new goals;
    draft key results of new goals too. Missing data find nothing. Committed goals are never listed for
    confident_at_start: a promise is meant to be sure. Source: S0 (aligned by day 15), S1.
    """
    about = _new(results, history, policy=policy, today=today, as_of=as_of)
    found = [find(about) for find in FINDERS]
    return pd.concat([*found, confident_at_start(about)], ignore_index=True)


def open_in_first_days(results: pd.DataFrame, *, policy: Policy, today: date) -> pd.DataFrame:
    """The open and draft goals of cycles that have begun, and of which the day of alignment is not over.

    In: `objective_result`. Goals done or cancelled cannot be raised any more.
    """
    day = (pd.Timestamp(today) - results["starts_on"]).dt.days + 1
    rows: pd.DataFrame = results[day.between(1, policy.rhythm.aligned_by_day)]
    return rows[~rows["status"].isin(("done", "cancelled"))]


def confident_at_start(ground: Ground) -> pd.DataFrame:
    """Goals not committed with a key result whose first confidence stated within the cycle is at least 0.9.

    found: that confidence; against: the policy's; found_on: the day it was stated.
    """
    said = ground.said_within.dropna(subset=["confidence"]).drop_duplicates("key_result_id")
    said = said[said["objective_id"].isin(ground.eligible["objective_id"])]
    limit = ground.policy.challenge.confidence
    sure = said[said["confidence"].round(DECIMALS) >= limit]
    return finding(sure, "confident_at_start", found=sure["confidence"], against=limit, found_on=sure["checked_on"])


def cycles_nearby(cycles: pd.DataFrame, new: pd.DataFrame) -> set[str]:
    """The cycles of the new goals and the two before each."""
    before = cycles_before(cycles)
    now = pd.Series(new["cycle"].dropna().unique(), dtype="str")
    one = looked_up(now, before).dropna()
    return {*now, *one, *looked_up(one, before).dropna()}


def in_short(kept: pd.DataFrame) -> pd.DataFrame:
    """A check-in log of two rows at most for each key result, by which new goals are judged as by the whole log.

    In: `follow_up`. Out: key_result_id, checked_on, and on the day of its last check-in the value, start and target
    last stated, on the day on which a confidence was first stated within its cycle that confidence.
    """
    last = kept.dropna(subset=["checked_on"])[["key_result_id", "checked_on", "value", "start", "target"]]
    first = kept.dropna(subset=["first_confidence_on"])[["key_result_id", "first_confidence_on", "first_confidence"]]
    first = first.set_axis(["key_result_id", "checked_on", "confidence"], axis=1)
    return pd.concat([last, first], ignore_index=True)


def _new(results: pd.DataFrame, history: History, *, policy: Policy, today: date, as_of: date | None) -> Ground:
    """The ground with the new goals as what takes part, drafts and their draft key results among them."""
    new = open_in_first_days(results, policy=policy, today=today)
    rows, known = _nearby(results, history, new)
    about = ground(rows, known, policy=policy, as_of=as_of)
    parts = known.key_result
    more = parts["objective_id"].isin(new["objective_id"]) & (parts["status"] != "cancelled")
    more &= ~parts["key_result_id"].isin(about.key_results["key_result_id"])
    return dataclasses.replace(
        about,
        objectives=new,
        counted=pd.concat([about.counted, new[~new["counted"]]]),
        key_results=pd.concat([about.key_results, parts[more]]),
        check_ins=about.check_ins[about.check_ins["checked_on"] <= pd.Timestamp(as_of or today)],
    )


def _nearby(results: pd.DataFrame, history: History, new: pd.DataFrame) -> tuple[pd.DataFrame, History]:
    """What lies in the cycles of the new goals and the two before each: a long history holds much more."""
    rows = results[results["cycle"].isin(cycles_nearby(history.cycle, new))]
    parts = history.key_result[history.key_result["objective_id"].isin(rows["objective_id"])]
    said = history.check_in[history.check_in["key_result_id"].isin(parts["key_result_id"])]
    return rows, dataclasses.replace(history, key_result=parts, check_in=said)
