"""A run shows one version from its sidebar to its last chart, however many are published while it runs."""

import shutil
from datetime import date
from pathlib import Path

import pytest
import streamlit as st

from pipelines import versions, warehouse
from pipelines.build import build
from pipelines.ingest import ingest
from tests.pages.reading import said
from tests.pipelines.files import OBJECTIVES, write_csv

pytestmark = pytest.mark.xdist_group("one version")


@pytest.fixture(scope="module")
def at_first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("versions")
    load(folder / "data", folder / "first", 0.5)
    return folder / "data"


@pytest.fixture
def data(at_first: Path, tmp_path: Path) -> Path:
    """A copy of the data folder of one goal, at 50 %."""
    return shutil.copytree(at_first, tmp_path / "data")


def load(data: Path, folder: Path, score: float) -> None:
    path = write_csv(folder / "objectives.csv", OBJECTIVES, ["o1", "2025-Q1", "Sales", "Grow", score])
    ingest([path], data, today=date(2026, 1, 1))


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch):
    """Does something once, between the moment at which a run has found its version and the page itself."""

    def happens(act) -> None:
        drawn, left = st.date_input, [act]

        def late(*words, **settings):
            if left:
                left.pop()()
            return drawn(*words, **settings)

        monkeypatch.setattr(st, "date_input", late)

    return happens


@pytest.mark.parametrize("page", ["completion", "overview"])
def test_a_build_published_while_a_page_draws_is_shown_by_the_next_run(
    opened, meanwhile, data: Path, tmp_path: Path, page: str
) -> None:
    meanwhile(lambda: load(data, tmp_path / "second", 0.9))
    app = opened(data, page)
    assert "50" in said(app)
    assert "90" not in said(app)
    app.run()
    assert "90" in said(app)
    assert "50" not in said(app)


def test_a_page_slower_than_many_builds_still_shows_the_one_it_began_with(
    opened, meanwhile, data: Path, tmp_path: Path
) -> None:
    def many_builds() -> None:
        load(data, tmp_path / "second", 0.9)
        for _ in range(versions.KEPT_VERSIONS + 1):
            build(data)
            # Other readers open each of them, which would close the first.
            warehouse.current(data)

    meanwhile(many_builds)
    app = opened(data, "completion")
    assert not app.exception
    assert not app.error
    assert "50" in said(app)
    assert "90" not in said(app)
