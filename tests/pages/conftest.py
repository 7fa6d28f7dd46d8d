"""Real warehouses for the pages, each built once: the situations as facts, beside the sample."""

import hashlib
import os
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

import dashboard
from pipelines import policy, warehouse
from pipelines.build import state
from pipelines.demo.timeline import TODAY
from pipelines.history import History
from pipelines.results import results_of
from tests.sharing import made_once

ENTRY = Path(dashboard.__file__).with_name("app.py")

Open = Callable[..., AppTest]
Publish = Callable[[str, History], Path]


@pytest.fixture(scope="session", autouse=True)
def components() -> Iterator[None]:
    """Streamlit's look for components among all installed packages, once in place of once a test."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(scope="session")
def publish(tmp_path_factory: pytest.TempPathFactory) -> Publish:
    """A history as a published warehouse, its results computed by the metrics; built once for the same facts."""

    def published(name: str, history: History) -> Path:
        def build(folder: Path) -> None:
            frames = {**history.frames(), **results_of(history, policy.load())}
            warehouse.publish(folder, frames, built_from=state(folder))

        # By what it holds too: two tests may hit upon the same name for different facts.
        facts = hashlib.sha256(pickle.dumps(history)).hexdigest()
        return made_once(tmp_path_factory, f"{name}-{facts}", build)

    return published


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a page of a warehouse: `opened(data_dir, "completion", today=..., locale=..., teams=[...])`."""

    def open_page(
        data_dir: Path, page: str = "overview", *, today: str = str(TODAY), locale: str = "en-US", **query: object
    ) -> AppTest:
        monkeypatch.setenv("OKR_DATA", os.fspath(data_dir))
        monkeypatch.setenv("OKR_TODAY", today)
        app = AppTest.from_file(os.fspath(ENTRY), default_timeout=60)
        app.context = {"locale": locale, "theme": "light"}
        app.query_params.update(query)
        # As a link opens it: the page asked for is the first and only one to run.
        return (app if page == "overview" else app.switch_page(f"app_pages/{page}.py")).run()

    return open_page
