"""Part 3 of the method, each row, from a small workbook through the command line."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from pipelines import warehouse
from pipelines.cli import main
from pipelines.metrics.breaches import checked
from pipelines.metrics.results import objective_results
from pipelines.metrics.year import year_goals, year_parts
from pipelines.policy import load

pytestmark = pytest.mark.xdist_group("worked examples")

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


CHAIN = [("y-2001", "2001", 50, None, None), ("y-q1", "2001-Q1", 8, 6, "y-2001-1"),
         ("y-q2", "2001-Q2", 15, 16, "y-2001-1"), ("y-q3", "2001-Q3", 17, 20, "y-2001-1"),
         ("y-q4", "2001-Q4", 12, None, "y-2001-1")]  # fmt: skip
RAISED = ["y-q4-1", "2001-10-12", "Target", "10", "12", "42 signed", "the board"]
SAID = {"y-q1": "2001-03-31", "y-q2": "2001-06-30", "y-q3": "2001-09-30"}


def chain(path: Path) -> None:
    """S3's case as a flat sheet, its log of check-ins with the targets of the day, and its log of changes."""
    book = Workbook()
    flat, log, changes = book.active, book.create_sheet("check_ins"), book.create_sheet("changes")
    flat.append(["Objective ID", "Objective", "Cycle", "Team", "Level", "Parent", "Key result ID", "Key result", "Unit",
                 "Start value", "Target value", "Base target", "Stretch target"])  # fmt: skip
    log.append(["key_result_id", "checked_on", "value", "target"])
    changes.append(["key_result_id", "changed_on", "field", "old", "new", "reason", "approved_by"])
    changes.append(RAISED)
    for name, cycle, target, actual, parent in CHAIN:
        flat.append([name, f"Contracts of {cycle}", cycle, "Examples", "Department", parent, f"{name}-1",
                     "Contracts signed", "contracts", 0, target, target - 1, target + 4])  # fmt: skip
        if actual:
            log.append([f"{name}-1", SAID[name], actual, target])
    log.append(["y-q4-1", "2001-10-01", 0, 10])
    log.append(["y-q4-1", "2001-10-12", 0, 12])
    book.save(path)


@pytest.fixture(scope="module")
def contracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contracts")
    chain(folder / "contracts.xlsx")
    result = CliRunner().invoke(main, ["ingest", str(folder / "contracts.xlsx"), "--data", str(folder / "warehouse")])
    assert result.exit_code == 0, result.output
    return folder / "warehouse"


def year_of(data: Path, day: date) -> dict[str, Any]:
    version = warehouse.current(data)
    assert version
    history = warehouse.history(version)
    results = objective_results(history, policy=load(), as_of=day)
    about = checked(results, history, policy=load(), as_of=day, today=None)
    (row,) = year_goals(about, year_parts(about)).to_dict("records")
    return row


def test_the_year_of_contracts_from_a_flat_sheet(contracts: Path) -> None:
    so_far = year_of(contracts, date(2001, 9, 30))
    assert (so_far["actual_to_date"], so_far["planned_to_date"], so_far["plan_rate"]) == (42, 40, 1.05)
    assert (so_far["target"], so_far["year_rate"]) == (50, 0.84)
    raised = year_of(contracts, date(2001, 10, 31))
    assert (raised["planned_set"], raised["planned"], raised["target"]) == (50, 52, 50)
    shown = [key_result(contracts, name) for name in SAID]
    assert [row["raw"] for row in shown] == pytest.approx([0.75, 16 / 15, 20 / 17])
    assert [row["computed"] for row in shown] == [0.75, 1, 1]


def test_the_raise_is_evidence_a_finding_and_a_change_with_reason_and_approval(contracts: Path) -> None:
    (listed,) = [
        row for row in okr(contracts, "metrics", "challenge", "--by", "objective", "--format", "json")
        if "target_raised" in row["evidence"]
    ]  # fmt: skip
    assert listed["objective_id"] == "y-q4"
    found = okr(contracts, "metrics", "rules", "--format", "json")
    sums = [(row["subject"], row["found"], row["expected"]) for row in found if row["rule"] == "parts_and_whole"]
    assert sums == [("y-2001-1", 52, "50")]
    (change,) = okr(contracts, "show", "y-q4", "--json")["changes"]
    assert (change["old"], change["new"], change["reason"], change["approved_by"]) == ("10", "12", *RAISED[5:])


def test_both_tracks_of_a_key_result(contracts: Path) -> None:
    row = key_result(contracts, "y-q2")
    assert (row["base_score"], row["stretch_score"], row["track"]) == (1, pytest.approx(16 / 19), "base")
    assert key_result(contracts, "y-q1")["track"] == "none"
