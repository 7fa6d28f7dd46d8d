"""What the page Data shows: previews of dropped files, what is loaded, and what is wrong with it."""

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import commands
from dashboard.commands import Outcome
from dashboard.tables.facts import EVERYONE, VERSIONS_KEPT, current_version, data_dir
from pipelines import batches, warehouse
from pipelines.schema import PROBLEM, empty
from pipelines.versions import Version

LOADS = ("batch", "loaded_at", "file", "sheet", "layout", "rows_in", "kept", "set_aside", "skipped", "replaced_by")


@st.cache_data(max_entries=64, show_spinner=False)
def previewed(path: str, mapping: str | None, hidden: bool, ledger: str, language: str) -> Outcome:  # noqa: ARG001 - the ledger belongs to the key
    """What loading a staged file would give; its path names its content, the ledger's state what stands."""
    chosen = Path(mapping) if mapping else None
    return commands.preview(Path(path), data_dir(), mapping=chosen, hidden=hidden, language=language)


def ledger() -> str:
    """The state of what is loaded, for keys: the current version, and the batches that stand."""
    standing = (f"{batch.number}@{batch.loaded_at}" for batch in batches.standing(data_dir()))
    return ",".join([str(current_version()), *standing])


def loads() -> pd.DataFrame:
    """One row per batch, file and sheet that stands, the last first: LOADS; a replaced one names the batch."""
    standing = batches.standing(data_dir())
    replaced = batches.replacements(standing)
    rows: list[dict[str, Any]] = [
        {**sheet.record(), "batch": batch.number, "loaded_at": batch.loaded_at}
        | {"replaced_by": replaced.get((batch.number, load.name))}
        for batch in reversed(standing)
        for load in batch.files
        for sheet in load.sheets
    ]
    return pd.DataFrame(rows, columns=list(LOADS)).astype({"replaced_by": "Int64"})


def decisions(language: str) -> pd.DataFrame:
    """What was decided about the sheets that count, such as a column's scale: file, sheet, decision."""
    rows = [
        {"file": sheet.file, "sheet": sheet.sheet, "decision": decision[language]}
        for _, load in batches.effective(batches.standing(data_dir()))
        for sheet in load.sheets
        for decision in sheet.decisions
    ]
    return pd.DataFrame(rows, columns=["file", "sheet", "decision"])


def problems(version: str | None) -> pd.DataFrame:
    """The table `problem`; empty where there is no warehouse."""
    return _problems(version, EVERYONE) if version else empty(PROBLEM.columns)


@st.cache_resource(max_entries=VERSIONS_KEPT, show_spinner=False)
def _problems(version: str, scope: str) -> pd.DataFrame:  # noqa: ARG001 - the scope belongs to the key
    return warehouse.table(Version(Path(version).stem, Path(version)), "problem")
