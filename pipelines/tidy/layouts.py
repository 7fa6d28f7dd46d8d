"""The layouts that are recognised, as `layouts.toml` lists them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.schema import TABLES, Column
from pipelines.tidy.folding import folded

Groups = tuple[tuple[str, ...], ...]
"""Of each group one field is needed."""

# Fields that stand in sheets but in no table, since they are turned into others.
EXTRA = {
    "starts_on": Column("starts_on", "date", "First day of the cycle."),
    "ends_on": Column("ends_on", "date", "Last day of the cycle."),
    "progress": Column("progress", "share", "Progress without a date."),
}


@dataclass(frozen=True)
class Layout:
    """One shape of a sheet: the fields its headers may name, and those it needs."""

    name: str
    table: str
    names: frozenset[str]
    required: Groups
    signature: Groups
    aliases: dict[str, str]
    written: dict[str, tuple[str, ...]]

    def column(self, field: str) -> Column:
        """Kind and choices of the field; text where the schema knows none."""
        prefix, _, name = field.rpartition(".")
        stated = TABLES[prefix or self.table].stated
        known = {column.name: column for column in stated}
        return known.get(name) or EXTRA.get(name) or Column(name, "text", "")


@cache
def layouts() -> dict[str, Layout]:
    """Every layout by its name, in the order in which equally good ones are tried."""
    content = tomllib.loads(Path(__file__).with_name("layouts.toml").read_text("utf-8"))
    order = ("flat", *(name for name in content if name != "flat"))
    return {name: _layout(name, content[name]) for name in order}


def _layout(name: str, entry: dict[str, Any]) -> Layout:
    required = tuple(map(tuple, entry["required"]))
    return Layout(
        name=name,
        table=entry["table"],
        names=frozenset(map(folded, entry["names"])),
        required=required,
        signature=tuple(map(tuple, entry.get("signature", required))),
        aliases={folded(alias): field for field, listed in entry["columns"].items() for alias in listed},
        written={field: tuple(listed) for field, listed in entry["columns"].items()},
    )
