"""Files of one JSON value: each list of objects in it is a table, called after its key, however deep it lies."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.problems import InputError, Problem
from pipelines.sources import rules
from pipelines.sources.delimited import decoded
from pipelines.sources.raw import RawTable, text_frame
from pipelines.sources.records import HEADER_ROW, json_text

CALLED = ("id", "name", "title")
"""What an object is called by; the objects in its lists carry it along, as `objective_list.id`."""
Row = dict[str, object]


@dataclass
class _Found:
    tables: dict[str | None, list[Row]] = field(default_factory=dict)

    def gather(self, key: str | None, value: Any, above: Row) -> None:
        """Enter the objects of a list, and those of the lists inside, under their keys."""
        for each in value if isinstance(value, list) else [value]:
            own = dict(_flat(each))
            inner = {name: part for name, part in own.items() if _is_table(part)}
            row = {name: part for name, part in own.items() if name not in inner and part != []}
            if isinstance(value, list):
                self.tables.setdefault(key, []).append({**row, **above})
            called = {f"{key}.{name}": part for name, part in row.items() if key and name in CALLED}
            for name, part in inner.items():
                self.gather(name.rpartition(".")[2], part, {**above, **called})


def read_json(path: Path, name: str) -> list[RawTable]:
    """The tables of the file; of one alone the name says nothing, so that it is the file's."""
    found = _Found()
    found.gather(None, _parsed(path, name), {})
    only = len(found.tables) == 1
    return [_table(name, None if only else key, rows) for key, rows in found.tables.items()]


def _parsed(path: Path, name: str) -> object:
    text = decoded(path, name)
    try:
        value = json.loads(text.getvalue() if text else path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(Problem(rules.BAD_JSON, name, details={"reason": error})) from None
    if isinstance(value, dict) or _is_table(value) or value == []:
        return value
    raise InputError(Problem(rules.BAD_JSON, name, details={"reason": type(value).__name__}))


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _flat(value: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, object]]:
    """The object's values, those of the objects in it under both names with a dot between."""
    for name, part in value.items():
        if isinstance(part, dict):
            yield from _flat(part, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", part


def _table(name: str, key: str | None, rows: list[Row]) -> RawTable:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    cells = [[json_text(row.get(column)) for column in columns] for row in rows]
    return RawTable(name, key, text_frame([columns, *cells], range(HEADER_ROW, len(rows) + 1)))
