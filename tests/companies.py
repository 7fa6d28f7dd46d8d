"""Generated companies as the facts their files state, without the way through the files."""

from collections.abc import Iterable
from random import Random
from typing import Any

import numpy as np
import pandas as pd

from pipelines.demo.company import Company, found
from pipelines.demo.history import CycleHistory, histories
from pipelines.history import History
from pipelines.schema import ADOPTIONS
from tests.situations import link, rows

OBJECTIVE = ("objective_id", "cycle", "owner", "level", "ambition", "origin", "title", "status")
KEY_RESULT = {
    "key_result_id": "key_result_id", "objective_id": "objective_id", "kr_title": "title", "kr_measure": "measure",
    "kr_unit": "unit", "kr_start": "start", "kr_target": "target", "kr_weight": "weight", "score": "score",
    "score_self": "score_self", "current": "current",
}  # fmt: skip
CHECK_IN = ("key_result_id", "checked_on", "value", "progress", "confidence")


def company_facts(*, people: int = 120, quarters: int = 10, seed: int, stories: bool = True) -> History:
    """The history of a generated company; the same numbers give the same facts."""
    company = found(people, seed, stories=stories)
    told = list(histories(company, quarters=quarters, seed=seed))
    objectives = pd.concat([history.objectives for history in told], ignore_index=True)
    teams = company.of_each(objectives["team"], lambda team: team.team_id)
    return History.of(
        team=_teams(company),
        cycle=_cycles(told),
        objective=_stated(objectives[list(OBJECTIVE)].assign(team_id=teams)),
        key_result=_stated(
            pd.concat([history.key_results for history in told])[list(KEY_RESULT)].rename(columns=KEY_RESULT)
        ),
        check_in=_stated(pd.concat([history.check_ins for history in told])[list(CHECK_IN)]),
    )


def unsettled(known: History, seed: int) -> History:
    """The company with what a generated one lacks: titles shared, targets stated anew, records that differ."""
    rng = np.random.default_rng(seed)
    goals, parts, said = known.objective, known.key_result, known.check_in

    def some(share: float, values: Any, rows: pd.DataFrame, otherwise: Any = float("nan")) -> Any:
        return np.where(rng.random(len(rows)) < share, values, otherwise)

    aims = said["key_result_id"].map(parts.set_index("key_result_id")["target"]).to_numpy()
    starts = said["key_result_id"].map(parts.set_index("key_result_id")["start"]).to_numpy()
    said = said.assign(
        target=some(0.2, aims * rng.choice([0.8, 1.0, 1.25], len(said)), said),
        start=some(0.2, starts, said),
        value=some(0.1, aims, said, said["value"]),
        confidence=some(0.5, rng.choice([0.9, 0.95, 1.0], len(said)), said, said["confidence"]),
        checked_on=said["checked_on"] - pd.to_timedelta(rng.choice([0, 0, 7, 35], len(said)), unit="D"),
    )
    goals = goals.assign(
        title=rng.choice(["Serve better", "ＳＥＲＶＥ  better", "Grow"], len(goals)),
        score=some(0.2, rng.random(len(goals)).round(2), goals),
        status=rng.choice(["active", "active", "active", "draft"], len(goals)),
    )
    parts = parts.assign(
        title=rng.choice(["Contracts", "contracts ", "Cost"], len(parts)),
        unit=some(0.5, "orders", parts, None),
        score=some(0.3, rng.random(len(parts)).round(2), parts),
        start=parts["start"].where(rng.random(len(parts)) > 0.1),
        target=parts["target"].where(rng.random(len(parts)) > 0.1),
        weight=some(0.5, rng.choice([0.0, 0.2, 0.5], len(parts)), parts),
        status=rng.choice(["active", "active", "active", "cancelled"], len(parts)),
    )
    return History.of(**{**known.frames(), "objective": goals, "key_result": parts, "check_in": said})


def within(known: History, *cycles: str) -> History:
    """The company in these cycles alone, its teams printed by their ids."""
    goals = known.objective[known.objective["cycle"].isin(cycles)]
    parts = known.key_result[known.key_result["objective_id"].isin(goals["objective_id"])]
    said = known.check_in[known.check_in["key_result_id"].isin(parts["key_result_id"])]
    spans = known.cycle[known.cycle["cycle"].isin(cycles)]
    teams = known.team.assign(path=known.team["team_id"])
    kept = {"team": teams, "cycle": spans, "objective": goals, "key_result": parts, "check_in": said}
    return History.of(**{name: frame.reset_index(drop=True) for name, frame in kept.items()})


def interlinked(known: History, number: int, seed: int) -> History:
    """The company with so many links between any of its goals and key results, and a word on how goals were taken."""
    random, goals, parts = Random(seed), known.objective["objective_id"].tolist(), known.key_result["key_result_id"]
    stated = [link(random.choice(goals), random.choice(goals)) for _ in range(number // 2)]
    stated += [link(random.choice(goals), random.choice(parts.tolist()), key_result=True) for _ in range(number // 2)]
    kinds = [random.choice([*ADOPTIONS, None]) for _ in goals]
    taken = known.objective.assign(adoption=pd.Series(kinds, known.objective.index, dtype="str"))
    return History.of(**{**known.frames(), "objective": taken, "alignment": rows(stated)})


def _teams(company: Company) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "team_id": team.team_id,
                "name": team.name,
                "path": team.name,
                "parent_team_id": team.parent,
                "kind": team.kind,
            }
            for team in company.teams
        ]
    )


def _cycles(told: Iterable[CycleHistory]) -> pd.DataFrame:
    spans = [history.cycle for history in told]
    return pd.DataFrame(
        {
            "cycle": [span.label for span in spans],
            "kind": [span.kind for span in spans],
            "starts_on": pd.to_datetime([span.starts_on for span in spans]),
            "ends_on": pd.to_datetime([span.ends_on for span in spans]),
        }
    )


def _stated(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows with a place of their own; what a file would leave blank is missing."""
    blank = frame.select_dtypes(["object", "str"]).columns
    known = frame.assign(**{name: frame[name].mask(frame[name] == "") for name in blank})
    return known.assign(batch_id=1, file="company", row=range(2, len(frame) + 2)).reset_index(drop=True)
