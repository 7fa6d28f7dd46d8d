"""What the reader has chosen to see: the filters' values as plain text, and what they select."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from urllib.parse import parse_qs, urlencode

import pandas as pd

from pipelines.metrics.tree import below

UNKNOWN = "unknown"
LISTS = ("quarters", "teams", "executives", "as_of")


def level_key(level: str) -> str:
    """The name of a level in links, where an unknown ambition has a place as well."""
    return f"level_{level}"


@dataclass(frozen=True)
class Selection:
    """The chosen quarters, teams, executives, ambitions, levels, and past day (none, or one as ISO text).

    Nothing chosen means everything, and everything known.
    """

    quarters: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    executives: tuple[str, ...] = ()
    ambitions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    as_of: tuple[str, ...] = ()

    @property
    def past(self) -> str:
        """The past day as of which everything is shown, as ISO text; empty where everything known counts."""
        return next(iter(self.as_of), "")

    @property
    def day(self) -> date | None:
        """The past day as of which everything is shown."""
        return date.fromisoformat(self.past) if self.past else None

    def text(self) -> str:
        """The selection as one text: what caches go by."""
        return urlencode({name: list(chosen) for name, chosen in vars(self).items()}, doseq=True)

    # A run reads the same few texts a hundred times.
    @classmethod
    @lru_cache(maxsize=256)
    def read(cls, text: str) -> "Selection":
        """The selection that `text` wrote."""
        stated = parse_qs(text)
        return cls(**{name: tuple(stated.get(name, ())) for name in cls.__dataclass_fields__})

    def among(self, quarters: list[str]) -> list[str]:
        """Those of the quarters that are chosen, in order; all where none is."""
        return [quarter for quarter in quarters if not self.quarters or quarter in self.quarters]

    def within(self, quarters: list[str]) -> "Selection":
        """The same selection over those of the quarters that are chosen, or all of them where none is."""
        return replace(self, quarters=tuple(self.among(quarters)))

    def link(self, **instead: tuple[str, ...]) -> dict[str, list[str]]:
        """The query of a link that shows this selection, with other quarters or teams where given."""
        chosen = replace(self, **instead)
        lists = {name: list(values) for name in LISTS if (values := getattr(chosen, name))}
        ticked = [*chosen.ambitions, *(level_key(name) for name in chosen.levels)]
        return lists | {name: ["true"] for name in ticked}

    def over_all_quarters(self) -> "Selection":
        """The same selection of all quarters, where each quarter's figures stand for themselves."""
        return replace(self, quarters=())

    def over_all_teams(self) -> "Selection":
        """The same selection of all teams, where each team's figures hold all below it, whichever teams are shown.

        Executives stay chosen: they leave out goals below the teams that are shown.
        """
        return self if self.executives else replace(self, teams=())

    def keeps(self, rows: pd.DataFrame, teams: pd.DataFrame) -> "pd.Series[bool]":
        """Which of the rows are selected, quarters apart: a team stands for itself and all below it."""
        keep = pd.Series(True, rows.index)
        if self.ambitions:
            keep &= rows["ambition"].isin(self.ambitions)
        if self.levels:
            keep &= rows["level"].isin(self.levels) | (rows["level"].isna() & (UNKNOWN in self.levels))
        if self.teams:
            keep &= rows["team_id"].isin(below(teams, self.teams))
        if self.executives:
            keep &= rows["executive"].isin(self.executives)
        return keep

    def keeps_quarters(self, rows: pd.DataFrame) -> "pd.Series[bool]":
        """Which of the rows lie in the chosen quarters; in any quarter where none is chosen."""
        return rows["quarter"].isin(self.quarters) if self.quarters else rows["quarter"].notna()

    def rows(self, results: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
        """The rows selected, quarters apart."""
        return results[self.keeps(results, teams)]

    def in_quarters(self, results: pd.DataFrame) -> pd.DataFrame:
        """The rows of the chosen quarters; all that lie in any quarter where none is chosen."""
        return results[self.keeps_quarters(results)]

    def shows(self, teams: pd.DataFrame) -> set[str]:
        """The paths of the teams that may have a row of their own; `executive` is who is in charge of each."""
        rows = teams[teams["team_id"].isin(below(teams, self.teams))] if self.teams else teams
        if self.executives:
            rows = rows[rows["executive"].isin(self.executives)]
        return set(rows["path"])
