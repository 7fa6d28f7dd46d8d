"""Columns whose cells lead to another page."""

from typing import Any

import streamlit as st

SHOWN = "#(.*)$"


def goal(label: str, width: int | None = None) -> Any:
    """A column of `Visit.goal` addresses, each shown as the text behind its #."""
    return st.column_config.LinkColumn(label, display_text=SHOWN, width=width)
