"""Which row of a sheet is its header, which table it heads, and what each column means."""

import difflib
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from pipelines.problems import InputError, Problem
from pipelines.sources.raw import RawTable
from pipelines.tidy import rules
from pipelines.tidy.cells.folding import folded
from pipelines.tidy.layouts import NUMBER, Groups, Layout, layouts, tool_layouts

SEARCHED_ROWS = 40
ALMOST = 0.85
"""How much of a header must agree with a known one to be taken for a slip of the pen."""
NUMBERS = re.compile(r"\d+")
ARCHIVE_SUFFIX = re.compile(r"(\.[a-z]+)(\.gz)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """A header row read as one layout: the position of each field, and the header as written."""

    layout: Layout
    row: int
    positions: dict[str, int]
    written: dict[int, str]
    doubles: tuple[tuple[str, int, int], ...] = ()
    numbered: dict[int, dict[str, int]] = field(default_factory=dict)
    """For sheets with several key results in one row: by the number in the header, the position of each field."""
    date_orders: dict[int, str] = field(default_factory=dict)
    """By position, whether the day or the month comes first where the column shows it."""
    scales: dict[str, tuple[float, float] | None] = field(default_factory=dict)
    """By field, the scale that the whole of a column shows of which this is a part; none where none fits."""

    @property
    def unused(self) -> list[str]:
        """The headers that mean nothing in this layout."""
        used = {*self.positions.values(), *(at for fields in self.numbered.values() for at in fields.values())}
        return [text for position, text in self.written.items() if position not in used]

    def field_at(self, position: int) -> str:
        """The field that the column holds; empty where it holds none."""
        numbered = (found for fields in self.numbered.values() for found in fields.items())
        return next((name for name, at in (*self.positions.items(), *numbered) if at == position), "")

    def only(self, layout: Layout) -> "Heading":
        """The heading of a part of the sheet, with the columns that the layout knows."""
        known = {name: position for name, position in self.positions.items() if name in layout.written}
        return replace(self, layout=layout, positions=known)

    def with_column(self, name: str, position: int, written: str) -> "Heading":
        """The heading with one more column."""
        return replace(self, positions={**self.positions, name: position}, written={**self.written, position: written})

    def has(self, groups: Groups) -> bool:
        """Whether of each group one field has a column."""
        fields = self.positions.keys() | {name for named in self.numbered.values() for name in named}
        return all(any(field in fields for field in group) for group in groups)


def find_heading(raw: RawTable, *, needs_cycle: bool, mapping: Layout | None = None) -> Heading:
    """The first row that fits the mapping, else the first that heads a known table.

    `needs_cycle` if nothing around the header names a cycle. Raises InputError if there is no such row.
    """
    named = named_layout(raw)
    top = raw.frame.head(SEARCHED_ROWS)
    cells = zip(top.index, top.to_numpy(dtype=object), strict=True)
    rows = {int(number): written_headers(row) for number, row in cells}
    mapped = (_mapped(number, written, mapping) for number, written in rows.items() if mapping)
    usual = (
        _of_tool(raw, number, written) or _best(number, written, named, needs_cycle) for number, written in rows.items()
    )
    heading = next(filter(None, itertools.chain(mapped, usual)), None)
    if heading:
        return _without_doubles(raw, heading)
    candidates = [named] if named else list(layouts().values())
    raise _not_found(raw, candidates, [(number, written) for number, written in rows.items() if written])


def named_layout(raw: RawTable) -> Layout | None:
    """The layout after which the sheet or the file is called."""
    names = [raw.sheet] if raw.sheet else []
    names.append(ARCHIVE_SUFFIX.sub("", PurePath(raw.file).name))
    folded_names = [folded(name) for name in names]
    return next((each for name in folded_names for each in layouts().values() if name in each.names), None)


def written_headers(cells: Iterable[object]) -> dict[int, str]:
    """The cells of a row that hold text, by their positions."""
    return {i: text.strip() for i, text in enumerate(cells) if isinstance(text, str) and text.strip()}


def read_as(layout: Layout, row: int, written: dict[int, str]) -> Heading:
    """The row taken as a header of that layout."""
    positions: dict[str, int] = {}
    doubles: list[tuple[str, int, int]] = []
    numbered: dict[int, dict[str, int]] = {}
    for position, text in written.items():
        number, name = _meaning(layout, folded(text), position)
        fields = positions if number is None else numbered.setdefault(number, {})
        if name in fields:
            doubles.append((name, fields[name], position))
        elif name:
            fields[name] = position
    return Heading(layout, row, positions, written, tuple(doubles), numbered)


def _meaning(layout: Layout, header: str, position: int) -> tuple[int | None, str | None]:
    """The field that a header names, with the number in it where it has one."""
    if position == 0 and layout.own.corner:
        return None, "title"
    if header in layout.aliases:
        return None, layout.aliases[header]
    for pattern, name in layout.own.numbered:
        if match := pattern.fullmatch(header):
            return int(match["n"]), name
    return None, None


def _of_tool(raw: RawTable, row: int, written: dict[int, str]) -> Heading | None:
    """The row as the header of the tool's file that asks for most of its columns."""
    headers = _spellings(written)
    fitting = [layout for layout in tool_layouts().values() if _is_of(layout, raw, headers, len(written))]
    best = max(fitting, key=lambda layout: len(layout.own.headers), default=None)
    return read_as(best, row, written) if best else None


def _is_of(layout: Layout, raw: RawTable, headers: set[str], width: int) -> bool:
    own = layout.own
    here = own.sheet is None or folded(own.sheet) == folded(raw.sheet or "")
    return here and own.headers <= headers and (not own.exactly or len(own.headers) == width)


def _spellings(written: dict[int, str]) -> set[str]:
    """The headers, numbered ones also as layouts spell them: `kr{n}target`."""
    headers = {folded(text) for text in written.values()}
    return headers | {NUMBERS.sub(NUMBER, header) for header in headers}


def _mapped(row: int, written: dict[int, str], mapping: Layout) -> Heading | None:
    """The row as the mapping's header, if it has all its columns and is the one that the mapping names."""
    if mapping.own.header_row not in (None, row):
        return None
    return read_as(mapping, row, written) if mapping.own.headers <= _spellings(written) else None


def _best(row: int, written: dict[int, str], named: Layout | None, needs_cycle: bool) -> Heading | None:
    readings = {name: read_as(layout, row, written) for name, layout in layouts().items()}
    fitting = [heading for heading in readings.values() if _fits(heading, needs_cycle)]
    by_name = readings[named.name] if named else None
    if by_name and by_name.has(by_name.layout.required) and not _is_flat_after_all(by_name, fitting):
        return by_name
    # Of equally good ones the first wins: `max` keeps it.
    return max(fitting, key=lambda heading: (not heading.doubles, len(heading.positions)), default=None)


def _fits(heading: Heading, needs_cycle: bool) -> bool:
    fits = len(heading.positions) >= 2 and heading.has(heading.layout.signature)
    flat_without_cycle = heading.layout.base == "flat" and needs_cycle and not heading.has((("cycle", "starts_on"),))
    # Then the objective column names objectives that stand elsewhere.
    return fits and not (flat_without_cycle and _names_objectives(heading))


def _names_objectives(heading: Heading) -> bool:
    return read_as(layouts()["key_results"], heading.row, heading.written).has(layouts()["key_results"].required)


def _is_flat_after_all(by_name: Heading, fitting: list[Heading]) -> bool:
    return by_name.layout.base == "objectives" and any(heading.layout.base == "flat" for heading in fitting)


def _without_doubles(raw: RawTable, heading: Heading) -> Heading:
    if heading.doubles:
        field, first, second = heading.doubles[0]
        details: dict[str, object] = {
            "first": heading.written[first],
            "second": heading.written[second],
            "field": field.rpartition(".")[2],
        }
        raise InputError(Problem(rules.TWO_COLUMNS, raw.file, raw.sheet, heading.row, details=details))
    return heading


def _not_found(raw: RawTable, candidates: list[Layout], rows: list[tuple[int, dict[int, str]]]) -> InputError:
    readings = [read_as(layout, number, written) for number, written in rows for layout in candidates]
    nearest = max(readings, key=lambda heading: len(heading.positions), default=None)
    # One matching word happens in any text; a header has several, or stands in a sheet called after its table.
    if nearest is None or len(nearest.positions) < (1 if len(candidates) == 1 else 2):
        first = " | ".join(list(rows[0][1].values())[:6]) if rows else ""
        return InputError(Problem(rules.NO_TABLE, raw.file, raw.sheet, value=first))
    return missing_field(raw, nearest)


def missing_field(raw: RawTable, heading: Heading) -> InputError:
    """The error for a header that lacks a field which its layout needs."""
    return InputError(Problem(rules.NO_HEADER, raw.file, raw.sheet, heading.row, details=_missing(heading)))


def _missing(heading: Heading) -> dict[str, object]:
    groups = heading.layout.signature
    missing = next((group for group in groups if not heading.has((group,))), groups[0])
    return {
        "headers": ", ".join(heading.written.values()),
        "layout": heading.layout.name,
        "missing": " / ".join(field.replace(".", " ") for field in missing),
        "near": _near(heading, missing),
    }


def misspelt(heading: Heading) -> dict[int, str]:
    """The positions of unused headers that are almost a known one, with what that would be."""
    flat = layouts()["flat"].written if heading.layout.base == "objectives" else {}
    wanted = {**heading.layout.written, "key_result.title": flat.get("key_result.title", ())}
    aliases = {folded(a): a for field, listed in wanted.items() if field not in heading.positions for a in listed}
    meant = heading.layout.own.headers | heading.layout.own.unused
    unused = {i: text for i, text in heading.written.items() if text in heading.unused and folded(text) not in meant}
    near = {i: difflib.get_close_matches(folded(text), aliases, n=1, cutoff=ALMOST) for i, text in unused.items()}
    return {i: aliases[found[0]] for i, found in near.items() if found}


def _near(heading: Heading, missing: tuple[str, ...]) -> str:
    aliases = [folded(alias) for field in missing for alias in heading.layout.written[field]]
    near = [text for text in heading.unused if difflib.get_close_matches(folded(text), aliases, n=1, cutoff=0.7)]
    return f": “{near[0]}”?" if near else ""
