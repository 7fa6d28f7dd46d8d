"""Challenge by objective (挑战度): the goals worth a question, each with its evidence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd

from pipelines.history import History
from pipelines.metrics import evidence_before, evidence_easy, evidence_record
from pipelines.metrics.evidence import Ground, ground
from pipelines.policy import Policy

FINDERS: tuple[Callable[[Ground], pd.DataFrame], ...] = (
    evidence_easy.score_too_high,
    evidence_easy.reached_early,
    evidence_easy.already_met,
    evidence_easy.always_confident,
    evidence_before.below_last_result,
    evidence_before.repeated,
    evidence_record.target_moved,
    evidence_record.record_differs,
)
COLUMNS = ["objective_id", "team", "cycle", "title", "ambition", "score", "evidence"]


def evidence(
    results: pd.DataFrame,
    history: History,
    *,
    policy: Policy,
    as_of: date | None = None,
    scored: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every finding on every objective that takes part, in the order of the codes.

    In: `objective_result` of everything loaded, as of the day; the history; scored: `key_result_result` as of the day,
    to spare computing it once more. Out: the table `evidence`. Missing data
    find nothing. Committed objectives are never listed for `score_too_high`, `reached_early` or `always_confident`.
    Source: S1, S3.
    """
    about = replace(ground(results, history, policy=policy, as_of=as_of), known=scored)
    return pd.concat([find(about) for find in FINDERS], ignore_index=True)


def challenge_objectives(
    results: pd.DataFrame, history: History, *, policy: Policy, as_of: date | None = None
) -> pd.DataFrame:
    """The objectives with evidence, most first, then by score (high first), cycle and id.

    In: as `evidence`. Out: objective_id, team, cycle, title, ambition, score, evidence (list of codes).
    """
    found = evidence(results, history, policy=policy, as_of=as_of).drop_duplicates(["objective_id", "code"])
    codes = found.groupby("objective_id")["code"].agg(list)
    rows = results[results["objective_id"].isin(codes.index)]
    rows = rows.assign(evidence=rows["objective_id"].map(codes))
    rows = rows.assign(number=rows["evidence"].map(len).astype("int64"))
    order = ["number", "score", "cycle", "objective_id"]
    return rows.sort_values(order, ascending=[False, False, True, True], ignore_index=True)[COLUMNS]
