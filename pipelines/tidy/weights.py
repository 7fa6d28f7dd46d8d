"""Weights of key results: shares of their objective, written as fractions, percentages or mere proportions."""

from typing import Any

import pandas as pd

from pipelines.tidy import rules
from pipelines.tidy.body import Body
from pipelines.tidy.cells.numbers import Numbers, read_numbers
from pipelines.tidy.cells.shares import on_scale, scale_of, stated_scale
from pipelines.tidy.sheet import Decision
from pipelines.wording import mark

PROPORTIONS = mark("“{column}” is read as proportions: each weight is divided by the sum of its objective.")


def read_weights(body: Body, field: str, objectives: "pd.Series[Any]", kept: "pd.Series[bool]") -> None:
    """Fill in the weights 0–1 of the kept key results, which belong to these objectives."""
    numbers = read_numbers(body.cells[field].where(kept))
    body.find(rules.NOT_A_NUMBER, field, numbers.bad)
    sums = numbers.amounts.where(~numbers.percent).groupby(objectives, dropna=False).transform("sum", min_count=1)
    stated = stated_scale(body, field)
    scale = stated[1] if stated else _scale(numbers, sums, body.header(field))
    if scale is None and _complete(numbers, objectives):
        body.decisions.append(Decision(PROPORTIONS, {"column": body.header(field)}))
        body.parsed[field] = numbers.amounts / sums.where(sums != 0)
    elif scale is None:
        body.doubt_column(rules.SCALE_OPTIONAL, field, f"{numbers.amounts.max():g}", int(str(numbers.amounts.idxmax())))
        body.parsed[field] = numbers.amounts.where(numbers.amounts.isna())
    else:
        _take(body, field, numbers, scale)


def _take(body: Body, field: str, numbers: Numbers, scale: float) -> None:
    shares = on_scale(numbers, scale, body.header(field))
    body.find(rules.OFF_SCALE, field, (shares.amounts < 0) | (shares.amounts > 1 + 1e-9))
    body.decisions += [shares.decision] if shares.decision and not numbers.percent.all() else []
    body.parsed[field] = shares.amounts


def _scale(numbers: Numbers, sums: "pd.Series[float]", header: str) -> float | None:
    """1 or 100 where the weights of most objectives add up to about as much; none for mere proportions."""
    plain = numbers.amounts[~numbers.percent].dropna()
    if plain.empty:
        return 1.0
    largest, usual = float(plain.max()), float(sums.median())
    if 50 <= usual <= 150:
        return 100.0
    scale = scale_of(largest, header)
    # 1 for every key result, the default of some tools, means equal weights, not 100 % each.
    return None if scale == 1.0 and usual > 1.5 and (plain == plain.round()).all() else scale


def _complete(numbers: Numbers, objectives: "pd.Series[Any]") -> bool:
    stated = numbers.amounts.notna().groupby(objectives, dropna=False)
    return bool((numbers.amounts.dropna() >= 0).all() and (stated.transform("all") == stated.transform("any")).all())
