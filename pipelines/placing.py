"""Where in a sheet a finding stands that was made after the sheets were joined: its cell and the header there."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from pipelines.parsed import SheetCount

Cell = tuple[str | None, str]
"""The cell's name and the header above it."""
Places = Mapping[tuple[int, str, str | None], SheetCount]
"""The sheets by batch, file and sheet name."""


def with_cells(problems: pd.DataFrame, sheets: Places) -> pd.DataFrame:
    """The findings, each of which names a stated column, with the cell and the header as written instead."""
    plain = problems.astype(object).where(problems.notna(), None)
    found = [_cell(sheets, problem) for problem in plain.to_dict("records")]
    cells, headers = zip(*found, strict=True) if found else ((), ())
    return problems.assign(
        cell=pd.Series(cells, index=problems.index, dtype="str"),
        column=pd.Series(headers, index=problems.index, dtype="str"),
    )


def _cell(sheets: Places, problem: Mapping[Hashable, Any]) -> Cell:
    sheet = sheets.get((problem["batch_id"], problem["file"], problem["sheet"]))
    letters, header = _found(sheet.columns if sheet else {}, problem["column"])
    return f"{letters}{problem['row']}" if letters and problem["row"] else None, header


def _found(columns: Mapping[str, tuple[str, str]], stated: str) -> Cell:
    """The letters and the header of the column that gave a stated one: the value itself, or the id or title of it."""
    table, _, name = stated.rpartition(".")
    own = (stated, name) if table else (name, f"objective.{name}", f"key_result.{name}")
    references = (f"{name}_id", f"{name}_title", f"{name}.{name}_id", f"{name}.title")
    return next((columns[field] for field in (*own, *references) if field in columns), (None, name))
