"""Evidence that a goal is worth a question: codes, and one row for each finding with its numbers and dates."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Union

import pandas as pd

from pipelines.history import History
from pipelines.lookup import among
from pipelines.metrics.challenge_teams import taking_part
from pipelines.metrics.progress import in_order
from pipelines.metrics.results import key_result_results
from pipelines.metrics.scores import counts
from pipelines.policy import Policy
from pipelines.schema import EVIDENCE, conform, empty

Found = Union["pd.Series[float]", float]

STATED = ["key_result_id", "checked_on", "value", "progress", "confidence", "status", "start", "target"]


@dataclass(frozen=True)
class Ground:
    """What evidence is looked for in: everything known by the day, narrowed to what takes part.

    objectives: the `objective_result` rows taking part; counted: all counted ones; key_results: the counted rows of
    `key_result` of any counted objective; check_ins: in order, up to the day; known: `key_result_result` as of the
    day, where it was computed before.
    """

    history: History
    objectives: pd.DataFrame
    counted: pd.DataFrame
    key_results: pd.DataFrame
    check_ins: pd.DataFrame
    policy: Policy
    as_of: date | None
    known: pd.DataFrame | None = None

    @property
    def eligible(self) -> pd.DataFrame:
        """The objectives taking part that are not committed."""
        return self.objectives[self.objectives["ambition"] != "committed"]

    def measured(self, objectives: pd.DataFrame) -> pd.DataFrame:
        """The counted key results of the objectives, with the span, team and cycle of each."""
        spans = objectives[["objective_id", "starts_on", "ends_on", "team_id", "cycle"]]
        return self.key_results.merge(spans, on="objective_id")

    @cached_property
    def scored(self) -> pd.DataFrame:
        """The table `key_result_result` as of the day, of everything known."""
        if self.known is not None:
            return self.known
        return key_result_results(self.history, policy=self.policy, as_of=self.as_of)

    @cached_property
    def said(self) -> pd.DataFrame:
        """The check-ins on the key results of what takes part, with the objective and its span, in order."""
        known = self.measured(self.objectives)[["key_result_id", "objective_id", "starts_on", "ends_on"]]
        return self.check_ins[STATED].merge(known, on="key_result_id")

    @cached_property
    def said_within(self) -> pd.DataFrame:
        """Those of them dated within the objective's cycle."""
        return within_cycle(self.said)


def within_cycle(said: pd.DataFrame) -> pd.DataFrame:
    """The check-ins dated within the cycle of their objective, both its ends included."""
    return said[said["checked_on"].between(said["starts_on"], said["ends_on"])]


def ground(results: pd.DataFrame, history: History, *, policy: Policy, as_of: date | None = None) -> Ground:
    """What to look for evidence in, given every objective's results as of the day."""
    everything = results[results["counted"]]
    key_results = history.key_result[counts(history.key_result)]
    check_ins = in_order(history.check_in)
    return Ground(
        history=history,
        objectives=taking_part(results, policy=policy),
        counted=everything,
        key_results=key_results[among(key_results["objective_id"], everything["objective_id"])],
        check_ins=check_ins[check_ins["checked_on"] <= pd.Timestamp(as_of)] if as_of else check_ins,
        policy=policy,
        as_of=as_of,
    )


def finding(
    rows: pd.DataFrame, code: str, *, found: Found, against: Found, found_on: "pd.Series[pd.Timestamp] | None" = None
) -> pd.DataFrame:
    """Findings in the shape of the table `evidence`, one per row that names an objective and perhaps a key result."""
    if rows.empty:
        return empty(EVIDENCE.columns)
    named = rows.assign(code=code, found=found, against=against, found_on=found_on)
    return conform(named, EVIDENCE.columns).reset_index(drop=True)
