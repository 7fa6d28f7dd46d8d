"""Two editions of one company that differ on every page, published in turn while readers read.

`python -m tests.benchmarks.editions FOLDER SECONDS` publishes in turn what `prepared` left in the folder, until ended.
"""

import itertools
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from subprocess import Popen

import pandas as pd

from pipelines import build, warehouse
from pipelines.ingest import ingest
from pipelines.schema import TABLES

EDITIONS = ("first", "second")
SERVED = "served"
CARRIED = ["objective_id", "cycle", "team", "level", "ambition"]


def prepared(data_dir: Path, folder: Path) -> Path:
    """Both editions of a data folder in folders of their own, and the first as the data folder to serve."""
    for name in (*EDITIONS, SERVED):
        shutil.copytree(data_dir, folder / name, ignore=shutil.ignore_patterns(".lock"))
    version = warehouse.current(data_dir)
    if version is None:
        raise LookupError(f"{data_dir} holds no warehouse")
    files = _restated(folder / "restated", warehouse.table(version, "objective"), warehouse.table(version, "team"))
    ingest(files, folder / EDITIONS[1], today=date.today())
    return folder / SERVED


def _restated(folder: Path, objectives: pd.DataFrame, teams: pd.DataFrame) -> list[Path]:
    """Files that give each objective another title and score, and the company one team more."""
    folder.mkdir()
    top = teams.loc[teams["parent_team_id"].isna(), "path"].iloc[:1]
    rows = objectives.assign(team=objectives["team_id"].map(teams.set_index("team_id")["path"]))[CARRIED]
    rows = rows.assign(title=objectives["title"] + " anew", score=[0.3 + number % 60 / 100 for number in rows.index])
    tables = {"objectives": rows, "teams": pd.DataFrame({"team": ["Second edition"], "parent_team": top.to_numpy()})}
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    return [folder / f"{name}.csv" for name in tables]


def publish(folder: Path, edition: str) -> None:
    """Publish an edition as a build does."""
    version = warehouse.current(folder / edition)
    if version is None:
        raise LookupError(f"{folder} holds no edition {edition}")
    tables = {name: warehouse.table(version, name) for name in TABLES}
    warehouse.publish(folder / SERVED, tables, built_from=build.state(folder / SERVED))


@contextmanager
def publishing(folder: Path, seconds: float) -> Iterator[None]:
    """Both editions are published in turn meanwhile, by a process of its own that has published once."""
    command, before = [sys.executable, "-m", "tests.benchmarks.editions", str(folder), str(seconds)], published(folder)
    with Popen(command, cwd=Path(__file__).parents[2]) as process:
        try:
            while published(folder) == before and process.poll() is None:
                time.sleep(0.1)
            yield
        finally:
            ended = process.poll()
            process.terminate()
    if ended is not None:
        raise ChildProcessError(f"publishing ended by itself with {ended}")


def published(folder: Path) -> int:
    """How many versions of the served folder were published so far."""
    version = warehouse.current(folder / SERVED)
    return int(version.name.split("-")[1]) if version else 0


def main(folder: str, seconds: str) -> None:
    """Publish in turn, with so many seconds in between, until ended."""
    for edition in itertools.cycle(reversed(EDITIONS)):
        publish(Path(folder), edition)
        time.sleep(float(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
