"""The sample company, written, loaded and served as a user does it; made once for all tests that need it whole."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.demo.timeline import TODAY


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the sample company; tests that use it share a process (`xdist_group("company")`)."""
    folder = tmp_path_factory.mktemp("company")
    files, data_dir = folder / "files", folder / "warehouse"
    commands = (["demo", "--out", str(files)], ["ingest", str(files), "--data", str(data_dir)])
    results = [CliRunner(env={"OKR_TODAY": TODAY.isoformat()}).invoke(main, command) for command in commands]
    assert [result.exit_code for result in results] == [0, 1], results[-1].output
    return data_dir
