"""The layouts that are recognised: the template's own and those of tools, one file each in `layouts/`.

A layout `like` another takes over its columns and says how it differs. A user's mapping file is such a layout.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.schema import TABLES, Column
from pipelines.tidy.cells.folding import folded, folded_words

ORDER = ("flat", "check_ins", "objectives", "key_results", "alignment", "changes", "teams", "people", "cycles", "mixed")
"""The first of equally good base layouts wins."""
FOLDER = Path(__file__).parent / "layouts"
Groups = tuple[tuple[str, ...], ...]
"""Of each group one field is needed."""
NUMBER = "{n}"
"""Stands in a header for the number of a key result, as in `KR{n} Target`."""
HIERARCHIES = ("above", "outline", "parent")
"""How a list tells what a row belongs to: the objective above it, an outline number, a column that names the parent."""
DATE_ORDERS = ("day-month", "month-day")

# Fields that stand in sheets but in no table, since they are turned into others.
EXTRA = {
    "starts_on": Column("starts_on", "date", "First day of the cycle."),
    "ends_on": Column("ends_on", "date", "Last day of the cycle."),
    "progress": Column("progress", "share", "Progress without a date."),
}


@dataclass(frozen=True)
class Particulars:
    """What a tool's or a user's layout says beyond the one it is like."""

    label: str = ""
    source: str = ""
    stated: tuple[str, ...] = ()
    headers: frozenset[str] = frozenset()
    unused: frozenset[str] = frozenset()
    """The headers that the layout says mean no field, whatever they look like."""
    header_row: int | None = None
    sheet: str | None = None
    exactly: bool = False
    """Whether a header with further columns is no header of this layout."""
    numbered: tuple[tuple[re.Pattern[str], str], ...] = ()
    title_in_header: bool = False
    is_one_objective: bool = False
    corner: str | None = None
    constants: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, str] = field(default_factory=dict)
    dated: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date_order: str | None = None
    hierarchy: str | None = None
    objective_rows: str | None = None
    total_rows: str | None = None
    remark_rows: str | None = None
    check_ins_from: str | None = None
    blank: tuple[str, ...] = ()
    markup: bool = False
    left_out: bool = False
    """Whether such a sheet states nothing that is loaded: its rows are skipped."""
    named_after: str | None = None
    """The field that the name of the sheet or file states."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """By header, that of the column which speaks where its own cell is blank."""
    of_key_results: Mapping[str, str] = field(default_factory=dict)
    """By header, the word in it that tells the check-ins of key results from those of objectives."""
    never_before: str | None = None
    """The day before which nothing was checked in: the tool writes an earlier one for want of any."""
    utc_hours: float = 0.0
    """How far the days of times told in milliseconds are ahead of UTC."""


@dataclass(frozen=True)
class Layout:
    """One shape of a sheet: the fields its headers may name, and those it needs."""

    name: str
    base: str
    table: str
    names: frozenset[str]
    required: Groups
    signature: Groups
    aliases: dict[str, str]
    written: dict[str, tuple[str, ...]]
    own: Particulars = field(default_factory=Particulars)

    def column(self, name: str) -> Column:
        """Kind and choices of the field; text where the schema knows none."""
        prefix, _, plain = name.rpartition(".")
        stated = TABLES[prefix or self.table].stated
        known = {column.name: column for column in stated}
        return known.get(plain) or EXTRA.get(plain) or Column(plain, "text", "")

    def as_base(self, base: str) -> "Layout":
        """A base layout under this one's name and with its particulars: for a part of the sheet."""
        return replace(layouts()[base], name=self.name, own=self.own)


@cache
def layouts() -> dict[str, Layout]:
    """The template's layouts by their names, in the order in which equally good ones are tried."""
    entries = {name: entry for name, entry in _entries().items() if "like" not in entry}
    return {name: _base(name, entries[name]) for name in sorted(entries, key=ORDER.index)}


@cache
def tool_layouts() -> dict[str, Layout]:
    """The layouts of tools' files by their names."""
    return {name: derived(name, entry) for name, entry in _entries().items() if "like" in entry}


def derived(name: str, entry: Mapping[str, Any]) -> Layout:
    """A layout like another, the template's or a tool's, as a file describes it that has been checked."""
    entry = whole(entry)
    base = layouts()[entry["like"]]
    columns = {header: meaning for header, meaning in entry.get("columns", {}).items() if NUMBER not in header}
    aliases = {**base.aliases, **{folded(header): meaning for header, meaning in columns.items()}}
    claimed = {meaning: header for header, meaning in columns.items() if meaning}
    # A field that the layout gives to one header of its own is not looked for under others.
    aliases = {
        alias: meaning
        for alias, meaning in aliases.items()
        if meaning and (meaning not in claimed or alias in map(folded, columns))
    }
    return replace(base, name=name, names=frozenset(), aliases=aliases, own=_particulars(entry))


def whole(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """The description with all that it takes over from the tool's layout that it is like."""
    tool = _entries()[entry["like"]]
    if "like" not in tool:
        return entry
    tables = {key: {**tool.get(key, {}), **value} for key, value in entry.items() if isinstance(value, dict)}
    return {**tool, **entry, **tables, "like": tool["like"]}


@cache
def _entries() -> dict[str, dict[str, Any]]:
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))}


def _base(name: str, entry: dict[str, Any]) -> Layout:
    required = tuple(map(tuple, entry["required"]))
    return Layout(
        name=name,
        base=name,
        table=entry["table"],
        names=frozenset(map(folded, entry["names"])),
        required=required,
        signature=tuple(map(tuple, entry.get("signature", required))),
        aliases={folded(alias): meaning for meaning, listed in entry["columns"].items() for alias in listed},
        written={meaning: tuple(listed) for meaning, listed in entry["columns"].items()},
    )


def _particulars(entry: Mapping[str, Any]) -> Particulars:
    plain = {key: value for key, value in entry.items() if key not in ("like", "columns")}
    numbered = {header: meaning for header, meaning in entry.get("columns", {}).items() if NUMBER in header}
    return Particulars(
        **{
            **plain,
            "constants": {name: str(value) for name, value in entry.get("constants", {}).items()},
            "stated": tuple(entry.get("headers", ())),
            "headers": frozenset(map(folded, entry.get("headers", ()))),
            "unused": frozenset(folded(header) for header, meaning in entry.get("columns", {}).items() if not meaning),
            "numbered": tuple((_pattern(header), meaning) for header, meaning in numbered.items()),
            "scales": {name: _range(scale) for name, scale in entry.get("scales", {}).items()},
            "words": {topic: folded_words(listed) for topic, listed in entry.get("words", {}).items()},
            "blank": tuple(entry.get("blank", ())),
            "dated": {folded(header): str(day) for header, day in entry.get("dated", {}).items()},
            "instead": _folded_keys(entry.get("instead", {})),
            "of_key_results": _folded_keys(entry.get("of_key_results", {})),
        }
    )


def _folded_keys(entry: Mapping[str, str]) -> dict[str, str]:
    return {folded(header): folded(text) for header, text in entry.items()}


def _pattern(header: str) -> re.Pattern[str]:
    before, after = (re.escape(folded(part)) if part.strip() else "" for part in header.split(NUMBER))
    return re.compile(rf"{before}(?P<n>\d+){after}")


def _range(scale: float | list[float]) -> tuple[float, float]:
    low, high = scale if isinstance(scale, list) else (0.0, scale)
    return float(low), float(high)
