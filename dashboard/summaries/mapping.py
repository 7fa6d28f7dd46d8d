"""A sheet's columns as a table to correct, and the corrections as a mapping file."""

import json
from typing import Any

import pandas as pd

from dashboard.wording import Wording
from pipelines.tidy.layouts import layouts, tool_layouts

COLUMNS = ("letters", "header", "values", "field", "evidence", "low", "high")
Entry = dict[str, Any]
"""What a mapping file says of one sheet."""


def layout_names(like: str) -> list[str]:
    """The layouts to choose from, the present one first."""
    return list(dict.fromkeys([like, *layouts(), *tool_layouts()]))


def field_labels(words: Wording, sheet: dict[str, Any]) -> dict[str, str]:
    """The label of each field of the sheet's layout: its name, in Chinese with a header that people use for it."""
    fields = dict.fromkeys([*sheet["fields"], *(column["field"] for column in sheet["columns"])])
    labels = {name: _label(words, name, sheet["fields"].get(name, ())) for name in fields if name}
    return {"": words.say("– left out –"), **labels}


def rows(words: Wording, sheet: dict[str, Any]) -> pd.DataFrame:
    """One row per column of the sheet, in COLUMNS; `low` and `high` are for a scale of one's own."""
    labels = field_labels(words, sheet)
    told = [{**column, "field": labels[column["field"]]} for column in sheet["columns"]]
    return pd.DataFrame(told, columns=list(COLUMNS)).astype({"low": "float64", "high": "float64"})


def corrections(words: Wording, sheet: dict[str, Any], edited: pd.DataFrame) -> Entry:
    """What the edited table says beyond what was recognised: fields and scales."""
    names = {label: name for name, label in field_labels(words, sheet).items()}
    chosen = [names[label] for label in edited["field"]]
    known = zip(sheet["columns"], chosen, strict=True)
    columns = {column["header"]: field for column, field in known if field != column["field"]}
    scaled = zip(chosen, edited["low"], edited["high"], strict=True)
    scales = {field: [0.0 if pd.isna(low) else low, high] for field, low, high in scaled if field and pd.notna(high)}
    return {name: value for name, value in (("columns", columns), ("scales", scales)) if value}


def mapping_text(entries: dict[str | None, Entry]) -> str:
    """The mapping file for these sheets; empty where nothing is to be corrected."""
    return "\n".join(line for sheet, entry in entries.items() if entry for line in _lines(sheet, entry))


def _lines(sheet: str | None, entry: Entry) -> list[str]:
    prefix = [] if sheet is None else ["sheets", _quoted(sheet)]
    plain = [f"{name} = {_quoted(value)}" for name, value in entry.items() if not isinstance(value, dict)]
    lines = [f"[{'.'.join(prefix)}]", *plain] if prefix else plain
    for name, table in entry.items():
        if isinstance(table, dict):
            lines += [
                f"[{'.'.join([*prefix, name])}]",
                *(f"{_quoted(key)} = {_quoted(of)}" for key, of in table.items()),
            ]
    return lines


def _quoted(value: Any) -> str:
    # JSON's strings, numbers and lists are TOML's too.
    return json.dumps(value, ensure_ascii=False)


def _label(words: Wording, name: str, written: list[str] | tuple[()]) -> str:
    chinese = next((header for header in written if any("一" <= sign <= "鿿" for sign in header)), None)
    return f"{chinese} · {name}" if words.language == "zh_CN" and chinese else name
