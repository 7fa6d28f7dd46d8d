"""What the catalogue says of one figure."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["count", "share", "score", "difference", "probability", "flag", "text", "list", "value"]
Direction = Literal["higher", "lower", "nearer", "none"]
"""What is better; `nearer`: nearer to the sweet spot, or to 1.0 where committed. Most figures have no better side."""


@dataclass(frozen=True)
class Figure:
    """One figure: label and meaning are English source texts, marked for translation where they are written.

    The formula and the denominator speak in field names. Shares and scores are stored 0–1.
    """

    name: str
    label: str
    meaning: str
    formula: str
    unit: Unit
    direction: Direction = "none"
    denominator: str = ""
    source: str = "S1"
