"""Mapping files: layouts that users write for their own sheets, checked before they are used."""

import difflib
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pipelines.problems import InputError, Problem, rule
from pipelines.tidy.cells.folding import words
from pipelines.tidy.layouts import DATE_ORDERS, HIERARCHIES, Layout, Particulars, derived, layouts, tool_layouts, whole
from pipelines.tidy.shapes.one_objective import STATED

UNREADABLE = rule(
    "mapping_unreadable", "set_aside", "the mapping cannot be read: {reason}. Correct it; `okr map FILE` writes one."
)
UNKNOWN_KEY = rule(
    "mapping_key_unknown", "set_aside", "a mapping has no key “{value}”{near}. It may have these: {known}."
)
UNKNOWN_FIELD = rule(
    "mapping_field_unknown",
    "set_aside",
    "“{column}” is given to “{value}”, which is no field of {layout}{near}. The fields are: {known}. "
    'A column given to nothing ("") is left out.',
)
BAD_VALUE = rule("mapping_value_wrong", "set_aside", "“{column}” is {value}, but has to be {expected}.")
UNUSED = rule(
    "mapping_unused",
    "doubtful",
    "no sheet has all columns that the mapping names ({value}), so the file was read without it. "
    "Write the headers into the mapping as they stand in the file.",
)
KEYS = (
    "like",
    "columns",
    "sheets",
    *(each.name for each in fields(Particulars) if each.name not in ("numbered", "stated", "unused")),
)
OF_ONE_OBJECTIVE = ("objective_title", "objective_score", *STATED)
"""Of a log that is one objective: its title, the column that states its total, and what else may be said of it."""
OF_FIELDS = ("constants", "scales")
TOML_NAMES = {dict: "[table]", list: "[…, …]", int: "1, 2 …", float: "5.5", bool: "true | false", str: '"…"'}
CHOICES: dict[str, Collection[str]] = {"hierarchy": HIERARCHIES, "date_order": DATE_ORDERS}
KINDS: dict[str, tuple[type, ...]] = {
    "columns": (dict,), "constants": (dict,), "above": (dict,), "dated": (dict,), "scales": (dict,), "words": (dict,),
    "headers": (list,), "blank": (list,), "header_row": (int,), "markup": (bool,),
    "title_in_header": (bool,), "is_one_objective": (bool,), "exactly": (bool,),
    "left_out": (bool,), "instead": (dict,), "of_key_results": (dict,), "utc_hours": (int, float),
}  # fmt: skip


@dataclass(frozen=True)
class SheetMapping:
    """The layouts of a mapping file, one for all sheets or one for each it names, and the file's text."""

    name: str
    layouts: tuple[Layout, ...]
    text: str

    def of(self, sheet: str | None) -> Layout | None:
        """The layout for the sheet: the one that names it, else the one that names none."""
        named = [layout for layout in self.layouts if layout.own.sheet == sheet and sheet is not None]
        return next(iter([*named, *(layout for layout in self.layouts if layout.own.sheet is None)]), None)

    def unused(self, file: str) -> Problem:
        """What is said of a file none of whose sheets has the columns that are named."""
        headers = ", ".join(header for layout in self.layouts for header in layout.own.stated)
        return Problem(UNUSED, file, value=headers)


def read_mapping(path: Path) -> SheetMapping:
    """The mapping file, checked; raises InputError naming the key for whatever is not understood."""
    try:
        text = path.read_text("utf-8-sig")
        stated = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(Problem(UNREADABLE, str(path), details={"reason": reason})) from None
    sheets = stated.pop("sheets", {})
    entries = [{**stated, **entry, "sheet": name} for name, entry in sheets.items()]
    return SheetMapping(path.name, tuple(_layout(path, entry) for entry in entries or [stated]), text)


def _layout(path: Path, entry: dict[str, Any]) -> Layout:
    for key, value in entry.items():
        _check_key(path, key, value)
    like = entry.setdefault("like", "flat")
    if like not in (*layouts(), *tool_layouts()):
        raise _bad(path, "like", like, " | ".join((*layouts(), *tool_layouts())))
    _check_fields(path, layouts()[whole(entry)["like"]], entry)
    _check_words(path, entry)
    if entry.get("columns") and not any(entry["columns"].values()):
        raise _bad(path, "[columns]", "", " + ".join(group[0] for group in layouts()[whole(entry)["like"]].required))
    used = [header for header, name in entry.get("columns", {}).items() if name]
    known = [*whole(entry).get("headers", ()), *used]
    return derived(path.name, {**entry, "headers": entry.get("headers", known)})


def _check_key(path: Path, key: str, value: Any) -> None:
    if key not in KEYS:
        raise InputError(Problem(UNKNOWN_KEY, str(path), value=key, details=_near(key, KEYS)))
    if key in CHOICES and value not in CHOICES[key]:
        raise _bad(path, key, value, " | ".join(CHOICES[key]))
    kinds = KINDS.get(key, (str,))
    if not isinstance(value, kinds) or (kinds == (int,) and isinstance(value, bool)):
        raise _bad(path, key, value, " / ".join(TOML_NAMES[kind] for kind in kinds))


def _check_fields(path: Path, layout: Layout, entry: dict[str, Any]) -> None:
    given = {**entry.get("columns", {}), **entry.get("above", {})}
    given |= {f"[{key}] {name}": name for key in OF_FIELDS for name in entry.get(key, {})}
    beside = () if layout.base == "check_ins" else tuple(f"check_in.{name}" for name in layouts()["check_ins"].written)
    known = tuple(dict.fromkeys((*layout.written, *OF_ONE_OBJECTIVE, *beside)))
    for header, name in given.items():
        if name and name not in known:
            details = {"layout": layout.name, **_near(str(name), known)}
            raise InputError(Problem(UNKNOWN_FIELD, str(path), column=header, value=str(name), details=details))
    for name, value in entry.get("constants", {}).items():
        if not str(value).strip():
            raise _bad(path, f"[constants] {name}", value, '"2026-Q3" …' if name == "cycle" else '"…"')
    for name, scale in entry.get("scales", {}).items():
        if not _is_scale(scale):
            raise _bad(path, f"[scales] {name}", scale, "100, [3, 5] …")


def _is_scale(scale: Any) -> bool:
    numbers = scale if isinstance(scale, list) else [0, scale]
    plain = all(isinstance(each, int | float) and not isinstance(each, bool) for each in numbers)
    return plain and len(numbers) == 2 and numbers[0] < numbers[1]


def _check_words(path: Path, entry: dict[str, Any]) -> None:
    """Each word is given to a meaning that its topic has."""
    topics = {topic: set(known.values()) for topic, known in words().items() if isinstance(known, dict)}
    for topic, meanings in entry.get("words", {}).items():
        if topic not in topics:
            raise _bad(path, "words", topic, " | ".join(topics))
        for meaning in meanings:
            if meaning not in topics[topic]:
                raise _bad(path, f"[words.{topic}]", meaning, " | ".join(sorted(topics[topic])))


def _near(found: str, known: Collection[str]) -> dict[str, object]:
    close = difflib.get_close_matches(found, known, n=2, cutoff=0.6)
    return {"near": f" ({' / '.join(close)}?)" if close else "", "known": ", ".join(known)}


def _bad(path: Path, key: str, value: Any, expected: str) -> InputError:
    return InputError(Problem(BAD_VALUE, str(path), column=key, value=repr(value), details={"expected": expected}))
