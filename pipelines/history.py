"""The facts an organisation's files state, as the frames every figure starts from."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd

from pipelines.lookup import among
from pipelines.schema import TABLES, conform, empty


@dataclass(frozen=True)
class History:
    """The eight tables of facts, each with its published columns."""

    team: pd.DataFrame
    person: pd.DataFrame
    cycle: pd.DataFrame
    objective: pd.DataFrame
    key_result: pd.DataFrame
    check_in: pd.DataFrame
    alignment: pd.DataFrame
    change: pd.DataFrame

    @classmethod
    def of(cls, **frames: pd.DataFrame) -> "History":
        """A history of these tables; those not given have no rows."""
        names = [field.name for field in fields(cls)]
        unknown = sorted(set(frames) - set(names))
        if unknown:
            raise ValueError(f"no tables of facts: {', '.join(unknown)}; there are {', '.join(names)}")
        return cls(
            **{
                name: conform(frames[name], TABLES[name].columns) if name in frames else empty(TABLES[name].columns)
                for name in names
            }
        )

    def of_cycles(self, cycles: Collection[str]) -> "History":
        """The facts about the objectives of these cycles, with all teams, people and cycles."""
        objectives = self.objective[self.objective["cycle"].isin(cycles)]
        ids = objectives["objective_id"]
        key_results = self.key_result[among(self.key_result["objective_id"], ids)]
        return replace(
            self,
            objective=objectives,
            key_result=key_results,
            check_in=self.check_in[among(self.check_in["key_result_id"], key_results["key_result_id"])],
            alignment=self.alignment[among(self.alignment["child_objective_id"], ids)],
            change=self.change[among(self.change["objective_id"], ids)],
        )

    def with_codes(self) -> "History":
        """The same with ids, files and sheets as categories: codes are joined and sorted much faster than texts."""
        together = {
            "objective_id": [self.objective, self.key_result],
            "key_result_id": [self.key_result, self.check_in],
            "file": [self.objective, self.key_result, self.check_in],
            "sheet": [self.objective, self.key_result, self.check_in],
        }
        kinds = {name: _kind([frame[name] for frame in frames]) for name, frames in together.items()}
        coded = {
            name: frame.assign(**{column: _coded(frame[column], kinds[column]) for column in kinds if column in frame})
            for name, frame in self.frames().items()
            if name in ("objective", "key_result", "check_in")
        }
        return replace(self, **coded)

    def coded(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame with its ids as the categories of `with_codes`, which this history has."""
        ids = {"objective_id": self.objective["objective_id"], "key_result_id": self.key_result["key_result_id"]}
        return frame.assign(**{name: frame[name].astype(known.dtype) for name, known in ids.items() if name in frame})

    def frames(self) -> dict[str, pd.DataFrame]:
        """The tables by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def _kind(texts: "list[pd.Series[str]]") -> pd.CategoricalDtype:
    """The texts in order, as categories."""
    return pd.CategoricalDtype(pd.Index(pd.concat(texts).dropna().unique()).sort_values())


def _coded(texts: "pd.Series[str]", kind: pd.CategoricalDtype) -> pd.Categorical:
    """As `Series.astype`, which looks every row up instead of every text."""
    codes, known = pd.factorize(texts)
    places = np.append(kind.categories.get_indexer(known), -1)
    return pd.Categorical.from_codes(places[codes], dtype=kind)
