"""Evidence that a goal may be easy (目标可能偏易), from within its own cycle."""

import numpy as np
import pandas as pd

from pipelines.lookup import among, looked_up
from pipelines.metrics.distribution import with_marks
from pipelines.metrics.evidence import Ground, finding
from pipelines.metrics.progress import progress, share_reached, statements
from pipelines.metrics.results import at_dates, scores_of
from pipelines.metrics.scores import DECIMALS
from pipelines.schema import EVIDENCE, empty

MET_FROM = pd.Timedelta(days=-14)
MET_TO = pd.Timedelta(days=13)


def score_too_high(ground: Ground) -> pd.DataFrame:
    """Eligible objectives whose score reaches or comes near 优. found: the score; against: the threshold."""
    marked = with_marks(ground.objectives, policy=ground.policy)
    high = marked[marked["too_high"]]
    return finding(high, "score_too_high", found=high["score"], against=ground.policy.threshold.too_high)


def reached_early(ground: Ground) -> pd.DataFrame:
    """Eligible objectives that reach 0.9, every key result measured, before 60 % of the cycle has passed.

    found: the computed score; against: the policy's progress; found_on: the first day on which it stood there.
    """
    asked = _early_days(ground)
    if asked.empty:
        return empty(EVIDENCE.columns)
    data_only = ground.policy.with_score_source("computed")
    scored = scores_of(asked, ground.key_results, ground.check_ins, policy=data_only)
    whole = (scored["key_results"] > 0) & (scored["key_results_scored"] == scored["key_results"])
    reached = whole & (scored["computed"] >= ground.policy.challenge.early_progress)
    early = asked.assign(computed=scored["computed"])[reached].drop_duplicates("objective_id")
    against = ground.policy.challenge.early_progress
    return finding(early, "reached_early", found=early["computed"], against=against, found_on=early["as_of"])


def already_met(ground: Ground) -> pd.DataFrame:
    """Objectives of which a key result's first check-in around the start is at or past the target.

    The first one between 14 days before the cycle's start and 13 days after it that states a value or a progress,
    in words too. found: its progress; against: 1.
    """
    said = ground.said.loc[statements(ground.key_results, ground.said).index]
    since_start = said["checked_on"] - said["starts_on"]
    first = said[since_start.between(MET_FROM, MET_TO)].drop_duplicates("key_result_id")
    rows = ground.key_results.merge(first[["key_result_id", "checked_on"]], on="key_result_id")
    asked = rows.assign(as_of=rows["checked_on"], begun=True, ended=False)
    met = asked.join(progress(asked, ground.check_ins))
    met = met[met["raw"].round(DECIMALS) >= 1]
    return finding(met, "already_met", found=met["raw"], against=1.0, found_on=met["checked_on"])


def always_confident(ground: Ground) -> pd.DataFrame:
    """Eligible objectives with at least 3 stated confidences within the cycle, none below 0.9.

    found: the lowest; against: the policy's confidence; found_on: the day of the last one.
    """
    said = ground.said_within.dropna(subset=["confidence"])
    said = said[among(said["objective_id"], ground.eligible["objective_id"])]
    limits = ground.policy.challenge
    table = said.groupby("objective_id").agg(
        number=("confidence", "size"), lowest=("confidence", "min"), last=("checked_on", "max")
    )
    sure = (table["number"] >= limits.confidences) & (table["lowest"].round(DECIMALS) >= limits.confidence)
    rows = table[sure].reset_index()
    against = limits.confidence
    return finding(rows, "always_confident", found=rows["lowest"], against=against, found_on=rows["last"])


def _early_days(ground: Ground) -> pd.DataFrame:
    """The eligible objectives that may be early, at each early day on which their progress may have changed, by day."""
    eligible = ground.eligible.dropna(subset=["starts_on", "ends_on"])
    last = _last_early_day(eligible, ground.policy.challenge.early_share)
    eligible = eligible[among(eligible["objective_id"], _ahead(ground, last))]
    said = ground.said_within
    said = said[among(said["objective_id"], eligible["objective_id"])]
    days = pd.concat(
        [
            said[["objective_id", "checked_on"]].rename(columns={"checked_on": "day"}),
            eligible[["objective_id"]].assign(day=eligible["starts_on"]),
        ]
    ).drop_duplicates()
    days = days[days["day"] <= looked_up(days["objective_id"], last)]
    if ground.as_of:
        days = days[days["day"] <= pd.Timestamp(ground.as_of)]
    objectives = ground.history.objective[["objective_id", "cycle", "score", "score_self"]]
    asked = objectives.merge(days.sort_values("day", kind="stable"), on="objective_id")
    asked = asked.sort_values("day", kind="stable", ignore_index=True)
    return at_dates(asked, ground.history.cycle, asked["day"])


def _ahead(ground: Ground, last: "pd.Series[pd.Timestamp]") -> "pd.Series[str]":
    """The objectives of which a key result stands high enough on an early day: without one the mean cannot.

    A value that start and target of the key result alone do not make computable may be high enough.
    """
    said = ground.said
    said = said[said["checked_on"] <= looked_up(said["objective_id"], last)]
    told = statements(ground.key_results, said)
    goals = ground.key_results.set_index("key_result_id")
    start, target = (looked_up(told["key_result_id"], goals[name]) for name in ("start", "target"))
    reached = share_reached(told["value"], start, target)
    high = reached.fillna(told["progress"]).round(DECIMALS) >= ground.policy.challenge.early_progress
    high |= told["value"].notna() & reached.isna()
    found: pd.Series[str] = said.loc[high.index[high], "objective_id"]
    return found


def _last_early_day(objectives: pd.DataFrame, early_share: float) -> "pd.Series[pd.Timestamp]":
    """The last day at whose end less than the share of the cycle has passed, by objective."""
    days = (objectives["ends_on"] - objectives["starts_on"]).dt.days + 1
    # Rounded, because 0.6 × 30 must not come out a hair above 18.
    number = np.ceil((days * early_share).round(DECIMALS)) - 1
    last = objectives["starts_on"] + pd.to_timedelta(number - 1, unit="D")
    return last.set_axis(objectives["objective_id"])
