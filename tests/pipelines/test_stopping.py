"""Being told to stop in the middle of a query, which DuckDB answers with an error of its own."""

import os
import signal
import threading
import time

import duckdb
import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.cli.stopping import ended_in_order, interrupted_by_either_signal

LONG = "SELECT count(*) FROM range(1000000000) AS a, range(1000) AS b WHERE a.range % 7 = b.range"


def told_while_a_query_runs(number: int) -> None:
    threading.Timer(0.5, os.kill, (os.getpid(), number)).start()
    duckdb.connect().execute(LONG)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_either_signal_interrupts_a_query(number: int) -> None:
    with pytest.raises(KeyboardInterrupt), interrupted_by_either_signal():
        told_while_a_query_runs(number)


def test_a_command_told_to_end_in_a_query_exits_as_a_shell_expects() -> None:
    with pytest.raises(SystemExit) as end, ended_in_order():
        told_while_a_query_runs(signal.SIGTERM)
    assert end.value.code == 143


def test_a_command_that_is_done_before_it_hears_ends_well() -> None:
    with ended_in_order():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(5)
        except KeyboardInterrupt:
            pass


def test_commands_run_in_any_thread(tmp_path: object) -> None:
    codes: list[int] = []
    call = threading.Thread(
        target=lambda: codes.append(CliRunner().invoke(main, ["batches", "--data", str(tmp_path)]).exit_code)
    )
    call.start()
    call.join()
    assert codes == [0]
