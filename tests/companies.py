"""Generated companies as the facts their files state, without the way through the files."""

from collections.abc import Iterable

import pandas as pd

from pipelines.demo.company import Company, found
from pipelines.demo.history import CycleHistory, histories
from pipelines.history import History

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
