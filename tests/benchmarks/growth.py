"""How time and memory of loading and computing grow with people and with check-ins: a table, and a picture of it.

`python -m tests.benchmarks.growth FOLDER [PICTURE.png]` writes its files below the folder and asserts nothing.
"""

import shutil
import sys
from dataclasses import astuple, dataclass
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
from playwright.sync_api import sync_playwright
from plotly.subplots import make_subplots

from tests.benchmarks.big_history import WEEKS, write_history
from tests.benchmarks.works import measured

QUARTERS = 2
SIZES = [(1_000, 1), (3_000, 1), (10_000, 1), (3_000, 2), (3_000, 4)]
"""People, and check-ins in multiples of one a week."""


@dataclass(frozen=True)
class Size:
    """What one history took."""

    people: int
    check_ins: int
    load_seconds: float
    load_megabytes: float
    build_seconds: float
    build_megabytes: float


def grown(folder: Path, people: int, times: int) -> Size:
    """Write, load and compute one history."""
    files, data = folder / "files", folder / "data"
    shutil.rmtree(files, ignore_errors=True)
    write_history(files, people=people, quarters=QUARTERS, weeks=WEEKS * times)
    loaded, built = measured("load", files, data), measured("compute", data)
    rows = people * 9 * QUARTERS * WEEKS * times
    return Size(people, rows, loaded.seconds, loaded.megabytes, built.seconds, built.megabytes)


def picture(table: pd.DataFrame) -> go.Figure:
    """Seconds and memory by the number of check-ins, both axes in powers of ten: linear growth is a line of 45°."""
    figure = make_subplots(cols=2, subplot_titles=["Seconds", "Peak memory, MB"])
    for column, unit in enumerate(("seconds", "megabytes"), start=1):
        for name, work in (("load", "load"), ("build", "build")):
            marks = go.Scatter(x=table["check_ins"], y=table[f"{work}_{unit}"], name=name, mode="lines+markers")
            figure.add_trace(marks, row=1, col=column)
    figure.update_xaxes(type="log", title="check-ins").update_yaxes(type="log")
    return figure.update_layout(width=1080, height=420, template="plotly_white")


def save(figure: go.Figure, path: Path) -> None:
    """The figure as a picture, drawn by Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 440})
        page.set_content(figure.to_html(include_plotlyjs=True))
        page.wait_for_selector(".main-svg")
        page.screenshot(path=path)
        browser.close()


def main(folder: Path, path: Path | None) -> None:
    """Print the table, and draw it."""
    folder.mkdir(parents=True, exist_ok=True)
    sizes = []
    for people, times in SIZES:
        sizes.append(grown(folder, people, times))
        sys.stdout.write(" | ".join(f"{value:,.0f}" for value in astuple(sizes[-1])) + "\n")
        sys.stdout.flush()
    if path:
        save(picture(pd.DataFrame(sizes).sort_values("check_ins")), path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
