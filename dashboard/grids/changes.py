"""How changes are printed, on whichever page."""

from typing import Any

import pandas as pd

from dashboard.panels import SAME
from dashboard.wording import NOTHING, signed

NEARER, FURTHER = "color: #2f9e83", "color: #d98b2b"


def printed(rows: pd.DataFrame) -> Any:
    """The rows as shown: changes with their sign, what movements mean in the colour of nearer or further."""
    style = rows.style.format({"change": signed} if "change" in rows else {}, na_rep=NOTHING)
    return style.apply(_tones, axis=1) if "toward" in rows else style


def _tones(row: "pd.Series[Any]") -> list[str]:
    color = NEARER if row["toward"] < -SAME else FURTHER if row["toward"] > SAME else ""
    return [color if name == "direction" else "" for name in row.index]
