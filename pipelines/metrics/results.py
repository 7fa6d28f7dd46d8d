"""Each key result's and each objective's figures, as of a day: what all other figures start from."""

import dataclasses
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from pipelines.cycles import Cycle, quarter_label, year_label
from pipelines.history import History
from pipelines.lookup import among, looked_up
from pipelines.metrics.progress import in_order, progress
from pipelines.metrics.scores import DECIMALS, chosen, counts, even_weights, inflation, recorded, weighted
from pipelines.metrics.tree import executives
from pipelines.policy import Policy
from pipelines.schema import KEY_RESULT_RESULT, OBJECTIVE_RESULT, OBJECTIVE_WEEK, conform, empty


def key_result_results(history: History, *, policy: Policy, as_of: date | None = None) -> pd.DataFrame:
    """Every key result with raw, computed and final progress and the score that counts.

    Out: the table `key_result_result`. With a day: check-ins up to it, recorded scores only of cycles ended by it.
    Missing data stay missing; a key result that waits for its objective has no figures yet.
    """
    return _with_share(_scored(history, _all_objectives(history, as_of), policy))


def objective_results(history: History, *, policy: Policy, as_of: date | None = None) -> pd.DataFrame:
    """Every objective with its scores and all that figures group by; `counted` is false for draft and cancelled.

    Out: the table `objective_result`. With a day: as `key_result_results`; a done status is unknown until the
    cycle has ended, objectives of cycles not begun stay in without a score. Source: S1.
    """
    return objectives_and_key_results(history, policy=policy, as_of=as_of)[0]


def objectives_and_key_results(
    history: History, *, policy: Policy, as_of: date | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`objective_results` and `key_result_results`, for the price of one of them."""
    asked = _all_objectives(history, as_of)
    rows = _scored(history, asked, policy)
    status = asked["status"].mask((asked["status"] == "done") & ~asked["ended"])
    known = asked.assign(status=status, counted=counts(asked), origin=asked["origin"].fillna("unknown"))
    known = known.assign(ambition=asked["ambition"].fillna("unknown"))
    placed = _with_team(_with_cycle(known, history.cycle, policy), history.team).drop(columns="score")
    scored = _weighted(asked, rows[rows["slot"] < len(asked)], policy)
    return conform(placed.join(scored), OBJECTIVE_RESULT.columns), _with_share(rows)


def objective_weeks(history: History, *, policy: Policy) -> pd.DataFrame:
    """Every objective's score as of the end of each week of its cycle.

    Out: the table `objective_week`, by cycle, objective and week. One cycle at a time keeps the memory small.
    """
    check_ins = in_order(history.check_in)
    asked = set(history.objective["cycle"])
    cycles = [cycle for label, cycle in cycles_of(history.cycle).items() if label in asked]
    per_cycle = [_weeks_of(cycle, history, check_ins, policy) for cycle in cycles]
    return conform(pd.concat([empty(OBJECTIVE_WEEK.columns), *per_cycle], ignore_index=True), OBJECTIVE_WEEK.columns)


def scores_of(
    asked: pd.DataFrame, key_results: pd.DataFrame, check_ins: pd.DataFrame, *, policy: Policy
) -> pd.DataFrame:
    """The scores of objectives at dates, rounded to 6 decimals so that 0.1 × 7 meets the threshold 0.7.

    In: rows of `objective` with `as_of`, `begun`, `ended` (one objective may be asked for at several dates);
    `key_result`; check-ins `in_order`. Out, on the same index: score, final, computed, score_coverage,
    key_results, key_results_scored.
    """
    placed = asked.reset_index(drop=True)
    rows = _scored_key_results(_key_results(key_results, placed, how="inner"), check_ins, policy)
    return _weighted(placed, rows, policy).set_axis(asked.index)


def at_dates(objectives: pd.DataFrame, cycles: pd.DataFrame, as_of: "pd.Series[pd.Timestamp]") -> pd.DataFrame:
    """Objectives with the date each is asked for (missing: everything known), begun and ended by it or not."""
    spans = cycles.set_index("cycle")
    starts_on, ends_on = (looked_up(objectives["cycle"], spans[name]) for name in ("starts_on", "ends_on"))
    ever = as_of.isna()
    return objectives.assign(
        as_of=as_of.astype("datetime64[us]"), begun=ever | ~(as_of < starts_on), ended=ever | (as_of >= ends_on)
    )


def cycles_of(cycles: pd.DataFrame) -> dict[str, Cycle]:
    """The cycles of the table `cycle` by label."""
    known = cycles.dropna(subset=["starts_on", "ends_on"]).drop_duplicates("cycle")
    rows = known[["cycle", "kind", "starts_on", "ends_on"]].itertuples(index=False)
    return {row[0]: Cycle(row[0], row[1], row[2].date(), row[3].date()) for row in rows}


_SOURCES = ("score", "final", "computed")
# What scores are made of; repeating titles and places for every week would cost most of the time.
_MEASURED = ["measure", "start", "target", "current", "weight", "score", "score_self", "status"]


def _all_objectives(history: History, as_of: date | None) -> pd.DataFrame:
    objectives = history.objective.reset_index(drop=True)
    days = pd.Series(pd.Timestamp(as_of) if as_of else pd.NaT, objectives.index, dtype="datetime64[us]")
    return at_dates(objectives, history.cycle, days)


def _key_results(key_results: pd.DataFrame, asked: pd.DataFrame, *, how: Literal["left", "inner"]) -> pd.DataFrame:
    """Key results once for each asking of their objective; `slot` is that asking's position."""
    when = asked[["objective_id", "as_of", "begun", "ended"]].assign(slot=np.arange(len(asked)))
    measured = key_results[["key_result_id", "objective_id", *_MEASURED]]
    rows = measured.merge(when, on="objective_id", how=how)
    rows["slot"] = rows["slot"].fillna(len(asked)).astype("int64")
    return rows.assign(begun=rows["begun"].eq(True), ended=rows["ended"].eq(True))


def _scored_key_results(rows: pd.DataFrame, check_ins: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    rows = rows.join(progress(rows, check_ins)).assign(counted=counts(rows), final=recorded(rows))
    rows["score"] = chosen(rows["final"], rows["computed"], policy=policy)
    rows["inflation"] = inflation(rows["final"], rows["computed"])
    rows["even"] = even_weights(rows, int(rows["slot"].max()) + 1 if len(rows) else 0)
    return rows


def _scored(history: History, asked: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Every key result once, those that wait for their objective in the slot behind the last one."""
    rows = _key_results(history.key_result, asked, how="left")
    return _scored_key_results(rows, in_order(history.check_in), policy)


def _with_share(rows: pd.DataFrame) -> pd.DataFrame:
    """The table `key_result_result`; share: of the weights of the objective's counted key results."""
    total = rows.groupby("slot")["even"].transform("sum")
    known = rows["counted"] & rows["objective_id"].notna() & (total > 0)
    return conform(rows.assign(share=(rows["even"] / total).where(known)), KEY_RESULT_RESULT.columns)


def _weighted(asked: pd.DataFrame, rows: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """`scores_of`, given the scored key results by the place (`slot`) of their asking."""
    zero = policy.score.missing_key_result == "zero"
    own = recorded(asked)
    parts = {name: weighted(rows, rows[name].to_numpy(), len(asked), zero_missing=zero) for name in _SOURCES}
    means = {name: pd.Series(mean, asked.index).where(asked["begun"]) for name, (mean, _) in parts.items()}
    takes_own = own.notna() & (policy.score.source != "computed")
    scored = pd.DataFrame(
        {
            "score": means["score"].mask(takes_own, own),
            "final": own.fillna(means["final"]),
            "computed": means["computed"],
            "score_coverage": pd.Series(parts["score"][1], asked.index).mask(takes_own, 1.0),
        }
    ).round(DECIMALS)
    scored["key_results"] = np.bincount(rows["slot"], rows["counted"], len(asked)).astype("int64")
    scored["key_results_scored"] = _count(rows, rows["counted"] & rows["score"].notna(), len(asked))
    return scored


def _count(rows: pd.DataFrame, which: "pd.Series[bool]", size: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.bincount(rows.loc[which, "slot"], minlength=size).astype("int64")


def _with_cycle(rows: pd.DataFrame, cycles: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    first_month = policy.cycle.first_month
    records = [
        dataclasses.asdict(cycle)
        | {
            "quarter": quarter_label(cycle, first_month=first_month),
            "year": year_label(cycle, first_month=first_month),
        }
        for cycle in cycles_of(cycles).values()
    ]
    columns = ["label", "kind", "starts_on", "ends_on", "quarter", "year"]
    known = pd.DataFrame(records, columns=columns).rename(columns={"label": "cycle", "kind": "cycle_kind"})
    return rows.merge(known.astype({"cycle": "str"}), on="cycle", how="left")


def _with_team(rows: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
    paths, names = teams.set_index("team_id")["path"], executives(teams)
    return rows.assign(team=looked_up(rows["team_id"], paths), executive=looked_up(rows["team_id"], names))


def _weeks_of(cycle: Cycle, history: History, check_ins: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    objectives = history.objective[history.objective["cycle"] == cycle.label]
    weeks = pd.DataFrame({"week": range(1, cycle.weeks + 1)})
    weeks["on"] = pd.to_datetime([cycle.week_end(week) for week in weeks["week"]])
    grid = objectives[["objective_id", "cycle", "score", "score_self"]].merge(weeks, how="cross")
    asked = at_dates(grid, history.cycle, grid["on"])
    key_results = history.key_result[among(history.key_result["objective_id"], objectives["objective_id"])]
    known = check_ins[among(check_ins["key_result_id"], key_results["key_result_id"])]
    scored = scores_of(asked, key_results, known, policy=policy)
    return asked[["objective_id", "week", "as_of"]].join(scored[["score", "score_coverage"]])
