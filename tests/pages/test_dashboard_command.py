"""`okr dashboard` answers at the address it prints, and ends when it is told to."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest


def free_port():
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


def answers(address):
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as reply:
                return reply.status == 200
        except OSError:
            time.sleep(0.1)
    return False


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_stop(tmp_path, told):
    port = free_port()
    command = [sys.executable, "-m", "pipelines", "dashboard", "--port", str(port), "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "OKR_LANG": "en"}) as server:
        address = f"http://localhost:{port}"
        assert address in server.stdout.readline()
        assert answers(address)
        server.send_signal(told)
        assert server.wait(20) == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("localhost", port), timeout=1)
