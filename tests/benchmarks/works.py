"""Single pieces of work, each timed within a process of its own: imports do not count, and memory is the work's alone.

`python -m tests.benchmarks.works NAME ARGUMENT…` prints the seconds; `measured` runs it and adds the peak memory.
"""

import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import psutil
from streamlit.testing.v1 import AppTest

import dashboard
from pipelines import batches, build, policy, warehouse
from pipelines.history import History
from pipelines.ingest import ingest
from pipelines.metrics.compute import Question
from pipelines.metrics.compute import compute as answer
from pipelines.warehouse.connecting import connect

TODAY = date(2026, 1, 10)
DASHBOARD = Path(dashboard.__file__).with_name("app.py")
CHOSEN = 9
"""How many teams are chosen one after the other on a page."""


@dataclass(frozen=True)
class Measured:
    """What one piece of work took."""

    seconds: float
    megabytes: float

    def over(self, other: "Measured") -> float:
        """How many times as long as the other it took."""
        return self.seconds / other.seconds


def measured(name: str, *arguments: object) -> Measured:
    """The work done in a new process: its own seconds, and the process's peak memory."""
    return run([sys.executable, "-m", "tests.benchmarks.works", name, *map(str, arguments)])


def run(command: list[str]) -> Measured:
    """A command that prints its own seconds last, and the peak memory of its process and all that it starts."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = [0.0]
    watching = threading.Thread(target=_watch, args=(process.pid, peak))
    watching.start()
    printed = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    watching.join()
    if status:
        raise RuntimeError(f"{' '.join(command)} failed")
    return Measured(float(printed.splitlines()[-1]), max(usage.ru_maxrss / 1000, peak[0]))


def _watch(pid: int, peak: list[float]) -> None:
    """Note the most megabytes that a process and those below it held together, looking five times a second."""
    with suppress(psutil.Error):
        whole = psutil.Process(pid)
        while whole.is_running() and whole.status() != psutil.STATUS_ZOMBIE:
            peak[0] = max(peak[0], _held(whole))
            time.sleep(0.2)


def _held(whole: psutil.Process) -> float:
    held = 0.0
    for process in [whole, *whole.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            held += process.memory_info().rss / 1e6
    return held


def load(source: Path, data: Path) -> None:
    """Ours: a file or folder read, understood and kept, without computing the figures."""
    ingest([source], data, today=TODAY, build=False)


def load_more(source: Path, data: Path) -> None:
    """The same into a data folder that holds something."""
    ingest([source], data, today=TODAY, build=False)


def load_as_it_is(source: Path, database: Path) -> None:
    """The limit: DuckDB reads the CSV into a table, and asks nothing of it."""
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"CREATE TABLE log AS SELECT * FROM read_csv('{source}')")


def compute(data: Path) -> None:
    """Ours: the warehouse from what is kept."""
    with batches.locked(data):
        build.build(data)


def compute_plainly(data: Path, database: Path) -> None:
    """The limit: DuckDB loads the same Parquet, and one statement reduces check-ins to objective scores."""
    with duckdb.connect(str(database)) as connection:
        for name in ("objective", "key_result", "check_in"):
            kept = f"read_parquet('{data}/files/*/{name}.parquet', union_by_name=true)"
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM {kept}")
        connection.execute(SCORES)


SCORES = """
CREATE TABLE score AS
WITH last AS (SELECT key_result, arg_max(value, checked_on) AS value FROM check_in GROUP BY key_result)
SELECT objective, avg(greatest(0, least(1, (last.value - start) / (target - start)))) AS score
FROM key_result LEFT JOIN last ON last.key_result = key_result_id GROUP BY objective
"""


def read_cells(source: Path) -> None:
    """The limit: openpyxl reads every cell of a workbook with its format."""
    for sheet in openpyxl.load_workbook(source):
        for row in sheet.iter_rows():
            for cell in row:
                _ = cell.value


def script(folder: Path) -> None:
    """The script most people would write."""
    completion_by_script(folder)


def completion_by_script(folder: Path) -> pd.DataFrame:
    """Each team's completion by quarter, as most people would have pandas read it from the files."""
    tables = {
        name: pd.concat([pd.read_csv(path) for path in sorted(folder.glob(f"{name} *.csv"))], ignore_index=True)
        for name in ("objectives", "key_results", "check_ins")
    }
    last = tables["check_ins"].sort_values("date").drop_duplicates("key_result", keep="last")
    rows = tables["key_results"].merge(last, left_on="key_result_id", right_on="key_result", how="left")
    rows["score"] = ((rows["value"] - rows["start"]) / (rows["target"] - rows["start"])).clip(0, 1)
    scores = rows.groupby("objective")["score"].mean().rename("score")
    goals = tables["objectives"].merge(scores, left_on="objective_id", right_index=True)
    return goals.pivot_table(index="team", columns="cycle", values="score")


def plain_page(folder: Path) -> float:
    """The peer: the seconds of a page without caching after another team was chosen."""
    os.environ["OKR_FILES"] = str(folder)
    app = AppTest.from_file(str(Path(__file__).with_name("plain_page.py")), default_timeout=600).run()
    return seconds_of(app.selectbox[0].select_index(1).run)


def page(data: Path) -> float:
    """Ours: the seconds of the page Completion after another team was chosen, everything warm."""
    os.environ |= {"OKR_DATA": str(data), "OKR_TODAY": TODAY.isoformat()}
    app = AppTest.from_file(os.fspath(DASHBOARD), default_timeout=600).run()
    app.switch_page("app_pages/completion.py").run()
    teams = app.multiselect(key="teams")
    taken = [seconds_of(teams.set_value([team]).run) for team in teams.options[:CHOSEN]]
    return statistics.median(taken)


def metrics(data: Path) -> None:
    """Ours: completion by team and quarter, as `okr metrics` gives it, from a published warehouse."""
    version = warehouse.current(data)
    if version is None:
        raise LookupError(data)
    question = Question("completion", by=("team", "quarter"))
    results, team = (warehouse.table(version, name) for name in ("objective_result", "team"))
    answer(question, History.of(team=team), policy=policy.load(), results=results)


def metrics_in_sql(data: Path) -> None:
    """The peer: the mean score by each team's own objectives and quarter, in one SQL statement over the check-ins."""
    version = warehouse.current(data)
    if version is None:
        raise LookupError(data)
    with connect(version.path) as connection:
        connection.execute(OWN_MEANS).fetchall()


OWN_MEANS = """
WITH last AS (SELECT key_result_id, arg_max(value, checked_on) AS value FROM check_in GROUP BY ALL),
scores AS (
    SELECT objective_id, avg(greatest(0, least(1, (last.value - start) / (target - start)))) AS score
    FROM key_result JOIN last USING (key_result_id) GROUP BY ALL
)
SELECT team_id, cycle, avg(scores.score) FROM objective JOIN scores USING (objective_id) GROUP BY ALL
"""


def timed(work: Callable[..., float | None], arguments: list[Path]) -> float:
    """The seconds of the work, or of the part of it that it says; what the fresh ones write is removed before."""
    for written in arguments[1:] if work in FRESH else ():
        shutil.rmtree(written, ignore_errors=True) if written.is_dir() else written.unlink(missing_ok=True)
    start = time.perf_counter()
    own = work(*arguments)
    return time.perf_counter() - start if own is None else own


def seconds_of(step: Callable[[], object]) -> float:
    """How long one step takes."""
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


FRESH = (load, load_as_it_is, compute_plainly)
WORKS: dict[str, Callable[..., float | None]] = {
    work.__name__: work
    for work in (
        load,
        load_more,
        load_as_it_is,
        compute,
        compute_plainly,
        read_cells,
        script,
        metrics,
        metrics_in_sql,
        page,
        plain_page,
    )
}

if __name__ == "__main__":
    sys.stdout.write(f"{timed(WORKS[sys.argv[1]], [Path(each) for each in sys.argv[2:]])}\n")
