"""Challenge by team (挑战度): could the goals have been hard? Never a rating, ranking or reward."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import bdtrc

from pipelines.metrics.distribution import with_marks
from pipelines.metrics.grouping import counted, share, summed
from pipelines.metrics.scores import DECIMALS
from pipelines.metrics.team_rates import posterior
from pipelines.policy import Policy

FIGURES = ["n", "too_high", "too_high_rate", "expected_rate", "shrunk_rate", "low", "high", "p_value", "q_value"]
COLUMNS = ["team", *FIGURES, "p_above", "flagged"]
WHOLE = ["objectives", "unknown_ambition", "unknown_ambition_share", "n", "too_high", "too_high_rate", "ceiling"]
MARKS = ["unknown_ambition", "eligible", "too_high"]
INTERVAL = (0.05, 0.95)
QUARTERS_TO_NAME = 2


def taking_part(results: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    """The counted objectives with enough of their weight scored to speak of challenge."""
    rows = counted(results)
    return rows[rows["score_coverage"].round(DECIMALS) >= policy.challenge.coverage]


def challenge_whole(
    results: pd.DataFrame, teams: pd.DataFrame, *, by: Sequence[str] = (), policy: Policy
) -> pd.DataFrame:
    """The whole first: the share of eligible scored objectives that are too high, against the policy's ceiling.

    In: `objective_result`, `team`. Out: the keys, then objectives (taking part), unknown_ambition and its share of
    them, n (eligible and scored), too_high, too_high_rate, ceiling. A share of nothing is missing. Source: S1; the
    ceiling is our choice.
    """
    return whole_of(marked(results, policy=policy), teams, by=by, policy=policy)


def marked(results: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    """Those of `objective_result` that take part, with flags of what `challenge_whole` adds up."""
    rows = with_marks(taking_part(results, policy=policy), policy=policy)
    return rows.assign(unknown_ambition=rows["ambition"] == "unknown")


def whole_of(rows: pd.DataFrame, teams: pd.DataFrame, *, by: Sequence[str] = (), policy: Policy) -> pd.DataFrame:
    """`challenge_whole` from the rows of `marked` that are asked for, or from their sums."""
    table = summed(rows, teams, by=by, sums=MARKS)
    table = table.rename(columns={"eligible": "n"}).assign(
        unknown_ambition_share=share(table["unknown_ambition"], table["objectives"]),
        too_high_rate=share(table["too_high"], table["eligible"]),
        ceiling=policy.challenge.ceiling,
    )
    return table[[*by, *WHOLE]]


def challenge_teams(results: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    """Each team's own eligible scored objectives against all teams': how many are too high, and could it be chance.

    In: `objective_result`. Out: team, n, too_high, too_high_rate, expected_rate (p₀ = Σx / Σn), shrunk_rate with
    low and high (posterior mean and central 90 % interval), p_value (one-sided exact binomial), q_value
    (Benjamini–Hochberg over the teams with n ≥ 5, missing below), p_above (posterior probability of a rate at least
    0.05 above p₀), flagged. Teams with n ≥ 1, by path; objectives without a team take no part. Source: Gelman et
    al., BDA 3, section 5.3; Benjamini and Hochberg 1995; limits from the policy.
    """
    counts = _own_counts(results, policy=policy)
    if counts.empty:
        return counts.reindex(columns=COLUMNS).astype({"flagged": "bool"})
    table = held_against_all(counts, policy=policy)
    return table.sort_values(["team", "team_id"], kind="stable", ignore_index=True)[COLUMNS]


def held_against_all(counts: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    """Each team's count against all teams' share: the figures of `challenge_teams` from the counts alone.

    In: one row per team with n ≥ 1 and too_high, at least one row; further columns are kept. Out: the same rows with
    too_high_rate to flagged.
    """
    table = _tested(_shrunk(counts, policy), policy)
    return table.assign(flagged=_flagged(table, policy))


def quarters_above(results: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    """In how many quarters each team's share was above p₀; the page names a team only from two on.

    In: the window's `objective_result`. Out: team, quarters (with n ≥ 1), quarters_above. p₀ is the window's.
    """
    rows = _eligible(results, policy=policy)
    expected = rows["too_high"].mean()
    quarters = rows.dropna(subset=["quarter"]).groupby(["team", "quarter"])["too_high"].mean().round(DECIMALS)
    above = (quarters > round(expected, DECIMALS)).groupby("team").agg(["size", "sum"])
    return above.set_axis(["quarters", "quarters_above"], axis=1).reset_index()


def _eligible(results: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    rows = with_marks(taking_part(results, policy=policy), policy=policy)
    return rows[rows["eligible"] & rows["team_id"].notna()]


def _own_counts(results: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    rows = _eligible(results, policy=policy).assign(team=lambda frame: frame["team"].fillna(frame["team_id"]))
    groups = rows.groupby(["team_id", "team"], as_index=False)
    return groups.agg(n=("too_high", "size"), too_high=("too_high", "sum"))


def _shrunk(counts: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Teams alike in n and x share one posterior, which is worked out once."""
    hits, trials = (counts[name].to_numpy(dtype="float64") for name in ("too_high", "n"))
    fitted = posterior(hits, trials)
    expected = hits.sum() / trials.sum()
    alike = counts[["n", "too_high"]].drop_duplicates()
    x, n = (alike[name].to_numpy(dtype="float64") for name in ("too_high", "n"))
    bar = np.full(len(alike), expected + policy.challenge.posterior_margin)
    alike = alike.assign(
        too_high_rate=x / n,
        expected_rate=expected,
        shrunk_rate=fitted.mean(x, n),
        low=fitted.quantile(x, n, INTERVAL[0]),
        high=fitted.quantile(x, n, INTERVAL[1]),
        p_above=1 - fitted.below(x, n, bar),
    )
    return counts.merge(alike, on=["n", "too_high"], how="left")


def _tested(table: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    p_values = pd.Series(bdtrc(table["too_high"] - 1, table["n"], table["expected_rate"]), table.index).clip(0, 1)
    large = table["n"] >= policy.challenge.smallest_team
    q_values = pd.Series(np.nan, table.index)
    if large.any():
        from scipy.stats import false_discovery_control  # noqa: PLC0415 - it takes as long to import as all the rest

        q_values[large] = false_discovery_control(p_values[large], method="bh")
    return table.assign(p_value=p_values, q_value=q_values)


def _flagged(table: pd.DataFrame, policy: Policy) -> "pd.Series[bool]":
    limits = policy.challenge
    far = (table["too_high_rate"] - table["expected_rate"]).round(DECIMALS) >= limits.margin
    unlikely = table["q_value"].round(DECIMALS) <= limits.q_value
    return unlikely & far & (table["p_above"].round(DECIMALS) >= limits.posterior)
