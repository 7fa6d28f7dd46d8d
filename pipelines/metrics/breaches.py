"""What a rule finds, and what rules are checked against."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from pipelines.history import History
from pipelines.metrics.alignment import links
from pipelines.metrics.grouping import counted
from pipelines.metrics.progress import in_order, start_and_target
from pipelines.metrics.scores import Places, counts
from pipelines.policy import Policy
from pipelines.schema import FINDING, empty

COLUMNS = ["rule", "subject", "found", "expected", "source"]
PLACE = ["team_id", "team", "cycle", "quarter", "year"]
KEYS = [*PLACE, "level", "ambition"]


@dataclass(frozen=True)
class Checked:
    """What rules are checked on: counted objectives, and their counted key results and check-ins up to the day.

    results: the counted `objective_result` rows; as_of: the day asked for, if any; day: that, or else today.
    """

    results: pd.DataFrame
    history: History
    policy: Policy
    as_of: date | None
    day: date | None

    @cached_property
    def key_results(self) -> pd.DataFrame:
        """The key results with their objective's columns, and start and target as stated anywhere."""
        stated = self.history.key_result[counts(self.history.key_result)]
        days = pd.Series(pd.Timestamp(self.as_of) if self.as_of else pd.NaT, stated.index, dtype="datetime64[us]")
        ends = start_and_target(stated.assign(as_of=days), self.check_ins)
        about = self.results[["objective_id", *KEYS, "cycle_kind", "starts_on", "ends_on"]]
        return stated.assign(**ends).merge(about, on="objective_id")

    @cached_property
    def check_ins(self) -> pd.DataFrame:
        """The check-ins up to the day asked for, in order."""
        said = in_order(self.history.check_in)
        return said[said["checked_on"] <= pd.Timestamp(self.as_of)] if self.as_of else said

    @cached_property
    def moved(self) -> pd.DataFrame:
        """The `changes`, which several rules look at."""
        from pipelines.metrics.changes import changes  # noqa: PLC0415 - it starts from what is checked itself

        return changes(self)

    @cached_property
    def summable(self) -> pd.DataFrame:
        """The `summable` key results, which rules and the year look at."""
        from pipelines.metrics.rules_of_parts import summable  # noqa: PLC0415 - it starts from what is checked itself

        return summable(self)

    @cached_property
    def parts(self) -> pd.DataFrame:
        """Their `parts`."""
        from pipelines.metrics.rules_of_parts import parts  # noqa: PLC0415 - it starts from what is checked itself

        return parts(self)

    @cached_property
    def links(self) -> pd.DataFrame:
        """The `links`."""
        return links(self.results, self.history)

    @cached_property
    def contributing(self) -> pd.DataFrame:
        """Those that contribute, which alone make parts of a whole."""
        stated = self.history.alignment
        supports = stated["relation"] == "supports"
        if not supports.any():
            return self.links
        return links(self.results, replace(self.history, alignment=stated[~supports]))

    @cached_property
    def slots(self) -> Places:
        """The place of each key result's objective among the results."""
        places: Places = pd.Index(self.results["objective_id"]).get_indexer(self.key_results["objective_id"])
        return places

    def per_objective(self, flags: "pd.Series[Any]") -> "pd.Series[Any]":
        """The sum of a column over the key results of each objective, on the objectives' index; 0 where it has none."""
        return pd.Series(np.bincount(self.slots, flags.astype("float64"), len(self.results)), self.results.index)


def checked(
    results: pd.DataFrame, history: History, *, policy: Policy, as_of: date | None, today: date | None
) -> Checked:
    """What to check, given every objective's results as of the day."""
    return Checked(counted(results), history, policy, as_of, as_of or today)


def breach(
    rows: pd.DataFrame,
    rule: str,
    *,
    subject: str,
    found: "pd.Series[Any]",
    expected: "pd.Series[str] | str",
    source: str,
) -> pd.DataFrame:
    """Findings, one per row: which rule, on whom (the column `subject`), what was found, expected, by whose rule.

    In: rows with `PLACE`, and level and ambition unless they speak of a whole team. Out: `COLUMNS`, `KEYS`, whole_team,
    and holds_from: the first day on which it is one, where rows have that.
    """
    if rows.empty:
        return empty(FINDING.columns)
    whole_team = "level" not in rows
    place = rows.reindex(columns=KEYS).astype("str")
    told = place.assign(rule=rule, subject=rows[subject].astype("str"), found=found.astype("float64"))
    holds_from = rows["holds_from"] if "holds_from" in rows else pd.Series(pd.NaT, rows.index, dtype="datetime64[us]")
    return told.assign(expected=expected, source=source, whole_team=whole_team, holds_from=holds_from)


def joined(found: Collection[pd.DataFrame]) -> pd.DataFrame:
    """Findings one below the other, those without rows left out for their columns' types."""
    with_rows = [table for table in found if len(table)]
    return pd.concat(with_rows or list(found)[:1], ignore_index=True)
