"""The house as the README draws it: rooms, sizes and who may know whom."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for package in ("dashboard", "pipelines") for path in (ROOT / package).rglob("*.py"))
FUNCTIONS = [
    (path.relative_to(ROOT), node)
    for path in MODULES
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.FunctionDef)
]
SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "core", "base", "misc"}


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_name_says_nothing() -> None:
    assert not [path for path in MODULES if SAY_NOTHING & {path.stem, *path.relative_to(ROOT).parts}]


def test_modules_stay_under_250_lines() -> None:
    assert not {str(path.relative_to(ROOT)): lines for path in MODULES if (lines := lines_of(path)) > 250}


def test_pages_stay_under_60_lines() -> None:
    pages = (ROOT / "dashboard" / "app_pages").glob("*.py")
    assert not {path.name: lines for path in pages if (lines := lines_of(path)) > 60}


def test_nine_of_ten_functions_stay_under_30_lines() -> None:
    lengths = sorted((node.end_lineno or 0) - node.lineno + 1 for _, node in FUNCTIONS)
    assert lengths[len(lengths) // 2] <= 11
    assert lengths[len(lengths) * 9 // 10] < 30


def test_everything_public_says_what_it_is() -> None:
    assert not [
        f"{path}:{node.name}"
        for path, node in FUNCTIONS
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]


def test_what_pages_keep_is_asked_for_in_one_way() -> None:
    """A default left out and the same value given would be two keys, and the same table would be held twice."""
    assert not [
        f"{path}:{node.name}"
        for path, node in FUNCTIONS
        if path.parts[0] == "dashboard" and any("cache" in ast.unparse(each) for each in node.decorator_list)
        if node.args.defaults or any(node.args.kw_defaults)
    ]


@pytest.mark.parametrize(
    ("module", "strangers"),
    [
        ("pipelines.cli", {"streamlit", "plotly", "dashboard"}),
        ("pipelines.build", {"streamlit", "plotly", "dashboard"}),
        ("pipelines.metrics", {"streamlit", "plotly", "dashboard", "duckdb", "openpyxl"}),
        ("dashboard.charts", {"streamlit", "duckdb"}),
    ],
)
def test_what_a_package_must_not_know_is_not_even_loaded(module: str, strangers: set[str]) -> None:
    script = f"import sys, {module}; print(*sorted({strangers!r} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []


@pytest.mark.xdist_group("together")
def test_tests_of_a_group_share_a_process(request: pytest.FixtureRequest) -> None:
    """What a group shares is made by every process where pytest-xdist does not see the group in a test's name."""
    grouped = request.config.getoption("loadgroup", default=False)
    assert request.node.nodeid.endswith("@together") == grouped
