"""The rule check (规则检查): where goals differ from what the policy asks, each finding with the rule's source."""

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd

from pipelines.history import History
from pipelines.metrics import rules_of_goals, rules_of_key_results, rules_of_parts, rules_of_teams
from pipelines.metrics.breaches import COLUMNS, Checked, checked, joined
from pipelines.metrics.grouping import with_teams_above
from pipelines.policy import Policy

CHECKS: dict[str, Callable[[Checked], pd.DataFrame]] = {
    "objectives_per_owner": rules_of_teams.objectives_per_owner,
    "key_results_per_objective": rules_of_goals.key_results_per_objective,
    "weights_sum": rules_of_key_results.weights_sum,
    "measurable": rules_of_key_results.measurable,
    "time_bound": rules_of_key_results.time_bound,
    "title_length": rules_of_goals.title_length,
    "agreed": rules_of_goals.agreed,
    "bottom_up_share": rules_of_teams.bottom_up_share,
    "key_results_unchanged": rules_of_key_results.key_results_unchanged,
    "parts_and_whole": rules_of_parts.parts_and_whole,
}
"""Every rule, in the order of the list."""


def breaches(
    results: pd.DataFrame,
    history: History,
    *,
    policy: Policy,
    today: date | None = None,
    as_of: date | None = None,
) -> pd.DataFrame:
    """Every finding of every rule; what keeps the rules has no row, and no row names a person.

    In: `objective_result` of everything loaded, as of the day; the history's tables team, objective, key_result,
    check_in, alignment, change. Out: rule, subject (a team's path, or the id of an objective or key result), found (a
    number), expected (a number, with ≤, ≥ or > where it is a bound), source (of the policy's value, or of the rule),
    and what to select and group by: team_id, team, cycle, quarter, year, level, ambition, whole_team. Missing data
    break no rule unless the rule asks for them. Source: S0, S1, S3, by policy.
    """
    return breaches_of(checked(results, history, policy=policy, as_of=as_of, today=today))


def breaches_of(about: Checked) -> pd.DataFrame:
    """`breaches` of what is to be checked; `holds_from`: the first day on which a finding is one, where it has one."""
    return joined([check(about) for check in CHECKS.values()])


def held_by(found: pd.DataFrame, day: date) -> pd.DataFrame:
    """The findings that are ones on the day."""
    return found[~(found["holds_from"] > pd.Timestamp(day))]


def listed(found: pd.DataFrame, teams: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """The findings as they are printed: the keys, rule, subject, found, expected, source.

    By team each stands with its team and all above it. Findings on a whole team are left out by level and by
    ambition, which a team has not; by quarter and by year those of cycles that lie in none. Sorted by the keys, the
    order of the rules, cycle and subject.
    """
    if {"level", "ambition"} & set(by):
        found = found[~found["whole_team"]]
    rows = found.dropna(subset=[key for key in ("quarter", "year") if key in by])
    if "team" in by:
        rows = with_teams_above(rows, teams)
    ranks = {rule: rank for rank, rule in enumerate(CHECKS)}
    keys = [*by, *(["team_id"] if "team" in by else []), "rank", "cycle", "subject", "expected"]
    ordered = rows.assign(rank=rows["rule"].map(ranks)).sort_values(keys, kind="stable", ignore_index=True)
    return ordered[[*by, *COLUMNS]]
