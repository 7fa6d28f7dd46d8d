"""Real warehouses for the pages, each built once: the small sample through `ingest`, the situations as facts."""

import os
import pickle
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

import dashboard
from pipelines import policy, warehouse
from pipelines.build import state
from pipelines.history import History
from pipelines.ingest import ingest
from pipelines.results import results_of

ENTRY = Path(dashboard.__file__).with_name("app.py")
SAMPLE = Path(__file__).parents[2] / "data" / "sample"
TODAY = date(2026, 11, 8)

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
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed sample, loaded as a user loads it."""
    data_dir = tmp_path_factory.mktemp("sample")
    ingest([SAMPLE], data_dir, today=TODAY)
    return data_dir


@pytest.fixture(scope="session")
def publish(tmp_path_factory: pytest.TempPathFactory) -> Publish:
    """A history as a published warehouse, its results computed by the metrics; built once for the same facts."""
    built: dict[bytes, Path] = {}

    def published(name: str, history: History) -> Path:
        # By what it holds, not by its name: two tests may hit upon the same name for different facts.
        facts = pickle.dumps(history)
        if facts not in built:
            built[facts] = tmp_path_factory.mktemp(name)
            frames = {**history.frames(), **results_of(history, policy.load())}
            warehouse.publish(built[facts], frames, built_from=state(built[facts]))
        return built[facts]

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
