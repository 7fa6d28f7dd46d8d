"""Part 3 of the method, each row, from a small workbook through the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from pipelines.cli import main

OBJECTIVES = ["objective_id", "cycle", "team", "title", "ambition", "score"]
KEY_RESULTS = ["key_result_id", "objective_id", "title", "measure", "start", "target", "current", "weight", "score"]

# objective id, cycle; then per key result: measure, start, target, current, weight, recorded score (0–100)
CASES: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "supporting": (
        "2001-Q1",
        [("number", 0, 8, 5, 30, 63), ("number", 0, 12, 9, 40, 75), ("number", 0, 10, 6, 30, 60)],
    ),
    "cumulative": (
        "2001-Q2",
        [("number", 0, 250, 200, 20, 80), ("number", 0, 400, 380, 50, 95), ("number", 0, 350, 310, 30, 86)],
    ),
    "progressive": (
        "2001-Q3",
        [
            ("milestone", None, None, None, 25, None),
            ("milestone", None, None, None, 40, None),
            ("percent", 0, 100, None, 35, None),
        ],
    ),
    "contracts-1": ("2002-Q1", [("number", 0, 8, 6, None, None)]),
    "contracts-2": ("2002-Q2", [("number", 0, 15, 16, None, None)]),
    "contracts-3": ("2002-Q3", [("number", 0, 17, 20, None, None)]),
    "falling": ("2003-Q1", [("number", 10, 0, 7, None, None)]),
    "falling-cost": ("2003-Q2", [("number", 60000, 50000, 59000, None, None)]),
    "below-start": ("2003-Q3", [("number", 100, 120, 90, None, None)]),
    "fraction": ("2003-Q4", [("number", 0, 10, 5.9, None, None)]),
    "no-distance": ("2004-Q1", [("number", 5, 5, 5, None, None)]),
    "threshold": ("2004-Q2", [("number", 0, 1, 0.1 * 7, None, None)]),
}
SMALL_TEAM = [("Small", 0.95)] * 4 + [("Large", 0.95)] * 2 + [("Large", 0.5)] * 14
MIXED = [("committed", 1.0)] * 4 + [("aspirational", 0.65)] * 6


def workbook(path: Path) -> None:
    book = Workbook()
    objectives = book.active
    objectives.title = "objectives"
    objectives.append(OBJECTIVES)
    key_results = book.create_sheet("key_results")
    key_results.append(KEY_RESULTS)
    for name, (cycle, rows) in CASES.items():
        objectives.append([name, cycle, "Examples", f"Example {name}", "aspirational", None])
        for number, (measure, *values) in enumerate(rows, start=1):
            key_results.append([f"{name}-{number}", name, f"Part {number} of {name}", measure, *values])
    for number, (team, score) in enumerate(SMALL_TEAM):
        objectives.append([f"small-{number}", "2005-Q1", team, f"Goal {number}", "aspirational", score])
    for number, (ambition, score) in enumerate(MIXED):
        objectives.append([f"mixed-{number}", "2006-Q1", "Mixed", f"Mixed goal {number}", ambition, score])
    book.save(path)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples")
    workbook(folder / "examples.xlsx")
    result = CliRunner().invoke(main, ["ingest", str(folder / "examples.xlsx"), "--data", str(folder / "warehouse")])
    assert result.exit_code == 0, result.output
    return folder / "warehouse"


def okr(data: Path, *words: str) -> Any:
    result = CliRunner().invoke(main, [*words, "--data", str(data)])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def distribution(data: Path, cycle: str, source: str = "latest") -> dict[str, Any]:
    words = ["--cycle", cycle, "--score-source", source, "--format", "json"]
    (record,) = okr(data, "metrics", "distribution", *words)
    return record


def attained_rate(data: Path, cycle: str) -> Any:
    return okr(data, "metrics", "completion", "--cycle", cycle, "--format", "json")[0]["attained_rate"]


def key_result(data: Path, objective: str, number: int = 1) -> dict[str, Any]:
    shown = okr(data, "show", objective, "--json")
    return next(row for row in shown["key_results"] if row["key_result_id"] == f"{objective}-{number}")


def test_supporting_example_is_medium_attained_and_in_the_sweet_spot(data: Path) -> None:
    figures = distribution(data, "2001-Q1")
    assert figures["mean"] == pytest.approx(0.669, abs=1e-6)
    assert (figures["medium"], figures["sweet_spot"], attained_rate(data, "2001-Q1")) == (1, 1, 1.0)


def test_supporting_example_from_values(data: Path) -> None:
    assert distribution(data, "2001-Q1", "computed")["mean"] == pytest.approx(0.6675, abs=1e-6)
    parts = [key_result(data, "supporting", number) for number in (1, 2, 3)]
    assert [part["computed"] for part in parts] == pytest.approx([0.625, 0.75, 0.6])
    assert parts[0]["inflation"] is None, "63 against 62.5 is rounding"


def test_cumulative_example_is_good_and_worth_a_question(data: Path) -> None:
    figures = distribution(data, "2001-Q2")
    assert figures["mean"] == pytest.approx(0.893, abs=1e-6)
    assert (figures["good"], figures["too_high"]) == (1, 1)
    (listed,) = okr(data, "metrics", "challenge", "--by", "objective", "--cycle", "2001-Q2", "--format", "json")
    assert (listed["objective_id"], listed["evidence"]) == ("cumulative", ["score_too_high"])


def test_cumulative_example_from_values(data: Path) -> None:
    figures = distribution(data, "2001-Q2", "computed")
    assert figures["mean"] == pytest.approx(0.900714, abs=1e-6)
    assert figures["excellent"] == 1
    assert key_result(data, "cumulative", 3)["inflation"] == pytest.approx(-0.025714, abs=1e-6)


def test_progressive_example_has_no_score(data: Path) -> None:
    figures = distribution(data, "2001-Q3")
    assert (figures["objectives"], figures["scored"], figures["missing"], figures["mean"]) == (1, 0, 1, None)


@pytest.mark.parametrize(
    ("name", "raw", "score"),
    [
        ("contracts-1", 0.75, 0.75),
        ("contracts-2", 16 / 15, 1.0),
        ("contracts-3", 20 / 17, 1.0),
        ("falling", 0.30, 0.30),
        ("falling-cost", 0.10, 0.10),
        ("below-start", -0.5, 0.0),
        ("fraction", 0.59, 0.59),
    ],
)
def test_one_formula_for_rising_and_falling_targets(data: Path, name: str, raw: float, score: float) -> None:
    shown = key_result(data, name)
    assert (shown["raw"], shown["computed"]) == pytest.approx((raw, score), abs=1e-6)


def test_no_distance_between_start_and_target_is_not_computable_and_reported(data: Path) -> None:
    assert key_result(data, "no-distance")["raw"] is None
    assert distribution(data, "2004-Q1")["missing"] == 1
    reported = [problem for problem in okr(data, "problems", "--json") if problem["sheet"] == "key_results"]
    assert any(problem["kind"] == "doubtful" and "5" in str(problem["value"]) for problem in reported), reported


def test_seven_tenths_is_good_and_in_the_sweet_spot(data: Path) -> None:
    figures = distribution(data, "2004-Q2")
    assert (figures["good"], figures["medium"], figures["sweet_spot"]) == (1, 0, 1)


def test_a_small_team_is_shown_and_never_flagged(data: Path) -> None:
    rows = okr(data, "metrics", "challenge", "--cycle", "2005-Q1", "--format", "json")
    small = next(row for row in rows if row["team"] == "Small")
    assert (small["n"], small["too_high"], small["flagged"]) == (4, 4, False)
    assert small["expected_rate"] == pytest.approx(0.3)


def test_a_mixed_mean_is_high_although_nothing_is_too_high(data: Path) -> None:
    figures = distribution(data, "2006-Q1")
    assert figures["mean"] == pytest.approx(0.79)
    assert (figures["eligible"], figures["too_high"], figures["sweet_spot"]) == (6, 0, 6)
