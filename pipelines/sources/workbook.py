"""Spreadsheets, parsed in a process of their own so that a hostile one cannot take this one down."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pipelines
from pipelines.problems import InputError, Problem
from pipelines.sources import rules
from pipelines.sources.limits import MEGABYTE, MEMORY, SECONDS
from pipelines.sources.prescan import prescan
from pipelines.sources.raw import RawTable, cell_name, text_frame

REFUSALS = {"area": rules.AREA, "limit": rules.LIMIT, "damaged": rules.DAMAGED}
ROOT = Path(pipelines.__file__).parents[1]


def read_workbook(path: Path, name: str, suffix: str) -> list[RawTable]:
    """One table per sheet, in the workbook's order; raises InputError if it is refused or cannot be read."""
    prescan(path, name)
    answer = _parse(path, suffix)
    if "refused" in answer:
        limits = {"memory": MEMORY // MEGABYTE, "seconds": SECONDS}
        raise InputError(Problem(REFUSALS[answer["refused"]], name, details={**limits, **answer["details"]}))
    return [_table(sheet, name) for sheet in answer["sheets"]]


def _parse(path: Path, suffix: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "pipelines.sources.child", str(path.absolute()), suffix]
    places = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places), "PYTHONSAFEPATH": "1"}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, timeout=2 * SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return {"refused": "limit", "details": {}}
    # A parser that runs out of memory aborts without an answer.
    return json.loads(done.stdout) if done.returncode == 0 else {"refused": "limit", "details": {}}


def _table(sheet: dict[str, Any], name: str) -> RawTable:
    rows = {int(number): row for number, row in sheet["rows"].items()}
    numbers = range(1, max(rows, default=0) + 1)
    frame = text_frame([rows.get(number, []) for number in numbers], numbers)
    notes = [
        Problem(rules.NO_STORED_VALUE, name, sheet["name"], row, cell_name(row, column))
        for row, column in sheet["formulas"]
    ]
    merged = tuple((a, b, c, d) for a, b, c, d in sheet["merged"])
    struck = frozenset((row, column) for row, column in sheet["struck"])
    return RawTable(name, sheet["name"], frame, merged, sheet["hidden"], notes, struck=struck)
