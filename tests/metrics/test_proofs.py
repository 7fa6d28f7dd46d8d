"""Every figure of the catalogue stands in `proofs.toml`, with tests that exist."""

import ast
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipelines.metrics.catalogue import EVIDENCE, METRICS

HERE = Path(__file__).parent
PROOFS: dict[str, list[dict[str, Any]]] = tomllib.loads((HERE / "proofs.toml").read_text(encoding="utf-8"))
CATALOGUE = {
    **{metric.name: [entry.name for entry in (*metric.figures, *metric.terms)] for metric in METRICS.values()},
    "evidence": list(EVIDENCE),
}
GROUPS = [
    pytest.param(group, id=f"{name}-{group['figures'][0]}") for name, groups in PROOFS.items() for group in groups
]


@cache
def functions_of(module: str) -> set[str]:
    """The names of the test functions of a module beside this one."""
    tree = ast.parse((HERE / module).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_the_metrics_are_those_of_the_catalogue() -> None:
    assert list(PROOFS) == list(CATALOGUE)


@pytest.mark.parametrize("metric", CATALOGUE)
def test_every_figure_of_a_metric_stands_in_it_once_and_none_is_left_over(metric: str) -> None:
    proved = [name for group in PROOFS.get(metric, []) for name in group["figures"]]
    assert Counter(proved) == Counter(CATALOGUE[metric])


@pytest.mark.parametrize("group", GROUPS)
def test_a_figure_is_worked_by_hand_and_again_by_different_tests_or_is_stated(group: dict[str, Any]) -> None:
    if set(group) == {"figures", "stated"}:
        assert group["stated"] is True
        return
    assert set(group) == {"figures", "by_hand", "again"}
    assert group["by_hand"]
    assert group["again"]
    assert not set(group["by_hand"]) & set(group["again"])
    for test in (*group["by_hand"], *group["again"]):
        module, name = test.split("::")
        assert name in functions_of(module), test
