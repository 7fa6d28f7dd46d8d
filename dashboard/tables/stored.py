"""Tables of the warehouse as they are stored, whole or in part, one by one."""

from pathlib import Path

import pandas as pd
import streamlit as st

from pipelines import warehouse
from pipelines.schema import TABLES
from pipelines.versions import Version

TABLES_KEPT = 64


# What is read is shared between readers and never changed: a copy per run would cost more than the figures.
@st.cache_resource(max_entries=TABLES_KEPT, show_spinner=False)
def table(version: str, scope: str, name: str, columns: str = "", quarter: str = "") -> pd.DataFrame:  # noqa: ARG001
    """A table, or some of its columns (by name, with commas between), or the rows of one quarter's goals."""
    where = _within(version, name, quarter) if quarter else {}
    return warehouse.table(as_version(version), name, columns=columns.split(",") if columns else None, where=where)


def rows_of(version: str, name: str, columns: list[str] | None = None, **where: list[str]) -> pd.DataFrame:
    """The few rows of a table that hold these values; not kept."""
    return warehouse.table(as_version(version), name, columns=columns, where=where)


def as_version(path: str) -> Version:
    """The version that is published as this file."""
    return Version(Path(path).stem, Path(path))


def _within(version: str, name: str, quarter: str) -> dict[str, list[str]]:
    """The table's own quarter, or else its objectives."""
    if "quarter" in TABLES[name].names:
        return {"quarter": [quarter]}
    goals = rows_of(version, "objective_result", ["objective_id"], quarter=[quarter])
    return {"objective_id": list(goals["objective_id"])}
