"""`make bench`: how long loading and computing take beside their limits, measured in one run on one machine.

`python -m tests.benchmarks FOLDER [PEOPLE]` writes the files it needs below the folder, prints one line per row of
the table as it is measured, and asserts nothing.
"""

import subprocess
import sys
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from tests.benchmarks.big_history import write_history, write_log
from tests.benchmarks.works import Measured, measured, run

PEOPLE, QUARTERS = 10_000, 8
LOG_ROWS, LONG_LOG_ROWS = 5_000_000, 20_000_000
SHEET_ROWS = 20_000
DLT_ROWS = 500_000
HEADINGS = ("work", "ours", "limit or peer", "ratio", "bar", "memory")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    work: str
    ours: Measured
    peer: str
    limit: Measured
    bar: str

    def cells(self) -> tuple[str, ...]:
        """What the line says."""
        limit = f"{self.peer}: {self.limit.seconds:.1f} s"
        times = self.ours.over(self.limit)
        ratio = f"{times:.1f} ×" if times >= 0.1 else f"1/{1 / times:.0f}"
        return self.work, f"{self.ours.seconds:.1f} s", limit, ratio, self.bar, f"{self.ours.megabytes:.0f} MB"


def logs(folder: Path) -> Iterator[Row]:
    """Logs of check-ins, beside DuckDB alone reading the same file."""
    kinds = {
        "log, 5 million rows": (LOG_ROWS, 0.0, "2.5 ×, 1.5 GB"),
        "the same, 1 % bad": (LOG_ROWS, 0.01, "3.5 ×, 1.5 GB"),
        "log, 20 million rows": (LONG_LOG_ROWS, 0.0, "1.5 GB"),
    }
    for name, (rows, bad, bar) in kinds.items():
        path = write_log(folder / f"log {rows} {bad}.csv", rows=rows, bad=bad)
        limit = measured("load_as_it_is", path, folder / "log.duckdb")
        yield Row(name, measured("load", path, folder / "log"), "read_csv", limit, bar)
        path.unlink()


def with_dlt(folder: Path) -> Iterator[Row]:
    """A smaller log, beside dlt in an environment of its own; none where it cannot be installed."""
    python = folder / "dlt" / "bin" / "python"
    if not python.exists():
        venv.create(folder / "dlt", with_pip=True)
    if subprocess.run([python, "-m", "pip", "install", "--quiet", "dlt[duckdb]"], check=False).returncode:
        return
    path = write_log(folder / "log.csv", rows=DLT_ROWS)
    peer = run(
        [str(python), str(Path(__file__).with_name("with_dlt.py")), str(path), str(DLT_ROWS), f"{folder}/dlt.db"]
    )
    yield Row("log, 0.5 million rows", measured("load", path, folder / "log"), "dlt", peer, "")


def history(folder: Path, people: int) -> Iterator[Row]:
    """A whole history: loaded, computed, and computed again after one quarter's log has changed."""
    files, data = folder / "history", folder / "data"
    write_history(files, people=people, quarters=QUARTERS)
    goals = f"{people:,} people, {QUARTERS} quarters"
    peer = measured("script", files)
    yield Row(f"files of {goals}", measured("load", files, data), "pandas script", peer, "")
    limit = measured("compute_plainly", data, folder / "plain.duckdb")
    yield Row(f"build of {goals}", measured("compute", data), "DuckDB alone", limit, "5 ×, 4 GB")
    peer = measured("metrics_in_sql", data)
    yield Row("completion by team and quarter", measured("metrics", data), "one SQL statement", peer, "")
    peer = measured("plain_page", files)
    yield Row("page Completion, another team chosen", measured("page", data), "page without caching", peer, "")
    changed = files / "check_ins 2025-Q4.csv"
    changed.write_text(changed.read_text(encoding="utf-8") + "K0630001,2025-12-30,50.0,0.5,late\n", encoding="utf-8")
    measured("load_more", changed, data)
    yield Row("build, one of eight quarters changed", measured("compute", data), "DuckDB alone", limit, "1.5 ×")


def sheets(folder: Path) -> Iterator[Row]:
    """A large workbook, beside openpyxl alone reading each of its cells."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("OKR 2025-Q1")
    sheet.append(["Team", "Owner", "Objective", "Key result", "Start", "Target", "Current", "Weight", "Score"])
    for row in range(SHEET_ROWS):
        goal, owner = f"Goal {row // 3} of the team", f"Person {row // 9}"
        sheet.append([f"Team {row // 90}", owner, goal, f"Result {row}", 0, 100, row % 100, 0.3, row % 10 / 10])
    path = folder / "sheet.xlsx"
    book.save(path)
    limit = measured("read_cells", path)
    yield Row("workbook, 20,000 rows", measured("load", path, folder / "sheet"), "openpyxl", limit, "2 ×")


def main(folder: Path, people: int) -> None:
    """Print the table."""
    folder.mkdir(parents=True, exist_ok=True)
    for line in (HEADINGS, ("---",) * len(HEADINGS)):
        sys.stdout.write(f"| {' | '.join(line)} |\n")
    for rows in (sheets(folder), logs(folder), with_dlt(folder), history(folder, people)):
        for row in rows:
            sys.stdout.write(f"| {' | '.join(row.cells())} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else PEOPLE)
