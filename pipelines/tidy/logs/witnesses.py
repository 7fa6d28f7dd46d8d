"""The few cells by which the columns of a log are decided as wholes: their scales, the order of day and month."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

import pandas as pd

from pipelines.problems import Problem
from pipelines.sources.raw import RawTable
from pipelines.tidy.body import Body
from pipelines.tidy.cells.dates import DAY_MONTH, deciding_dates, order_of, without_footnotes
from pipelines.tidy.cells.shares import ScaleError, plain_amounts, scale_in, stated_scale
from pipelines.tidy.columns import is_share, read_column, share_numbers
from pipelines.tidy.headings import Heading
from pipelines.tidy.logs.cells import Cells
from pipelines.tidy.shapes.blocks import date_orders
from pipelines.tidy.sheet import Decision

Key = TypeVar("Key")
NONE = pd.Series([], dtype="str", index=pd.Index([], dtype="int64"))


class Witnesses:
    """Of all rows seen so far the cells that decide; read as a small sheet, they decide as all the rows would."""

    def __init__(self, raw: RawTable, heading: Heading) -> None:
        self.raw = raw
        self.heading = heading
        self.dated = {field: at for field, at in heading.positions.items() if _is_dated(heading, field)}
        self.shares = [field for field in heading.positions if is_share(self._body(field, NONE), field)]
        self._below: dict[int, pd.Series[Any]] = dict.fromkeys(self.dated.values(), NONE)
        self._read: dict[str, pd.Series[Any]] = dict.fromkeys([*self.dated, *self.shares], NONE)
        self._settled: Heading | None = None

    @property
    def fields(self) -> list[str]:
        """The fields whose columns are decided as wholes."""
        return list(self._read)

    def see_below(self, columns: Mapping[int, Cells]) -> None:
        """Take in what stands below the header, in rows that are read and in others."""
        for at, before in self._below.items():
            texts = pd.concat([before, deciding_dates(columns[at].texts.dropna())], ignore_index=True)
            self._note(self._below, at, deciding_dates(texts))

    def see_read(self, field: str, texts: "pd.Series[Any]") -> None:
        """Take in what stands in the rows that are read, each text under its row."""
        seen = pd.concat([self._read[field], texts.dropna()]).sort_index()
        self._note(self._read, field, deciding_dates(seen) if field in self.dated else self._largest(field, seen))

    def _note(self, noted: "dict[Key, pd.Series[Any]]", key: Key, texts: "pd.Series[Any]") -> None:
        if not texts.equals(noted[key]):
            noted[key], self._settled = texts, None

    def settled(self) -> Heading:
        """The heading with what the columns show so far."""
        if self._settled is None:
            self._settled = self._settle()
        return self._settled

    def _settle(self) -> Heading:
        shown = date_orders(self._below, self.heading)
        orders = {at: shown.get(at) or self._order(field) for field, at in self.dated.items()}
        scales = {field: scale for field in self.shares for scale in self._scale(field)}
        return replace(self.heading, date_orders=orders, scales=scales)

    def verdict(self) -> tuple[list[Decision], list[Problem]]:
        """What the user is told of the columns as wholes; raises InputError if one cannot be read."""
        orders = date_orders(self._below, self.heading)
        bodies = []
        for field in self.heading.positions:
            if len(texts := self._read.get(field, NONE)):
                bodies.append(self._body(field, texts, orders))
                read_column(bodies[-1], field)
        made = [decision for body in bodies for decision in body.decisions]
        return made, [problem for body in bodies for problem in body.problems]

    def _body(self, field: str, texts: "pd.Series[Any]", orders: Mapping[int, str] | None = None) -> Body:
        at = self.heading.positions[field]
        heading = replace(self.heading, positions={field: at}, date_orders=dict(orders or {}))
        return Body(self.raw, heading, pd.DataFrame({at: texts}))

    def _largest(self, field: str, texts: "pd.Series[Any]") -> "pd.Series[Any]":
        plain = plain_amounts(share_numbers(self._body(field, texts), field))
        return texts[texts.index == plain.idxmax()] if len(plain) else NONE

    def _order(self, field: str) -> str:
        # Where nothing tells them apart, no two orders differ, or the verdict refuses the column.
        return order_of(without_footnotes(self._read[field])) or DAY_MONTH

    def _scale(self, field: str) -> list[tuple[float, float] | None]:
        """The one scale, which is none where none fits; empty where nothing asks for one."""
        body = self._body(field, self._read[field])
        try:
            scale = scale_in(share_numbers(body, field), body.header(field), stated_scale(body, field))
        except ScaleError:
            return [None]
        return [scale] if scale else []


def _is_dated(heading: Heading, field: str) -> bool:
    return heading.layout.column(field).kind == "date"
