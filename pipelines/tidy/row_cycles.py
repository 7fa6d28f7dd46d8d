"""The cycle of each row: from its own cell or dates, else from the sheet's name, the file's, or a title above."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePath
from typing import Any

import pandas as pd

from pipelines import cycles
from pipelines.cycles import Cycle
from pipelines.schema import CYCLE, DTYPES, conform, stated_columns
from pipelines.sources.raw import RawTable
from pipelines.tidy.body import Body
from pipelines.tidy.cells.folding import by_distinct, folded, words
from pipelines.tidy.sheet import Decision
from pipelines.wording import mark

FROM_AROUND = mark("Rows without a cycle belong to {cycle}, as the name of the sheet or file or a title says.")


def cycle_around(raw: RawTable, header_row: int | None, first_month: int) -> Cycle | None:
    """The cycle spelled in the sheet's name, the file's name and folders, or a cell above the header."""
    path = PurePath(raw.file)
    names = [
        *([raw.sheet] if raw.sheet else []),
        path.name.partition(".")[0] or path.name,
        *reversed(path.parent.parts),
    ]
    named, titled = (_first_cycle(texts, first_month) for texts in (names, _titles(raw, header_row)))
    # A title that names a part of what the sheet or file is called after is the nearer word.
    return titled if named and titled and cycles.contains(named, titled) else named or titled


def _first_cycle(texts: Iterable[str], first_month: int) -> Cycle | None:
    found = (cycles.find_in(text, first_month=first_month) for text in texts)
    return next((cycle for cycle in found if cycle), None)


def _titles(raw: RawTable, header_row: int | None) -> Iterator[str]:
    if header_row is not None:
        above = raw.frame[raw.frame.index < header_row]
        yield from (text for column in above for text in above[column].dropna())


def read_cycles(body: Body, around: Cycle | None, first_month: int) -> pd.DataFrame:
    """Fill in the rows' cycles; gives the cycles that the sheet itself defines by dates."""
    if not around and not {"cycle", "starts_on"} & body.parsed.keys():
        return pd.DataFrame()
    text = body.value("cycle")
    labels = by_distinct(text, lambda distinct: distinct.map(lambda label: _label(label, first_month))).astype("str")
    defined = _defined(body, labels, first_month)
    labels = labels.fillna(defined["cycle"])
    if around and labels.isna().any():
        body.decisions.append(Decision(FROM_AROUND, {"cycle": around.label}))
        labels = labels.fillna(around.label)
    body.parsed["cycle"] = labels
    known = by_distinct(defined["cycle"], lambda distinct: distinct.map(_is_known)).eq(True)
    return pd.DataFrame(defined[defined["cycle"].notna() & ~known].drop_duplicates("cycle"))


def _label(text: str, first_month: int) -> str | None:
    """The cycle's own label where it is recognised, else the text; `季度` names a kind of cycle, not one."""
    cycle = cycles.parse(text, first_month=first_month)
    if cycle:
        return cycle.label
    return None if folded(text) in words()["cycle_kind_only"] | words()["blank"] else " ".join(text.split())


def _is_known(label: str) -> bool:
    return cycles.parse(label) is not None


def _defined(body: Body, labels: "pd.Series[Any]", first_month: int) -> pd.DataFrame:
    """The rows' cycles as their first and last day give them, labelled as stated or by the days."""
    starts, ends = body.value("starts_on"), body.value("ends_on")
    dated = starts.notna() & ends.notna()
    frame = pd.DataFrame({"cycle": labels.where(dated), "kind": "custom", "starts_on": starts, "ends_on": ends})
    unnamed = dated & labels.isna()
    spans = pd.Series(zip(starts[unnamed], ends[unnamed], strict=True), index=starts.index[unnamed], dtype="object")
    told = {span: _label_of_days(span[0].date(), span[1].date(), first_month) for span in spans.unique()}
    frame["cycle"] = frame["cycle"].fillna(spans.map(told).reindex(frame.index).astype("str"))
    return frame


def _label_of_days(first: date, last: date, first_month: int) -> str:
    candidates = [
        cycles.spanning(kind, year, number, first_month=first_month)
        for kind, months in cycles.MONTHS_IN.items()
        for year in (first.year - 1, first.year, first.year + 1)
        for number in range(1, 12 // months + 1)
    ]
    fitting = [cycle.label for cycle in candidates if (cycle.starts_on, cycle.ends_on) == (first, last)]
    return fitting[0] if fitting else f"{first.isoformat()}/{last.isoformat()}"


def complete_cycles(body: Body, first_month: int) -> None:
    """Fill in kind and days of the listed cycles where their label tells them."""
    known = {label: cycles.parse(label, first_month=first_month) for label in body.value("cycle").dropna().unique()}
    found = {label: cycle for label, cycle in known.items() if cycle}
    labels = body.value("cycle")
    for column in CYCLE.stated[1:]:
        told = labels.map({label: getattr(cycle, column.name) for label, cycle in found.items()})
        kind = DTYPES[column.kind]
        body.parsed[column.name] = body.value(column.name).astype(kind).fillna(told.astype(kind))
    body.parsed["kind"] = body.parsed["kind"].fillna("custom")
    body.parsed["cycle"] = labels.replace({label: cycle.label for label, cycle in found.items()})


def stated_cycles(body: Body, defined: pd.DataFrame) -> pd.DataFrame:
    """The cycles that rows define by their days, as the table states them."""
    placed = defined.assign(file=body.raw.file, sheet=body.raw.sheet, row=defined.index)
    return conform(placed, stated_columns(CYCLE)).reset_index(drop=True)
