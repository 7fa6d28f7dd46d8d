"""Where the newest figures cannot be shown, the last good ones are, and it is said."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from pipelines import versions
from pipelines.build import build
from pipelines.ingest import ingest
from tests.pages.reading import said
from tests.pipelines.files import OBJECTIVES, write_csv

pytestmark = pytest.mark.xdist_group("last good")


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("twice")
    path = write_csv(folder / "objectives.csv", OBJECTIVES, ["o1", "2025-Q1", "Sales", "Grow", 0.5])
    ingest([path], folder / "data", today=date(2026, 1, 1))
    build(folder / "data")
    return folder / "data"


@pytest.fixture
def data(twice: Path, tmp_path: Path) -> Path:
    """A copy of the data folder of one goal, computed twice."""
    return shutil.copytree(twice, tmp_path / "data")


@pytest.mark.parametrize(("locale", "words"), [("en-US", "cannot be read"), ("zh-CN", "无法读取")])
def test_a_damaged_version_is_replaced_by_the_one_before(opened, data: Path, locale: str, words: str) -> None:
    versions.published(data)[-1].path.write_bytes(b"scrawl" * 1000)
    app = opened(data, "completion", locale=locale)
    assert words in app.warning[0].value
    assert "okr build" in said(app)
    assert app.get("plotly_chart")


def test_a_lost_pointer_costs_no_figures(opened, data: Path) -> None:
    (data / "CURRENT").unlink()
    app = opened(data, "completion")
    assert "cannot be read" in app.warning[0].value
    assert app.get("plotly_chart")


def test_what_is_not_computed_yet_is_said(opened, data: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "more" / "objectives.csv", OBJECTIVES, ["o2", "2025-Q1", "Sales", "Hire", 0.5])
    ingest([path], data, today=date(2026, 1, 1), build=False)
    app = opened(data, "completion")
    assert "okr build" in app.info[0].value
    assert app.get("plotly_chart")


def test_a_damaged_ledger_costs_no_figures(opened, data: Path) -> None:
    (data / "batches" / "000001.json").write_text("{")
    app = opened(data, "completion")
    assert "last figures computed" in app.warning[0].value
    assert app.get("plotly_chart")
