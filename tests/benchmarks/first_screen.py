"""Prints how long Chromium takes until the first page's charts are drawn, beside an empty page with one chart.

`python -m tests.benchmarks.first_screen data/warehouse`; the servers are warm, the browser starts each visit anew.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.serving import free_port, serving, wait_for

VISITS = 7
EMPTY = """
import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Bar(x=[1, 2, 3], y=[2, 1, 3])))
"""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@contextmanager
def empty_page(folder: Path) -> Iterator[str]:
    """The address of a Streamlit page with one chart and nothing else."""
    (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
    port = free_port()
    options = ["--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}"]
    command = [sys.executable, "-m", "streamlit", "run", str(folder / "empty.py"), *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def drawn(browser: Browser, address: str) -> float:
    """Seconds until all charts of a new visit are drawn and nothing runs any more."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(".main-svg")
    page.wait_for_selector("[data-testid=stStatusWidget]", state="detached")
    seconds = time.perf_counter() - start
    page.close()
    return seconds


def main(data_dir: Path) -> None:
    """Print the medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        with serving(data_dir, Path(folder) / "log") as ours, empty_page(Path(folder)) as empty:
            times: dict[str, list[float]] = {ours.address: [], empty: []}
            for address in [*times] * (VISITS + 1):
                times[address].append(drawn(browser, address))
        first, limit = (statistics.median(seconds[1:]) for seconds in times.values())
        sys.stdout.write(
            f"first screen {first:.2f} s, empty page with one chart {limit:.2f} s: {first / limit:.1f} x\n"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
