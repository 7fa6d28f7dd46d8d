"""What the reader has chosen to see: the filters' values as plain text, and what they select."""

from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

import pandas as pd

from pipelines.metrics.tree import below
from pipelines.schema import AMBITIONS, LEVELS

UNKNOWN = "unknown"
ALL_LEVELS = (*LEVELS, UNKNOWN)


@dataclass(frozen=True)
class Selection:
    """The chosen quarters, teams, executives, ambitions and levels; nothing chosen means everything."""

    quarters: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    executives: tuple[str, ...] = ()
    ambitions: tuple[str, ...] = AMBITIONS
    levels: tuple[str, ...] = ALL_LEVELS

    def text(self) -> str:
        """The selection as one text: what caches go by."""
        return urlencode({name: list(chosen) for name, chosen in vars(self).items()}, doseq=True)

    @classmethod
    def read(cls, text: str) -> "Selection":
        """The selection that `text` wrote."""
        stated = parse_qs(text)
        return cls(**{name: tuple(stated.get(name, ())) for name in cls.__dataclass_fields__})

    def among(self, quarters: list[str]) -> list[str]:
        """Those of the quarters that are chosen, in order; all where none is."""
        return [quarter for quarter in quarters if not self.quarters or quarter in self.quarters]

    def without_quarters(self) -> "Selection":
        """The same selection over all quarters."""
        return replace(self, quarters=())

    def link(self, **instead: tuple[str, ...]) -> dict[str, list[str]]:
        """The query of a link that shows this selection, with other quarters or teams where given."""
        chosen = replace(self, **instead)
        lists = {
            name: list(values) for name in ("quarters", "teams", "executives") if (values := getattr(chosen, name))
        }
        off = [name for name in AMBITIONS if name not in chosen.ambitions]
        off += [f"level_{name}" for name in ALL_LEVELS if name not in chosen.levels]
        return lists | {name: ["false"] for name in off}

    def rows(self, results: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
        """The objectives selected, quarters apart: a team stands for itself and all below it."""
        keep = results["ambition"].isin(self.ambitions) & results["level"].fillna(UNKNOWN).isin(self.levels)
        if self.teams:
            keep &= results["team_id"].isin(below(teams, self.teams))
        if self.executives:
            keep &= results["executive"].isin(self.executives)
        return results[keep]

    def in_quarters(self, results: pd.DataFrame) -> pd.DataFrame:
        """The objectives of the chosen quarters; all that lie in any quarter where none is chosen."""
        if self.quarters:
            return results[results["quarter"].isin(self.quarters)]
        return results[results["quarter"].notna()]

    def shows(self, teams: pd.DataFrame, executives: "pd.Series[str]") -> set[str]:
        """The paths of the teams that may have a row of their own under this selection."""
        rows = teams[teams["team_id"].isin(below(teams, self.teams))] if self.teams else teams
        if self.executives:
            rows = rows[rows["team_id"].map(executives).isin(self.executives)]
        return set(rows["path"])
