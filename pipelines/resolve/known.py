"""What references of check-ins are looked up in, as tables that can be kept and read again in part."""

from dataclasses import dataclass, fields
from pathlib import PurePosixPath

import pandas as pd

from pipelines.lookup import looked_up
from pipelines.resolve.events import resolve_check_ins
from pipelines.resolve.findings import NOTHING
from pipelines.resolve.goals import NAMEABLE, Goals, names_of
from pipelines.resolve.references import Stated
from pipelines.resolve.spans import with_spans
from pipelines.resolve.teams import Teams
from pipelines.texts import normalised

GOAL = ["key", "objective_key", "key_result_id", "cycle", "starts_on", "ends_on"]


@dataclass(frozen=True)
class Known:
    """The days of cycles, the teams that texts mean, the statements of goals with their names, and the key results.

    Statements and key results may be those alone that some references are `wanted` for.
    """

    cycle: pd.DataFrame
    team_text: pd.DataFrame
    objective_statement: pd.DataFrame
    key_result_statement: pd.DataFrame
    key_result_goal: pd.DataFrame

    @classmethod
    def of(cls, spans: pd.DataFrame, teams: Teams, objectives: Goals, key_results: Goals) -> "Known":
        """As much of what was resolved as references need."""
        goals = key_results.merged[GOAL].assign(goal=pd.RangeIndex(len(key_results.merged)))
        return cls(spans, teams.texts, objectives.stated[NAMEABLE], key_results.stated[NAMEABLE], goals)

    def named(self, references: pd.DataFrame) -> pd.DataFrame:
        """The ways in which check-ins refer to key results, with the key result each means; see `resolve_check_ins`."""
        objectives = Stated(self.objective_statement, names_of(self.objective_statement))
        goals = self.key_result_goal.set_index("key", drop=False)
        parts = self.key_result_statement
        key_results = Goals(parts, names_of(parts), goals, NOTHING)
        return resolve_check_ins(placed(references, self.cycle, self.team_text), objectives, key_results)

    def frames(self) -> dict[str, pd.DataFrame]:
        """The tables by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def placed(rows: pd.DataFrame, spans: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
    """The rows with the cycle's days, the team's id (teams: text, team_id) and the file's folder."""
    folders = {file: str(PurePosixPath(file).parent) for file in rows["file"].dropna().unique()}
    folder = looked_up(rows["file"], pd.Series(folders, dtype="str"))
    rows = rows.assign(team_id=looked_up(rows["team"], teams.set_index("text")["team_id"]), folder=folder)
    return with_spans(rows, spans) if "cycle" in rows else rows


def wanted(references: pd.DataFrame) -> pd.DataFrame:
    """The texts by which references name goals, as written and in their normal form: the column `text`."""
    texts = pd.concat([references["objective"], references["key_result"]]).dropna().drop_duplicates().str.strip()
    return pd.DataFrame({"text": pd.concat([texts, normalised(texts)]).unique()}, dtype="str")
