"""Prints how often closed cycles ended within the outlook's 80 % interval given on the way, over generated companies.

Run it by hand, `make coverage` or `python -m tests.benchmarks.outlook [COMPANIES] [FIRST SEED]`: companies without
planted stories (120 people, 10 quarters), every team in every closed quarter and month, at the end of every week in
which it had an outlook; then the sample company with its stories. It asserts nothing.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial

import pandas as pd

from pipelines.cycles import Cycle
from pipelines.demo.timeline import TODAY
from pipelines.metrics.outlook import FEWEST_PAIRS, Past, still_to_come
from pipelines.metrics.pace import pace
from pipelines.metrics.results import cycles_of, objective_results, objective_weeks
from pipelines.policy import load
from tests.companies import company_facts

COMPANIES = 50
FIRST_SEED = 1000
SAMPLE_SEED = 7
TARGET = (0.75, 0.85)


def intervals(seed: int, *, stories: bool) -> pd.DataFrame:
    """Every interval a company was given: kind, cycle, team, week, low, high, end, and whether the end lies within."""
    history, policy = company_facts(seed=seed, stories=stories), load()
    results = objective_results(history, policy=policy, as_of=TODAY)
    past = Past(results, objective_weeks(history, policy=policy), history.team)
    closed = [cycle for cycle in cycles_of(history.cycle).values() if cycle.ends_on <= TODAY]
    found = pd.concat([_given(cycle, past) for cycle in closed if _is_learnt(cycle, past)], ignore_index=True)
    return found.assign(seed=seed, within=found["end"].between(found["low"], found["high"]))


def _is_learnt(cycle: Cycle, past: Past) -> bool:
    """Whether enough cycles of the kind had closed before it; no outlook is given otherwise."""
    return len(still_to_come(past, kind=cycle.kind, week=1, day=cycle.starts_on)) >= FEWEST_PAIRS


def _given(cycle: Cycle, past: Past) -> pd.DataFrame:
    """What the outlook said at the end of each week but the last, beside the average completion that came."""
    weeks = {week: cycle.week_end(week) for week in range(1, cycle.weeks)}
    told = {week: pace(_at(cycle, day, past), past, by=("team",), day=day) for week, day in weeks.items()}
    end = _at(cycle, cycle.ends_on, past)
    came = pace(end.assign(computed=end["score"]), past, by=("team",), day=cycle.ends_on).set_index("team")["computed"]
    rows = pd.concat([rows[["team", "low", "high"]].assign(week=week) for week, rows in told.items()])
    rows = rows.assign(kind=cycle.kind, cycle=cycle.label, end=rows["team"].map(came))
    return rows.dropna(subset=["low", "high", "end"])


def _at(cycle: Cycle, day: date, past: Past) -> pd.DataFrame:
    rows = past.results[past.results["cycle"] == cycle.label]
    known = past.weeks[past.weeks["as_of"] == pd.Timestamp(day)].set_index("objective_id")["score"]
    return rows.assign(score=rows["objective_id"].map(known))


def main(companies: int, first_seed: int) -> None:
    """Print the coverage over all companies, by kind and week of the cycle, and the sample's."""
    seeds = range(first_seed, first_seed + companies)
    with ProcessPoolExecutor(2) as pool:
        found = pd.concat([_told(rows) for rows in pool.map(partial(intervals, stories=False), seeds)])
    per_company = found.groupby("seed")["within"].mean()
    _say(f"{companies} companies without stories, seeds {seeds.start} to {seeds.stop - 1}, {len(found)} intervals")
    _say(f"coverage, mean of the companies: {per_company.mean():.4f} (target {TARGET[0]:.2f} to {TARGET[1]:.2f})")
    _say(f"lowest and highest company: {per_company.min():.4f}, {per_company.max():.4f}")
    _tell("without stories", found)
    _tell(f"the sample with its stories, seed {SAMPLE_SEED}", intervals(SAMPLE_SEED, stories=True))


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    """One company's intervals, said as soon as they are known."""
    _say(f"seed {rows['seed'].iloc[0]}: {rows['within'].mean():.4f} of {len(rows)}")
    sys.stdout.flush()
    return rows


def _tell(title: str, found: pd.DataFrame) -> None:
    _say(f"\n{title}: {found['within'].mean():.4f} of {len(found)}")
    for kind, rows in found.groupby("kind"):
        width = (rows["high"] - rows["low"]).groupby(rows["week"]).mean()
        table = pd.DataFrame({"coverage": rows.groupby("week")["within"].mean(), "width": width})
        _say(f"{kind}: {rows['within'].mean():.4f} of {len(rows)}; by week\n{table.round(4).T.to_string()}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]), *(COMPANIES, FIRST_SEED)[len(sys.argv) - 1 :])
