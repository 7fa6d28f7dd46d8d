"""Check-ins that stand in the row of their key result: to its right, one a cell, or under a header with a known day."""

import re
from dataclasses import replace
from typing import Any

import pandas as pd

from pipelines.problems import Problem
from pipelines.sources.raw import NOWHERE, Origin, RawTable, cell_name
from pipelines.tidy import rules
from pipelines.tidy.cells.folding import folded
from pipelines.tidy.headings import Heading
from pipelines.tidy.shapes.parts import Part, Parts

LABELS = {
    "Checkin Date": "checked_on",
    "Current Value": "value",
    "Status": "status",
    "Note": "note",
    "User": "author",
}
METRIC = "Metric Name"
OTHERS = (METRIC, "Activity Date")
LABELLED = re.compile(rf"(?:^|;\s*)({'|'.join((*LABELS, *OTHERS))}):\s*")
"""Notes hold semicolons and new lines, so that only the known labels end one."""
NOTE = re.compile(rf"(?:^|;\s*)Note:(.*);\s*{METRIC}:", re.DOTALL)
"""A note may even hold such labels: it lasts up to the one that stands after it."""


def spread_check_ins(raw: RawTable, heading: Heading, key_results: Part) -> Parts:
    """The check-ins of the key results' rows, read from the cells from the named column on."""
    first = _first_column(heading)
    if first is None:
        return Parts(())
    right = raw.frame.loc[key_results.rows.index].iloc[:, first:]
    cells = right.melt(ignore_index=False, var_name="column", value_name="cell").dropna(subset="cell")
    cells = cells.rename_axis("row").reset_index()
    # The newest stand first, and of several on one day the last row read counts.
    cells = cells.sort_values(["row", "column"], ascending=[True, False], ignore_index=True)
    rows, columns = cells["row"].to_numpy(), cells["column"].to_numpy()
    stated = pd.DataFrame([_fields(cell) for cell in cells["cell"]], dtype="str")
    stated = stated.reindex(columns=[*LABELS.values(), "progress"])
    unread = stated["checked_on"].isna()
    problems = [
        Problem(rules.NO_CHECK_IN, raw.file, raw.sheet, int(rows[at]), cell_name(int(rows[at]), int(columns[at])),
                value=str(cells.loc[at, "cell"]))
        for at in unread.index[unread]
    ]  # fmt: skip
    return Parts((_part(raw, heading, stated[~unread], rows[~unread], columns[~unread]),), tuple(problems))


def _first_column(heading: Heading) -> int | None:
    name = heading.layout.own.check_ins_from
    return next((at for at, text in heading.written.items() if name and folded(text) == folded(name)), None)


def _fields(cell: str) -> dict[str, str]:
    """The labelled values of a cell `Checkin Date: 2025-01-31; Current Value: 80%; …`."""
    note = NOTE.search(cell)
    parts = LABELLED.split(cell[: note.start(1)] + cell[note.end(1) :] if note else cell)
    said = {label: text.strip(" ;\n") for label, text in zip(parts[1::2], parts[2::2], strict=True)}
    said |= {"Note": note[1].strip()} if note else {}
    values = {LABELS[label]: text for label, text in said.items() if label in LABELS and text}
    # Without a metric of its own a key result is checked in by its progress.
    if said.get(METRIC) == "Progress" and "value" in values:
        values["progress"] = values.pop("value")
    return values


def _part(raw: RawTable, heading: Heading, stated: pd.DataFrame, rows: Any, columns: Any) -> Part:
    stated = stated.reset_index(drop=True)
    positions = {str(name): NOWHERE + number for number, name in enumerate(stated)}
    cells = stated.set_axis(list(positions.values()), axis=1)
    origin = Origin(pd.Series(rows, dtype="int64"), pd.DataFrame(dict.fromkeys(positions.values(), columns)))
    written = {position: name for name, position in positions.items()}
    layout = heading.layout.as_base("check_ins")
    links = {"key_result_row": pd.Series(rows, dtype="int64")}
    return Part(
        replace(raw, frame=cells, merged=(), origin=origin),
        Heading(layout, heading.row, positions, written),
        cells,
        links,
    )


def dated_columns(raw: RawTable, heading: Heading, key_results: Part) -> Parts:
    """The check-ins of columns whose day the layout tells; a column that needs a day is named."""
    parts, problems = [], []
    for position, text in heading.written.items():
        day = heading.layout.own.dated.get(folded(text))
        if day:
            parts.append(_on_day(raw, heading, key_results, position, day))
        elif day is not None:
            place = (heading.row, cell_name(heading.row, position), text)
            problems.append(Problem(rules.WITHOUT_DAY, raw.file, raw.sheet, *place))
    return Parts(tuple(parts), tuple(problems))


def _on_day(raw: RawTable, heading: Heading, key_results: Part, position: int, day: str) -> Part:
    # The whole rows, by which exact repeats are told.
    stated = key_results.rows[key_results.rows[position].notna()]
    cells = stated.assign(day=day).rename(columns={"day": NOWHERE}).astype("str")
    columns = {"progress": position, "checked_on": NOWHERE}
    head = Heading(heading.layout.as_base("check_ins"), heading.row, columns, {**heading.written, NOWHERE: day})
    return Part(raw, head, cells, {"key_result_row": pd.Series(cells.index, index=cells.index)})


def tell_of_objectives(raw: RawTable, heading: Heading, objectives: Part) -> list[Problem]:
    """What is said of the check-ins in rows of objectives, at the first of them."""
    first = _first_column(heading)
    if first is None:
        return []
    right = raw.frame.loc[objectives.rows.index]
    stated = right[[at for at in right if int(str(at)) >= first]].notna()
    rows = stated.index[stated.any(axis=1)]
    if rows.empty:
        return []
    row = int(str(rows[0]))
    position = int(str(stated.loc[row].idxmax()))
    place = (row, cell_name(row, position), None, str(right.loc[row, position]))
    details: dict[str, object] = {"count": int(stated.to_numpy().sum())}
    return [Problem(rules.OF_OBJECTIVE, raw.file, raw.sheet, *place, details=details)]
