"""The columns of the tables, page by page."""

from typing import Any

import pandas as pd

PERCENT = "%d%%"


def filled(frame: pd.DataFrame, columns: dict[str, Any]) -> dict[str, Any]:
    """The columns of which the frame holds something."""
    return {name: column for name, column in columns.items() if frame[name].notna().any()}
