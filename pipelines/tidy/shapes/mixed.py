"""Lists whose rows are objectives and key results: which row is which, and what each belongs to."""

import re
from dataclasses import replace
from typing import Any

import pandas as pd

from pipelines.problems import Problem, Rule
from pipelines.sources.raw import RawTable
from pipelines.tidy import rules
from pipelines.tidy.cells.folding import folded, words
from pipelines.tidy.headings import Heading, missing_field, read_as
from pipelines.tidy.layouts import layouts
from pipelines.tidy.shapes.parts import Part, Parts

LISTED = re.compile(r"[;,；，、\n]")
IDENTIFIED = re.compile(r"\(weight: [^,()]*, Id: ([^()]+)\)")
"""A parent as `<title>(weight: 14.29%, Id: 123)`, several one after the other."""
OUTLINE = re.compile(r"\d+(?:\.\d+)+")
DEEPEST = 20


def mixed_parts(raw: RawTable, heading: Heading, rows: pd.DataFrame) -> Parts:
    """The objectives and the key results of the list; other rows, and key results of no objective, are named."""
    kinds = row_kinds(raw, heading, rows)
    parents = parent_rows(heading, rows, kinds)
    rows = _with_parent_ids(heading, rows)
    above = _objective_above(parents, kinds)
    lost = (kinds == "key_result") & above.isna() & ~_names_parent(heading, rows)
    problems = [
        *_told(
            rules.REMARK if heading.layout.own.remark_rows else rules.ROW_KIND,
            raw,
            heading,
            rows[~kinds.isin(["objective", "key_result"])],
        ),
        *_told(rules.NO_OBJECTIVE, raw, heading, rows[lost]),
    ]
    objectives = rows[kinds == "objective"]
    linked = parents[parents.index.isin(objectives.index)]
    key_results = rows[(kinds == "key_result") & ~lost]
    return Parts(
        (
            Part(raw, _part(heading, "objectives"), objectives, {"parent_row": linked}),
            Part(raw, _part(heading, "key_results"), key_results, {"objective_row": above[key_results.index]}),
        ),
        tuple(problems),
    )


def with_kinds(heading: Heading, rows: pd.DataFrame) -> Heading:
    """The heading of a list of objectives, read as one of both kinds where a column says so of its rows."""
    if heading.layout.base != "objectives" or "type" not in heading.positions:
        return heading
    said = set(rows[heading.positions["type"]].dropna().map(folded))
    meanings = {words()["row"].get(word) for word in said}
    if not {"objective", "key_result"} <= meanings:
        return heading
    layout = replace(layouts()["mixed"], own=heading.layout.own)
    return read_as(layout, heading.row, heading.written)


def row_kinds(raw: RawTable, heading: Heading, rows: pd.DataFrame) -> "pd.Series[Any]":
    """Of each row `objective`, `key_result`, or missing for what is neither."""
    own = heading.layout.own
    if own.objective_rows:
        title = raw.frame.loc[rows.index, heading.positions["title"]].str.strip()
        kinds = title.str.contains(own.objective_rows, regex=True).map({True: "objective", False: "key_result"})
        return kinds.mask(title.str.contains(own.remark_rows, regex=True)) if own.remark_rows else kinds
    if "kind" not in heading.positions:
        raise missing_field(raw, heading)
    known = {**words()["row"], **own.words.get("row", {})}
    return rows[heading.positions["kind"]].map(lambda text: known.get(folded(text)), na_action="ignore")


def parent_rows(heading: Heading, rows: pd.DataFrame, kinds: "pd.Series[Any]") -> "pd.Series[Any]":
    """The rows that a row names or shows as its parents, one entry each, by the row."""
    hierarchy = heading.layout.own.hierarchy or _hierarchy(heading, rows)
    if hierarchy == "above":
        above = pd.Series(rows.index, index=rows.index).where(kinds == "objective").ffill()
        return above[kinds == "key_result"].dropna()
    identity = rows[heading.positions["row_id"]] if "row_id" in heading.positions else None
    if hierarchy is None or identity is None:
        return pd.Series(dtype="float64")
    named = _outline_parents(identity) if hierarchy == "outline" else _named_parents(heading, rows)
    labels = pd.Series(identity.index, index=identity).loc[lambda known: ~known.index.duplicated()]
    return named.map(labels).dropna()


def _hierarchy(heading: Heading, rows: pd.DataFrame) -> str | None:
    if {"parent_row", "parent"} & heading.positions.keys():
        return "parent"
    numbers = rows[heading.positions["row_id"]].dropna() if "row_id" in heading.positions else pd.Series(dtype="str")
    return "outline" if numbers.str.fullmatch(OUTLINE.pattern).any() else None


def _outline_parents(identity: "pd.Series[Any]") -> "pd.Series[Any]":
    return identity.where(identity.str.contains(".", regex=False)).str.rpartition(".")[0].dropna()


def _named_parents(heading: Heading, rows: pd.DataFrame) -> "pd.Series[Any]":
    names = [name for name in ("parent_row", "parent") if name in heading.positions]
    each = [rows[heading.positions[name]].dropna().str.split(LISTED).explode().str.strip() for name in names]
    return pd.concat(each)


def _objective_above(parents: "pd.Series[Any]", kinds: "pd.Series[Any]") -> "pd.Series[Any]":
    """For each row the objective over it: its first parent, or that one's where it is a key result itself."""
    first = parents[~parents.index.duplicated()].reindex(kinds.index)
    above = first.copy()
    for _ in range(DEEPEST):
        between = above.map(kinds) == "key_result"
        if not between.any():
            break
        above = above.mask(between, above.map(first))
    return above.where(above.map(kinds) == "objective")


def _with_parent_ids(heading: Heading, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the ids alone where a cell holds parents with their titles and weights."""
    if "parent" not in heading.positions:
        return rows
    position = heading.positions["parent"]
    ids = rows[position].map(lambda text: "\n".join(IDENTIFIED.findall(text)) or text, na_action="ignore")
    return rows.assign(parents=ids.astype("str")).drop(columns=position).rename(columns={"parents": position})


def _names_parent(heading: Heading, rows: pd.DataFrame) -> "pd.Series[bool]":
    if "parent" not in heading.positions:
        return pd.Series(False, index=rows.index)
    return rows[heading.positions["parent"]].notna()


def _part(heading: Heading, base: str) -> Heading:
    """The heading for the list's objectives or key results, in the names that these have."""
    names = {"objectives": {"id": "objective_id"}, "key_results": {"id": "key_result_id", "parent": "objective_id"}}
    columns = {names[base].get(name, name): position for name, position in heading.positions.items()}
    if base == "key_results":
        columns = {("due_on" if name == "ends_on" else name): position for name, position in columns.items()}
    layout = heading.layout.as_base(base)
    return replace(heading, positions=columns).only(layout)


def _told(rule: Rule, raw: RawTable, heading: Heading, rows: pd.DataFrame) -> list[Problem]:
    position = heading.positions.get("kind", heading.positions["title"])
    texts = zip(map(int, rows.index), rows[position], strict=True)
    return [
        Problem(
            rule, raw.file, raw.sheet, raw.source_row(label), raw.cell(label, position), heading.written[position],
            None if pd.isna(text) else str(text),
        )
        for label, text in texts
    ]  # fmt: skip
