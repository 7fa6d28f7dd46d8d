"""Small files as people keep them, and the `okr` command called on them."""

import csv
import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from openpyxl import Workbook

from pipelines.cli import main

OBJECTIVES = ["objective_id", "cycle", "team", "title", "score"]
KEY_RESULTS = ["key_result_id", "objective_id", "title", "start", "target"]
CHECK_INS = ["key_result_id", "checked_on", "value"]


def write_csv(path: Path, header: list[str], *rows: list[Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def write_workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def company(folder: Path) -> Path:
    """One goal with one key result and two check-ins, in three files."""
    write_csv(folder / "objectives.csv", OBJECTIVES, ["o1", "2025-Q1", "Sales", "Grow", None])
    write_csv(folder / "key_results.csv", KEY_RESULTS, ["k1", "o1", "Revenue", 0, 10])
    write_csv(folder / "check_ins.csv", CHECK_INS, ["k1", "2025-02-01", 3], ["k1", "2025-03-01", 6])
    return folder


def okr(data: Path, *words: object, **environment: str) -> Result:
    return CliRunner().invoke(main, [*map(str, words), "--data", str(data)], env={"OKR_LANG": "en", **environment})


def loaded(data: Path, *words: object) -> dict[str, Any]:
    """What `okr ingest` printed, with its exit code."""
    result = okr(data, "ingest", *words, "--json")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return {**json.loads(result.stdout), "exit": result.exit_code}


def printed(data: Path, *words: object) -> Any:
    """The JSON that a command printed."""
    result = okr(data, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)
