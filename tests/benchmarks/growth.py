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

QUARTERS = 1
PEOPLE = 10_000
SIZES = [(1_000, 1), (PEOPLE, 1), (100_000, 1), (PEOPLE, 2), (PEOPLE, 4)]
"""People, and check-ins on each key result a week."""
COLOURS = {"load": "#0072B2", "build": "#D55E00", "page": "#009E73"}


@dataclass(frozen=True)
class Size:
    """What one history took."""

    people: int
    times: int
    check_ins: int
    load_seconds: float
    load_megabytes: float
    build_seconds: float
    build_megabytes: float
    page_seconds: float
    page_megabytes: float


def grown(folder: Path, people: int, times: int) -> Size:
    """Write, load and compute one history."""
    files, data = folder / "files", folder / "data"
    shutil.rmtree(files, ignore_errors=True)
    write_history(files, people=people, quarters=QUARTERS, weeks=WEEKS * times)
    loaded, built, shown = measured("load", files, data), measured("compute", data), measured("page", data)
    rows = people * 9 * QUARTERS * WEEKS * times
    return Size(people, times, rows, loaded.seconds, loaded.megabytes, built.seconds, built.megabytes, shown.seconds,
                shown.megabytes)  # fmt: skip


def picture(table: pd.DataFrame) -> go.Figure:
    """Seconds and memory by people, and by how often they check in; in powers of ten linear growth is a line of 45°."""
    titles = [f"{unit}, by {by}" for unit in ("Seconds", "Peak memory in MB") for by in ("people", "check-ins a week")]
    figure = make_subplots(rows=2, cols=2, subplot_titles=titles, vertical_spacing=0.14)
    by_people, by_times = (table[table["times"] == 1], table[table["people"] == PEOPLE])
    for row, unit in enumerate(("seconds", "megabytes"), start=1):
        for column, (rows, by) in enumerate(((by_people, "people"), (by_times, "times")), start=1):
            for work, colour in COLOURS.items():
                figure.add_trace(_line(rows, by, f"{work}_{unit}", work, colour), row=row, col=column)
    figure.update_xaxes(type="log", tickvals=[1, 2, 4, 1_000, 10_000, 100_000]).update_yaxes(type="log", dtick=1)
    return figure.update_layout(width=1080, height=760, template="plotly_white", legend_orientation="h")


def _line(rows: pd.DataFrame, by: str, figure: str, work: str, colour: str) -> go.Scatter:
    first = by == "people" and figure.endswith("seconds")
    return go.Scatter(
        x=rows[by], y=rows[figure], name=work, mode="lines+markers", line_color=colour, showlegend=first,
        legendgroup=work,
    )  # fmt: skip


def save(figure: go.Figure, path: Path) -> None:
    """The figure as a picture, drawn by Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 780})
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
        sys.stdout.write(" | ".join(f"{value:,.4g}" for value in astuple(sizes[-1])) + "\n")
        sys.stdout.flush()
    if path:
        save(picture(pd.DataFrame(sizes).sort_values(["people", "times"])), path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
