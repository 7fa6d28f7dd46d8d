"""Shares: scores, progress, confidence and weights, stored 0–1 whatever scale a column is written in."""

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipelines.tidy.body import Body
from pipelines.tidy.cells.numbers import Numbers, read_numbers
from pipelines.tidy.sheet import Decision
from pipelines.wording import mark

LARGEST_OF_ONE = 1.5
HUNDRED = (20.0, 150.0)
STATED_SCALE = re.compile(r"(?:\bout of\s*|\b0\s*(?:-|–|—|~|to|至|到)\s*|/\s*)(1|5|10|100)(?!\d)")
CHINESE_SCALES = {"十分制": 10.0, "10分制": 10.0, "百分制": 100.0, "100分制": 100.0, "五分制": 5.0, "5分制": 5.0}
PERCENT_WORDS = ("%", "％", "percent", "百分比")
READ_AS = mark("“{column}” is read on the scale {low}–{scale}.")


class ScaleError(Exception):
    """No scale fits the column; says its largest value and where that stands."""

    def __init__(self, largest: float, row: int) -> None:
        super().__init__(largest)
        self.largest = largest
        self.row = row


@dataclass(frozen=True)
class Shares:
    """A column on the scale 0–1, the cells that are no numbers, and the decision."""

    amounts: "pd.Series[float]"
    bad: "pd.Series[bool]"
    decision: Decision | None


def stated_scale(body: Body, field: str) -> tuple[float, float] | None:
    """The lowest and the highest value of the field's scale, if the layout states them."""
    scales = body.heading.layout.own.scales
    return scales.get(field) or scales.get(field.rpartition(".")[2])


def read_shares(
    text: "pd.Series[Any]", header: str, *, stated: bool = False, scale: tuple[float, float] | None = None
) -> Shares:
    """The cells on the scale 0–1: percent cells tell it, the others share one, stated or decided by the largest.

    Raises ScaleError if none fits.
    """
    numbers = read_numbers(text, stated=stated)
    found = scale_in(numbers, header, scale)
    if found is None:
        return Shares((numbers.amounts / 100).round(12), numbers.bad, None)
    return on_scale(numbers, found[1], header, low=found[0])


def scale_in(numbers: Numbers, header: str, stated: tuple[float, float] | None = None) -> tuple[float, float] | None:
    """The scale of the column, none where all its cells are in percent; raises ScaleError if none fits."""
    plain = plain_amounts(numbers)
    if plain.empty or stated:
        return None if plain.empty else stated
    decided = scale_of(float(plain.max()), header)
    if decided is None:
        raise ScaleError(float(plain.max()), int(str(plain.idxmax())))
    return 0.0, decided


def plain_amounts(numbers: Numbers) -> "pd.Series[float]":
    """The numbers that bear no percent sign."""
    return numbers.amounts[~numbers.percent].dropna()


def on_scale(numbers: Numbers, scale: float, header: str, *, low: float = 0.0) -> Shares:
    """The numbers from the scale's low end as shares of its length, percent cells divided by 100."""
    values = ((numbers.amounts - low) / (scale - low)).mask(numbers.percent, numbers.amounts / 100)
    decision = Decision(READ_AS, {"column": header, "low": f"{low:g}", "scale": f"{scale:g}"})
    return Shares(values.round(12), numbers.bad, decision)


def scale_of(largest: float, header: str) -> float | None:
    """What stands for the whole: as the header says, else by the largest value."""
    stated = _stated_scale(header)
    if stated:
        return stated
    if largest <= LARGEST_OF_ONE:
        return 1.0
    in_percent = any(word in header.casefold() for word in PERCENT_WORDS)
    return 100.0 if in_percent or HUNDRED[0] <= largest <= HUNDRED[1] else None


def _stated_scale(header: str) -> float | None:
    chinese = next((scale for word, scale in CHINESE_SCALES.items() if word in header), None)
    match = STATED_SCALE.search(header)
    return chinese or (float(match[1]) if match else None)
