"""Each column of a sheet turned from text into values, by the kind the schema gives its field."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipelines.schema import Column
from pipelines.tidy import rules
from pipelines.tidy.body import Body
from pipelines.tidy.cells.choices import read_choices
from pipelines.tidy.cells.dates import OrderError, has_serials, read_dates
from pipelines.tidy.cells.folding import by_distinct, folded, words
from pipelines.tidy.cells.numbers import Numbers, read_numbers
from pipelines.tidy.cells.shares import ScaleError, read_shares, stated_scale
from pipelines.tidy.layouts import Layout
from pipelines.tidy.sheet import Decision
from pipelines.wording import mark

SERIALS = mark("Numbers in “{column}” are read as spreadsheets number days: 46000 is 2025-12-09.")
SEPARATORS = re.compile(r"\s*[;；\n、]\s*")
REACHED_OR_NOT = ("value", "current", "progress")
"""Fields in which words such as 完成 are understood."""
LEAVE_BLANK = ("confidence", "weight")
"""Shares without which a sheet still says what was reached; a wrong scale elsewhere would falsify figures."""
NAMES = ("note", "team", "parent_team", "executive", "owner", "author", "person", "parent", "unit", "rank")
"""Texts in which a dash says nothing."""
NOTHING = ("-", "--", "—", "——", "–", "/", "n/a", "N/A", "无", "暂无")
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA")


def read_columns(body: Body) -> None:
    """Fill the body's values from its cells; weights of key results wait until their objectives are known."""
    for field in body.cells:
        if field != weight_field(body):
            read_column(body, str(field))


def weight_field(body: Body) -> str | None:
    """The field that holds the weights of key results, if the sheet has such a column."""
    names = {"flat": "key_result.weight", "key_results": "weight"}
    field = names.get(body.heading.layout.base)
    return field if field in body.cells else None


def read_column(body: Body, field: str) -> None:
    """Fill in one field's values and note its bad cells."""
    text = body.cells[field]
    error = text.isin(ERRORS)
    body.find(rules.ERROR_CELL, field, error)
    column = body.heading.layout.column(field)
    body.parsed[field] = _read(body, field, text.mask(error), column)


def _read(body: Body, field: str, text: "pd.Series[Any]", column: Column) -> "pd.Series[Any]":
    if column.choices:
        return _choices(body, field, text, column)
    if column.kind == "date":
        return _dates(body, field, text)
    if is_share(body, field):
        return _shares(body, field, text, column)
    if column.kind == "number":
        return _numbers(body, field, text, column)
    named = text.mask(_names_nothing(text, body.heading.layout)) if column.name in NAMES else text
    return _first_team(body, field, named) if column.name == "team" else named


def _names_nothing(text: "pd.Series[Any]", layout: Layout) -> "pd.Series[bool]":
    """Dashes and the like, and the words of the layout that stand where there is no name."""
    own = {folded(word) for word in layout.own.blank}
    plain = text.isin(NOTHING)
    return plain | by_distinct(text, lambda distinct: distinct.map(folded).isin(own)).eq(True) if own else plain


def _first_team(body: Body, field: str, text: "pd.Series[Any]") -> "pd.Series[Any]":
    """The first of several teams in a cell: a goal counts once."""
    several = text.str.contains(SEPARATORS).eq(True)
    if not several.any():
        return text
    first = text.str.split(SEPARATORS).str[0].astype("str")
    body.find(rules.SEVERAL_TEAMS, field, several, first=first)
    return first


def _choices(body: Body, field: str, text: "pd.Series[Any]", column: Column) -> "pd.Series[Any]":
    topic = f"{body.heading.layout.table}_kind" if column.name == "kind" else column.name
    values, bad = read_choices(text, topic, body.heading.layout.own.words.get(topic, {}))
    body.find(rules.NOT_A_CHOICE, field, bad, expected=", ".join(dict.fromkeys(words()[topic].values())))
    return values


def _dates(body: Body, field: str, text: "pd.Series[Any]") -> "pd.Series[Any]":
    try:
        order = body.heading.date_orders.get(body.heading.positions[field])
        days, bad = read_dates(text, order=order, around=body.around, utc_hours=body.heading.layout.own.utc_hours)
    except OrderError as error:
        if any(field in group for group in body.heading.layout.required):
            raise body.refuse(rules.DATE_ORDER, field, error.example, error.row) from None
        body.doubt_column(rules.DATE_ORDER_OPTIONAL, field, error.example, error.row)
        return pd.Series(pd.NaT, index=text.index, dtype="datetime64[us]")
    body.find(rules.NOT_A_DATE, field, bad)
    if has_serials(text):
        body.decisions.append(Decision(SERIALS, {"column": body.header(field)}))
    return days


def _numbers(body: Body, field: str, text: "pd.Series[Any]", column: Column) -> "pd.Series[Any]":
    numbers = read_numbers(text, stated=column.name in REACHED_OR_NOT)
    body.find(rules.NOT_A_NUMBER, field, numbers.bad)
    body.percent[field] = numbers.percent
    return numbers.amounts


def _shares(body: Body, field: str, text: "pd.Series[Any]", column: Column) -> "pd.Series[Any]":
    settled = body.heading.scales
    if field in settled and settled[field] is None:
        return pd.Series(float("nan"), index=text.index)
    try:
        shares = read_shares(
            _in_numbers(body, field, text), body.header(field), stated=column.name in REACHED_OR_NOT,
            scale=stated_scale(body, field) or settled.get(field),
        )  # fmt: skip
    except ScaleError as error:
        if column.name not in LEAVE_BLANK:
            raise body.refuse(rules.SCALE, field, f"{error.largest:g}", error.row) from None
        body.doubt_column(rules.SCALE_OPTIONAL, field, f"{error.largest:g}", error.row)
        return pd.Series(float("nan"), index=text.index)
    body.find(rules.NOT_A_NUMBER, field, shares.bad)
    if column.name != "progress":
        body.find(rules.OFF_SCALE, field, (shares.amounts < 0) | (shares.amounts > 1 + 1e-9))
    body.decisions += [shares.decision] if shares.decision else []
    return shares.amounts


def is_share(body: Body, field: str) -> bool:
    """Whether the field's column is read on one scale."""
    column = body.heading.layout.column(field)
    return column.kind == "share" or column.name == "progress"


def share_numbers(body: Body, field: str) -> Numbers:
    """The numbers in the cells of a column of shares, before its scale is known."""
    text = body.cells[field]
    plain = _in_numbers(body, field, text.mask(text.isin(ERRORS)))
    return read_numbers(plain, stated=body.heading.layout.column(field).name in REACHED_OR_NOT)


def _in_numbers(body: Body, field: str, text: "pd.Series[Any]") -> "pd.Series[Any]":
    """The cells with a number for each word to which the layout gives one."""
    own = body.heading.layout.own
    return text if field not in own.words else _numbers_of_words(text, own.words[field])


def _numbers_of_words(text: "pd.Series[Any]", known: Mapping[str, str]) -> "pd.Series[Any]":
    return pd.Series(
        by_distinct(text, lambda cells: cells.map(lambda cell: known.get(folded(cell), cell))).astype("str")
    )
