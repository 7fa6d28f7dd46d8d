"""A peer: dlt loads the first rows of a CSV file into DuckDB. Run by the Python of an environment that has dlt alone.

`python with_dlt.py LOG.csv ROWS DATABASE` prints the seconds.
"""

import csv
import itertools
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import dlt


def rows(path: Path, number: int) -> Iterator[dict[str, str]]:
    """The first rows, one by one, as a source of dlt usually gives them."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from itertools.islice(csv.DictReader(file), number)


if __name__ == "__main__":
    source, number, database = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    pipeline = dlt.pipeline("log", destination=dlt.destinations.duckdb(str(database)), pipelines_dir=f"{database}.dlt")
    start = time.perf_counter()
    pipeline.run(dlt.resource(rows(source, number), name="check_in"), write_disposition="replace")
    sys.stdout.write(f"{time.perf_counter() - start}\n")
