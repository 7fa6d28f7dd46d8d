"""The tables of a file as they stood in it, kept beside what it gave, so that single cells can be corrected later."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.problems import RULES, Problem
from pipelines.sources.raw import RawTable

LARGEST = 1_000_000
"""Cells of a file; larger ones are logs that a program wrote, and that it can write again."""
INDEX = "original.json"


def keep(folder: Path, tables: Sequence[RawTable]) -> None:
    """Keep the tables in the folder, unless they are very large."""
    if sum(table.frame.size for table in tables) > LARGEST:
        return
    for place, table in enumerate(tables):
        table.frame.rename(columns=str).to_parquet(folder / f"original-{place}.parquet")
    (folder / INDEX).write_text(json.dumps([_about(table) for table in tables], ensure_ascii=False), encoding="utf-8")


def kept(folder: Path) -> list[RawTable]:
    """The tables kept in the folder; none where there are none."""
    if not (folder / INDEX).exists():
        return []
    entries = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    return [_table(folder / f"original-{place}.parquet", entry) for place, entry in enumerate(entries)]


def _about(table: RawTable) -> dict[str, Any]:
    notes = [(note.rule.code, note.row, note.cell) for note in table.notes]
    places = {"merged": table.merged, "struck": sorted(table.struck), "notes": notes}
    return {"file": table.file, "sheet": table.sheet, "hidden": table.hidden, **places}


def _table(path: Path, entry: dict[str, Any]) -> RawTable:
    file, sheet, hidden = entry["file"], entry["sheet"], entry["hidden"]
    notes = [Problem(RULES[code], file, sheet, row, cell) for code, row, cell in entry["notes"]]
    return RawTable(
        file,
        sheet,
        pd.read_parquet(path).rename(columns=int).astype("str"),
        tuple(tuple(span) for span in entry["merged"]),
        hidden,
        notes,
        struck=frozenset(tuple(cell) for cell in entry["struck"]),
    )
