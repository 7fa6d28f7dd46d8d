"""Tables of the warehouse as they are stored, whole or in part, one by one."""

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from pipelines import warehouse
from pipelines.versions import Version

TABLES_KEPT = 64


def table(version: str, scope: str, name: str, columns: str = "", quarter: str = "") -> pd.DataFrame:
    """A table, or some of its columns (by name, with commas between), or the rows of one quarter's goals."""
    return _table(version, scope, name, columns, quarter)


# What is read is shared between readers and never changed: a copy per run would cost more than the figures.
@st.cache_resource(max_entries=TABLES_KEPT, show_spinner=False)
def _table(version: str, scope: str, name: str, columns: str, quarter: str) -> pd.DataFrame:  # noqa: ARG001
    return warehouse.table(as_version(version), name, columns=columns.split(",") if columns else None, quarter=quarter)


def rows_of(version: str, name: str, columns: list[str] | None = None, **where: list[Any]) -> pd.DataFrame:
    """The few rows of a table that hold these values; not kept."""
    return warehouse.table(as_version(version), name, columns=columns, where=where)


def check_ins(version: str, quarter: str) -> pd.DataFrame:
    """All check-ins on the key results of one quarter; not kept, since they are many."""
    return warehouse.table(as_version(version), "check_in", quarter=quarter)


def as_version(path: str) -> Version:
    """The version that is published as this file."""
    return Version(Path(path).stem, Path(path))
