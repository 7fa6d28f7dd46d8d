"""How every chart looks: one small template, and what each colour stands for."""

import html
from typing import Any

import plotly.graph_objects as go
from wcwidth import wcswidth

# Middle tones, and transparency in place of pale tones, read well on a light and on a dark page.
ACCENT = "#3b86b0"
MUTED = "#8b96a2"
SWEET = "#2f9e83"
HIGH = "#d98b2b"
LOW = "#5f79c7"
HAIRLINE = "rgba(128,136,146,0.22)"
INKS = {"light": "#27323d", "dark": "#e4e9ee"}
PAPERS = {"#27323d": "#ffffff", "#e4e9ee": "#14191f"}
"""The page each ink is read on, as `.streamlit/config.toml` says."""
LINES = (ACCENT, MUTED, HIGH, SWEET, LOW, "#a06fb0")
CONFIG = {"displayModeBar": False, "showSendToCloud": False, "scrollZoom": False, "doubleClick": False}

# A plain mapping: a template by name would be built and validated anew for every figure.
TEMPLATE = {
    "layout": {
        "colorway": list(LINES),
        "margin": {"l": 8, "r": 12, "t": 12, "b": 8},
        "hoverlabel": {"align": "left"},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
    }
}


def figure(traces: list[dict[str, Any]], *, height: int, **layout: Any) -> go.Figure:
    """A figure of these traces in the product's template; nothing is validated, which is many times faster."""
    plain = {"template": TEMPLATE, "height": height, "margin": {"l": 8, "r": 20, "t": 12, "b": 8}, "dragmode": False}
    legend = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}
    return go.Figure({"data": traces, "layout": {**plain, "legend": legend, **layout}}, _validate=False)


def percent_axis(low: float = 0.0, high: float = 1.0, **more: Any) -> dict[str, Any]:
    """An axis of shares printed as whole percents."""
    return {"range": [low, high], "tickformat": ".0%", "gridcolor": HAIRLINE, "zeroline": False, "fixedrange": True,
            "automargin": True, **more}  # fmt: skip


def name_axis(names: list[str], columns: int = 18, **more: Any) -> dict[str, Any]:
    """An axis of names, the first on top, long ones on several lines so that none is cut."""
    texts = ["<br>".join(wrapped(line, columns) for line in name.split("\n")) for name in names]
    return {"tickmode": "array", "tickvals": list(range(len(names))), "ticktext": texts,
            "range": [len(names) - 0.5, -0.5], "automargin": True, "showgrid": False, "zeroline": False,
            "fixedrange": True, **more}  # fmt: skip


def quarter_axis(quarters: list[str], **more: Any) -> dict[str, Any]:
    """An axis of quarters by position; the year stands under the first quarter of each year only."""
    return {"tickmode": "array", "tickvals": list(range(len(quarters))), "ticktext": quarter_ticks(quarters),
            "range": [-0.5, len(quarters) - 0.5], "showgrid": False, "zeroline": False, "fixedrange": True,
            "automargin": True, "tickangle": 0, **more}  # fmt: skip


def quarter_ticks(quarters: list[str]) -> list[str]:
    """`2025-Q3` as `Q3` over `2025`, the year only where it begins."""
    parts = [quarter.partition("-") for quarter in quarters]
    begins = [number == 0 or parts[number - 1][0] != year for number, (year, _, _) in enumerate(parts)]
    return [
        f"{escaped(rest or year)}<br>{escaped(year) if first and rest else ' '}"
        for (year, _, rest), first in zip(parts, begins, strict=True)
    ]


def escaped(text: str) -> str:
    """The text without meaning for Plotly, which reads tags in labels."""
    return html.escape(text, quote=False)


def wrapped(text: str, columns: int) -> str:
    """The text on lines of at most so many terminal columns, broken at spaces and between wide characters."""
    lines = [""]
    for piece in _pieces(text, columns):
        if lines[-1] and wcswidth(lines[-1] + piece.rstrip()) > columns:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return "<br>".join(escaped(line.rstrip()) for line in lines)


def _pieces(text: str, columns: int) -> list[str]:
    """Where a line may break: at spaces, and within a run of wide characters only if the run is too long itself."""
    words = text.split(" ")
    pieces = [f"{word} " for word in words[:-1]] + [words[-1]]
    return [part for piece in pieces for part in (piece if wcswidth(piece.strip()) > columns else [piece])]


def band(low: float, high: float, color: str, *, axis: str = "y", opacity: float = 0.14) -> dict[str, Any]:
    """A shaded stripe between two values of an axis."""
    other = "x" if axis == "y" else "y"
    return {"type": "rect", f"{axis}0": low, f"{axis}1": high, f"{other}ref": f"{other} domain", f"{other}0": 0,
            f"{other}1": 1, "fillcolor": color, "opacity": opacity, "line": {"width": 0}, "layer": "below"}  # fmt: skip


def edge_line(value: float, color: str, *, axis: str = "y", dash: str = "dash") -> dict[str, Any]:
    """A thin line at one value of an axis."""
    other = "x" if axis == "y" else "y"
    return {"type": "line", f"{axis}0": value, f"{axis}1": value, f"{other}ref": f"{other} domain", f"{other}0": 0,
            f"{other}1": 1, "line": {"color": color, "width": 1.5, "dash": dash}, "layer": "below"}  # fmt: skip


def note(text: str, *, x: float, y: float, **more: Any) -> dict[str, Any]:
    """A short text beside what it names."""
    return {"text": text, "x": x, "y": y, "showarrow": False, "font": {"size": 12}, **more}


def see_through(color: str, opacity: float) -> str:
    """The colour at that opacity."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def on_paper(color: str, opacity: float, ink: str) -> str:
    """The colour at that opacity as it looks on the ink's page, for areas that lie on each other."""
    paper = PAPERS.get(ink, PAPERS[INKS["light"]])
    parts = [(int(color[at : at + 2], 16), int(paper[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(over * opacity + under * (1 - opacity)):02x}" for over, under in parts)


def gaps(values: "Any") -> list[float | None]:
    """Numbers as Plotly wants them: nothing where one is missing."""
    return [None if value != value else float(value) for value in values]  # noqa: PLR0124 - only NaN differs from itself
