"""Stated rows written in a few words, as tidying gives them."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from pipelines.facts import keep, write_check_ins
from pipelines.history import History
from pipelines.kept import Kept
from pipelines.resolve import resolve, together
from pipelines.schema import CHECK_IN, FACTS, conform, stated_columns
from pipelines.warehouse import Log, drafted

DAYS = {"checked_on", "starts_on", "ends_on", "changed_on", "in_scope_from", "in_scope_to"}


def sheet(
    *records: dict[str, Any], file: str = "company/goals.xlsx", name: str | None = None, batch: int = 1
) -> pd.DataFrame:
    """Rows 2, 3 … of one sheet."""
    frame = pd.DataFrame(list(records))
    for day in DAYS & set(frame):
        frame[day] = pd.to_datetime(frame[day])
    return frame.assign(file=file, sheet=name, row=range(2, len(frame) + 2), batch_id=batch)


def objective(title: str, cycle: str = "2025-Q1", **values: Any) -> dict[str, Any]:
    """An objective's row."""
    return {"title": title, "cycle": cycle, **values}


def joined(**tables: list[pd.DataFrame]) -> tuple[History, pd.DataFrame]:
    """The history of sheets given by table, and what waits or is doubtful; check-ins by way of a real warehouse."""
    resolved = resolve({name: pd.concat(sheets, ignore_index=True) for name, sheets in tables.items()})
    if CHECK_IN.name not in tables:
        return History.of(**resolved.facts), resolved.problems
    with TemporaryDirectory() as folder, drafted(Path(folder)) as (draft, _):
        draft.write(resolved.facts)
        logs = [log_of(rows, Path(folder) / f"{number}") for number, rows in enumerate(tables.get("check_in", []))]
        kept = Kept(Path(folder) / "resolved" / "stated")
        problems = write_check_ins(draft, kept, keep(kept, resolved), logs)
        history = History.of(**{facts.name: draft.asked(f'SELECT * FROM "{facts.name}"') for facts in FACTS})
    return history, together([resolved.problems, problems])


def log_of(rows: pd.DataFrame, folder: Path) -> Log:
    """The sheet as it is kept."""
    folder.mkdir()
    conform(rows, stated_columns(CHECK_IN)).to_parquet(folder / "check_in.parquet")
    return Log(int(rows["batch_id"].iloc[0]), folder / "check_in.parquet")


def rules(problems: pd.DataFrame) -> list[str]:
    """The rules that found something, in order."""
    return list(problems["rule"])
