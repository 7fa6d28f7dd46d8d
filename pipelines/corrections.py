"""What `okr problems --format csv` printed, with right values beside the wrong ones: the files read again with them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from pipelines import batches, fingerprint, originals, parsed
from pipelines.problems import InputError, Problem, rule
from pipelines.sources.prescan import column_number
from pipelines.sources.raw import RawTable, cell_name

CORRECTED = "corrected"
NEEDED = {"rule", "file", "sheet", "cell", "value", CORRECTED}
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

BLANK = rule(
    "corrections_blank",
    "set_aside",
    "no line has a value in the column “corrected”. Write the right value there, save the sheet and load it again.",
)
NO_ORIGINAL = rule(
    "corrections_without_file",
    "set_aside",
    "what stood in “{value}” is not kept: it is not loaded any more, or very large. "
    "Correct the file itself and load it with --replace.",
)
NO_CELL = rule(
    "corrections_without_cell",
    "set_aside",
    "the line names no cell of “{value}” that could be corrected. Correct the file itself and load it with --replace.",
)
SEVERAL = rule(
    "corrections_of_several",
    "set_aside",
    "“{value}” is loaded more than once, and all its loads count. Make one of them the only one with --replace, or "
    "withdraw the others with `okr undo`; then print the problems again.",
)
OTHERWISE = rule(
    "corrections_read_otherwise",
    "set_aside",
    "with these values “{value}” would be read another way than before. If it was loaded with --mapping or --hidden, "
    "say so again.",
)
MIXED = rule(
    "corrections_mixed",
    "set_aside",
    "a sheet of corrected problems replaces what it corrects. Load it in a call of its own.",
)


@dataclass(frozen=True)
class Corrected:
    """A loaded file with some cells changed: its name, the hash of all this, its tables, and how they were read."""

    name: str
    digest: str
    tables: tuple[RawTable, ...]
    layouts: tuple[str | None, ...]

    def refuse_other(self, layouts: Sequence[str | None]) -> None:
        """Raise InputError if a table that was read one way is now read another way."""
        if any(before not in (None, now) for before, now in zip(self.layouts, layouts, strict=True)):
            raise InputError(Problem(OTHERWISE, self.name, value=self.name))


def is_corrections(tables: Sequence[RawTable]) -> bool:
    """Whether this is the sheet that `okr problems` prints."""
    return len(tables) == 1 and len(tables[0].frame) > 0 and set(tables[0].frame.iloc[0].dropna()) >= NEEDED


def corrected(sheet: RawTable, data_dir: Path) -> list[Corrected]:
    """Each file that the sheet corrects, with its right values; raises InputError where it cannot be done."""
    lines = _lines(sheet)
    if lines.empty:
        raise InputError(Problem(BLANK, sheet.file))
    return [_one(sheet.file, str(name), part, data_dir) for name, part in lines.groupby("file", sort=False)]


def _lines(sheet: RawTable) -> pd.DataFrame:
    body = sheet.frame.iloc[1:].set_axis(sheet.frame.iloc[0].fillna(""), axis=1)
    return body.loc[body[CORRECTED].fillna("").str.strip() != "", ["file", "sheet", "cell", CORRECTED]]


def _one(told_by: str, name: str, lines: pd.DataFrame, data_dir: Path) -> Corrected:
    loads = [load for _, load in batches.effective(batches.standing(data_dir)) if load.name == name]
    if len(loads) > 1:
        raise InputError(Problem(SEVERAL, told_by, row=int(lines.index[0]), value=name))
    tables = originals.kept(parsed.folder(data_dir, loads[-1].digest)) if loads else []
    if not tables:
        raise InputError(Problem(NO_ORIGINAL, told_by, row=int(lines.index[0]), value=name))
    for label, line in lines.iterrows():
        place = next(_places(tables, line), None)
        if place is None:
            raise InputError(Problem(NO_CELL, told_by, row=int(str(label)), value=name))
        tables[place[0]] = _with_value(tables[place[0]], *place[1:], str(line[CORRECTED]))
    text = lines.to_json(orient="values", force_ascii=False)
    layouts = tuple(sheet.layout for sheet in loads[-1].sheets)
    return Corrected(name, fingerprint.of_text(loads[-1].digest, text), tuple(tables), layouts)


def _places(tables: Sequence[RawTable], line: "pd.Series[str]") -> Iterator[tuple[int, int, int]]:
    """Which table, row and column the line means."""
    found = CELL.fullmatch(str(line["cell"]))
    named = None if pd.isna(line["sheet"]) else line["sheet"]
    for place, table in enumerate(tables):
        if found and table.sheet == named and int(found[2]) in table.frame.index:
            yield place, int(found[2]), column_number(found[1]) - 1


def _with_value(table: RawTable, row: int, column: int, value: str) -> RawTable:
    frame = table.frame.reindex(columns=range(max(column + 1, len(table.frame.columns)))).astype("str")
    frame.loc[row, column] = value
    cell = cell_name(row, column)
    return replace(table, frame=frame, notes=[note for note in table.notes if note.cell != cell])
