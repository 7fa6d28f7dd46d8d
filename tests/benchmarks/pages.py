"""Prints what each page costs: server time when first opened, warm and after a change of filters, and bytes sent.

Run it by hand on any warehouse: `python -m tests.benchmarks.pages data/warehouse`. It asserts nothing.
"""

import os
import statistics
import sys
import time
from pathlib import Path

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils import script_run_context
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.navigation import PAGES

RUNS = 20
ENTRY = Path(dashboard.__file__).with_name("app.py")


class Sent:
    """Counts the bytes of every message on its way to the browser."""

    def __init__(self) -> None:
        self.bytes = 0
        self._enqueue = script_run_context.ScriptRunContext.enqueue
        sent = self

        def counted(context: script_run_context.ScriptRunContext, message: ForwardMsg) -> None:
            sent.bytes += message.ByteSize()
            sent._enqueue(context, message)

        script_run_context.ScriptRunContext.enqueue = counted  # type: ignore[method-assign]


def timed(app: AppTest) -> float:
    """Milliseconds of one run."""
    start = time.perf_counter()
    app.run()
    return 1000 * (time.perf_counter() - start)


def measured(page: str, sent: Sent) -> tuple[float, ...]:
    """Milliseconds first, warm (median) and with another team chosen (median, p95), and kilobytes of a warm run."""
    app = AppTest.from_file(os.fspath(ENTRY), default_timeout=120)
    app.run()
    if page != "overview":
        app.switch_page(f"app_pages/{page}.py")
    first = timed(app)
    sent.bytes = 0
    warm = [timed(app) for _ in range(RUNS)]
    size = sent.bytes / RUNS / 1000
    teams = app.multiselect(key="teams").options[:RUNS]
    changed = []
    for team in teams:
        app.multiselect(key="teams").set_value([team])
        changed.append(timed(app))
    return first, statistics.median(warm), statistics.median(changed), sorted(changed)[-2], size


def main(data_dir: str) -> None:
    """Print one line per page."""
    os.environ["OKR_DATA"] = data_dir
    sent = Sent()
    sys.stdout.write(f"{'page':12} {'first ms':>9} {'warm ms':>8} {'filter ms':>10} {'p95 ms':>8} {'sent kB':>8}\n")
    for page in PAGES:
        first, warm, changed, slow, size = measured(page, sent)
        sys.stdout.write(f"{page:12} {first:9.0f} {warm:8.0f} {changed:10.0f} {slow:8.0f} {size:8.0f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "data/warehouse")
