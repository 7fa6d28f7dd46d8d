"""The form in which a file's columns are corrected: layout, header row, cycle, and the field of each column."""

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import panels, staging
from dashboard.grids import data as grids
from dashboard.summaries import mapping as summary
from dashboard.summaries import uploads
from dashboard.summaries.mapping import Entry
from dashboard.tables import data
from dashboard.wording import NOTHING, Wording, plain
from pipelines.cycles import parse

Corrected = tuple[Path | None, bool, dict[str, Any] | None]


def corrected(words: Wording, path: Path, *, alone: bool) -> Corrected:
    """The file's mapping if it was corrected, whether hidden sheets are read, and what loading it so would give.

    Nothing is given where the file could not be looked at, which is said. The columns of a file dropped alone are open.
    """
    seen = _seen(words, path, None, hidden=False)
    if seen is None or not any(sheet["columns"] for sheet in seen["sheets"]):
        return None, False, seen
    with st.form(f"columns {path}", border=False):
        hidden = _hidden(words, path, seen)
        entries = {
            sheet["sheet"]: _sheet(words, path, seen, place, hidden=hidden, alone=alone)
            for place, sheet in enumerate(seen["sheets"])
            if sheet["columns"] and (hidden or not sheet["hidden"])
        }
        st.form_submit_button(words.say("Check"), icon=":material/fact_check:")
    text = summary.mapping_text(entries)
    mapping = staging.stage_mapping(path, text) if text else None
    return mapping, hidden, _seen(words, path, mapping, hidden=hidden)


def _seen(words: Wording, path: Path, mapping: Path | None, *, hidden: bool) -> dict[str, Any] | None:
    """What a preview says of the file; why there is none is said on the page."""
    outcome = data.previewed(str(path), str(mapping) if mapping else None, hidden, data.ledger(), words.language)
    if outcome.report:
        found: dict[str, Any] = outcome.report[0]
        return found
    panels.verdict("error", words.say("This cannot be read so."))
    st.text(outcome.said)
    return None


def _hidden(words: Wording, path: Path, seen: dict[str, Any]) -> bool:
    return any(sheet["hidden"] for sheet in seen["sheets"]) and st.checkbox(
        words.say("Load hidden sheets too"), key=f"hidden {path}"
    )


def _sheet(words: Wording, path: Path, seen: dict[str, Any], place: int, *, hidden: bool, alone: bool) -> Entry:
    """What the reader says of one sheet beyond what was recognised."""
    sheet = seen["sheets"][place]
    key = f"{path} {place}"
    several = len(seen["sheets"]) > 1
    title = words.say("Columns of {sheet}", sheet=plain(sheet["sheet"])) if several else words.say("Columns")
    with st.expander(title, expanded=(alone and not several) or sheet["layout"] is None):
        shape = _shape(words, sheet, key)
        if shape:
            text = summary.mapping_text({sheet["sheet"]: shape})
            again = _seen(words, path, staging.stage_mapping(path, text), hidden=hidden)
            sheet = again["sheets"][place] if again else sheet
        given = _columns(words, sheet, f"{key} {shape}")
        cycle = _cycle(words, sheet, key)
        _first_rows(words, sheet)
    entry = {**given, **({"constants": {"cycle": cycle}} if cycle else {})}
    unread = {"like": sheet["like"], "header_row": sheet["header_row"]}
    return {**unread, **shape, **entry} if shape or entry else {}


def _shape(words: Wording, sheet: dict[str, Any], key: str) -> Entry:
    """Layout and header row, where they are not those that were recognised."""
    left, right = st.columns([3, 1])
    names = summary.layout_names(sheet["like"])
    like = left.selectbox(words.say("What one row is (layout)"), names, key=f"like {key}",
                          format_func=lambda name: uploads.layout_title(words, name))  # fmt: skip
    row = right.number_input(words.say("Header row"), min_value=1, value=sheet["header_row"], key=f"row {key}")
    if (like, row) == (sheet["like"], sheet["header_row"]):
        return {}
    return {"like": like, "header_row": int(row)}


def _columns(words: Wording, sheet: dict[str, Any], key: str) -> Entry:
    shown = grids.mapping(words, list(summary.field_labels(words, sheet).values()))
    fixed = [name for name in shown if name not in ("field", "low", "high")]
    edited = st.data_editor(
        summary.rows(words, sheet), hide_index=True, column_config=shown, column_order=list(shown), disabled=fixed,
        key=f"columns {key}", alt=words.say("Which column holds what"), placeholder=NOTHING,
        row_height=panels.LINES_HIGH,
    )  # fmt: skip
    for decision in sheet["decisions"]:
        st.caption(plain(decision))
    return summary.corrections(words, sheet, edited)


def _cycle(words: Wording, sheet: dict[str, Any], key: str) -> str:
    if not sheet["needs_cycle"]:
        return ""
    label = words.say("Cycle of all rows, since nothing states it")
    cycle = st.text_input(label, placeholder="2026-Q3", key=f"cycle {key}").strip()
    if cycle and parse(cycle) is None:
        st.warning(words.say("“{cycle}” names no cycle. Write it as 2026-Q3, 2026-07 or 2026.", cycle=plain(cycle)))
    return cycle


def _first_rows(words: Wording, sheet: dict[str, Any]) -> None:
    headers = [f"{column['letters']} · {column['header']}" for column in sheet["columns"]]
    st.caption(words.say("The first rows"))
    st.dataframe(pd.DataFrame(sheet["first_rows"], columns=headers), hide_index=True, alt=words.say("The first rows"))
