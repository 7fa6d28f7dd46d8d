"""The sample company's history, cycle by cycle."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.cycles import Cycle
from pipelines.demo.check_ins import check_ins_of
from pipelines.demo.company import Company
from pipelines.demo.dates import dated
from pipelines.demo.key_results import key_results_of
from pipelines.demo.links import linked
from pipelines.demo.objectives import objectives_of
from pipelines.demo.stories import planted_in
from pipelines.demo.timeline import working_cycles


@dataclass(frozen=True)
class CycleHistory:
    """One cycle's goals with what became of them; key results carry their objective's columns."""

    cycle: Cycle
    objectives: pd.DataFrame
    key_results: pd.DataFrame
    check_ins: pd.DataFrame


def histories(company: Company, *, quarters: int, seed: int) -> Iterator[CycleHistory]:
    """Every cycle's history; the same company, quarters and seed give the same histories."""
    for place, cycle in enumerate(working_cycles(quarters)):
        if any(team.works_in(cycle) for team in company.teams):
            yield history_of(cycle, company, np.random.default_rng([seed, 2, place]))


def history_of(cycle: Cycle, company: Company, random: np.random.Generator) -> CycleHistory:
    """One cycle's history, drawn from the random numbers given."""
    objectives = dated(linked(objectives_of(cycle, company, random), cycle, company, random), cycle, company, random)
    objectives = _reviewed(_served(objectives, cycle, company), cycle, company)
    key_results = key_results_of(objectives, cycle, company, random)
    check_ins = check_ins_of(key_results, cycle, company, random)
    latest = check_ins.groupby("key_result_id")["value"].last()
    key_results["current"] = key_results["key_result_id"].map(latest)
    return CycleHistory(cycle, objectives, key_results, check_ins)


def _served(objectives: pd.DataFrame, cycle: Cycle, company: Company) -> pd.DataFrame:
    """The objectives, planted ones serving what their story says as well."""
    parents = {key: goal.parent for key, goal in planted_in(cycle, company).items() if goal.parent}
    keys = objectives["objective_id"]
    served = [
        "; ".join(filter(None, (parent, parents.get(key))))
        for key, parent in zip(keys, objectives["parent"], strict=True)
    ]
    return objectives.assign(
        parent=served, adoption=objectives["adoption"].mask(keys.isin(list(parents)), "decomposed")
    )


def _reviewed(objectives: pd.DataFrame, cycle: Cycle, company: Company) -> pd.DataFrame:
    planted = planted_in(cycle, company)
    key = objectives["objective_id"]
    names = company.of_each(objectives["team"], lambda team: team.name)
    return objectives.assign(
        team_name=names,
        team_wording=company.of_each(objectives["team"], lambda team: team.wording),
        review_note=key.map({name: goal.review_note for name, goal in planted.items()}),
        next_steps=key.map({name: goal.next_steps for name, goal in planted.items()}),
    )
