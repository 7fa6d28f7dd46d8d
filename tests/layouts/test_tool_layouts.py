"""Files of tools: each sample is read as the layout beside which it stands, and gives what was worked out by hand."""

import tomllib
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipelines import sources
from pipelines.policy import load
from pipelines.problems import InputError
from pipelines.sources.raw import RawTable
from pipelines.tidy import TidySheet, tidy
from pipelines.tidy.cells.folding import folded
from pipelines.tidy.layouts import FOLDER, layouts, tool_layouts
from pipelines.tidy.mapping import read_mapping

SAMPLES = Path(__file__).parent
EXPECTED = {path.name.partition(".")[0]: path for path in sorted(SAMPLES.glob("*.expected.toml"))}
TODAY = date(2026, 11, 8)


def expectation(stem: str) -> dict[str, Any]:
    return tomllib.loads(EXPECTED[stem].read_text("utf-8"))


def read(stem: str) -> list[RawTable]:
    path = next(path for path in SAMPLES.glob(f"{stem}.*") if path.suffix in sources.SUFFIXES)
    return sources.read(path, expectation(stem).get("name", path.name))


def sheet_of(table: RawTable) -> TidySheet:
    return tidy(table, policy=load(), today=TODAY)


def plain(value: Any) -> Any:
    """A cell as expectations write it: blank for missing, days in ISO."""
    if pd.isna(value):
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value if isinstance(value, str) else pytest.approx(float(value))


def assert_the_reader_is_told(sheet: TidySheet) -> None:
    """As what a tool's file was read."""
    if sheet.layout in tool_layouts():
        label = tool_layouts()[sheet.layout].own.label
        assert f"Read as {label}." in [decision.told() for decision in sheet.decisions]


def check(sheet: TidySheet, expected: dict[str, Any]) -> None:
    assert sheet.layout == expected["layout"]
    assert_the_reader_is_told(sheet)
    assert [sheet.rows_in, sheet.kept, sheet.set_aside, sheet.skipped] == expected["rows"]
    assert sheet.rows_in == sheet.kept + sheet.set_aside + sheet.skipped
    assert {table: len(facts) for table, facts in sheet.facts.items()} == expected["facts"]
    assert sorted(problem.rule.code for problem in sheet.problems) == sorted(expected.get("problems", []))
    for table, columns in ((table, expected[table]) for table in expected["facts"] if table in expected):
        for column, values in columns.items():
            assert [plain(value) for value in sheet.facts[table][column]] == values, (table, column)


@pytest.mark.parametrize("stem", EXPECTED)
def test_a_tools_file_gives_what_was_worked_out_by_hand_and_says_as_what_it_was_read(stem: str) -> None:
    tables, expected = read(stem), expectation(stem)["sheet"]
    assert [table.sheet for table in tables] == [each.get("sheet", tables[0].sheet) for each in expected]
    for table, each in zip(tables, expected, strict=True):
        if "error" in each:
            with pytest.raises(InputError) as refused:
                sheet_of(table)
            assert refused.value.problem.rule.code == each["error"]
        else:
            check(sheet_of(table), each)


def test_every_layout_of_a_tool_has_a_sample_and_every_sample_its_layout() -> None:
    sampled = {each["layout"] for stem in EXPECTED for each in expectation(stem)["sheet"] if "layout" in each}
    assert sampled - set(layouts()) == set(tool_layouts())
    stems = {path.name.partition(".")[0] for path in SAMPLES.iterdir() if path.suffix in sources.SUFFIXES}
    assert stems == set(EXPECTED)


@pytest.mark.parametrize("stem", ["betterworks", "lattice"])
def test_key_results_without_a_parent_load_where_a_mapping_says_they_stand_below(stem: str, tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(f'like = "{stem}"\nhierarchy = "above"\n')
    table = read(stem)[0]
    sheet = tidy(table, policy=load(), today=TODAY, mapping=read_mapping(path).of(table.sheet))
    assert (sheet.set_aside, len(sheet.facts["key_result"])) == (0, 1)
    assert sheet.facts["key_result"]["objective_row"].tolist() == [2]


def test_no_two_layouts_ask_for_the_same_columns() -> None:
    asked = Counter((layout.own.headers, layout.own.sheet) for layout in tool_layouts().values())
    assert [headers for headers, count in asked.items() if count > 1] == []
    assert all(layout.own.headers and layout.own.label and layout.own.source for layout in tool_layouts().values())


@pytest.mark.parametrize("name", [path.stem for path in sorted(FOLDER.glob("*.toml"))])
def test_no_header_of_a_layout_means_two_fields(name: str) -> None:
    columns = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")).get("columns", {})
    if name in layouts():
        headers = [folded(header) for field in columns.values() for header in {folded(alias) for alias in field}]
    else:
        headers = [folded(header) for header in columns]
    assert [header for header, count in Counter(headers).items() if count > 1] == []


@pytest.mark.parametrize("name", tool_layouts())
def test_every_field_of_a_layout_is_one_that_its_base_knows(name: str) -> None:
    layout = tool_layouts()[name]
    known = {*layout.written, "objective_score"}
    meant = {*layout.aliases.values(), *(field for _, field in layout.own.numbered)}
    checked = {f"check_in.{field}" for field in layouts()["check_ins"].written}
    assert meant - known - checked == set()
