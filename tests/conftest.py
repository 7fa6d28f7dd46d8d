"""The sample companies, written, loaded and served as a user does it; made once for all tests that need them whole."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import settings

from pipelines.cli import main
from pipelines.demo.timeline import TODAY
from pipelines.ingest import ingest
from tests.sharing import made_once

settings.register_profile("everyday", max_examples=4, deadline=None)
settings.register_profile("thorough", max_examples=25, deadline=None)
settings.load_profile("everyday")  # unless the command line names the other one

SAMPLE = Path(__file__).parents[1] / "data" / "sample"


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the sample company; tests that use it share a process (`xdist_group("company")`)."""
    folder = tmp_path_factory.mktemp("company")
    files, data_dir = folder / "files", folder / "warehouse"
    commands = (["demo", "--out", str(files)], ["ingest", str(files), "--data", str(data_dir)])
    results = [CliRunner(env={"OKR_TODAY": TODAY.isoformat()}).invoke(main, command) for command in commands]
    assert [result.exit_code for result in results] == [0, 1], results[-1].output
    return data_dir


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the committed sample, which is a smaller one; tests read it, or change a copy."""
    return made_once(tmp_path_factory, "sample", lambda folder: ingest([SAMPLE], folder, today=TODAY))
