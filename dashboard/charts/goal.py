"""One goal: every check-in of its key results beside the line of the time passed."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import LINES, MUTED, figure, percent_axis
from dashboard.wording import Wording


def check_ins(frame: pd.DataFrame, *, wording: Wording) -> go.Figure:
    """Each key result's progress over the time passed, beside the diagonal on which both are equal.

    In: name (of the key result), day (in words), expected (time passed, 0–1), raw (progress, may lie outside 0–1);
    by key result, then day.
    """
    names = list(dict.fromkeys(frame["name"]))
    lines = [_line(frame[frame["name"] == name], name, LINES[place % len(LINES)]) for place, name in enumerate(names)]
    even = {"type": "scatter", "mode": "lines", "x": [0, 1], "y": [0, 1], "hoverinfo": "skip",
            "name": wording.say("time passed"), "line": {"color": MUTED, "dash": "dash", "width": 1.5}}  # fmt: skip
    low, high = min(0.0, float(frame["raw"].min())) - 0.03, max(1.0, float(frame["raw"].max())) + 0.03
    return figure([even, *lines], height=360,
                  xaxis=percent_axis(-0.01, 1.01, showgrid=False, title={"text": wording.say("time passed")}),
                  yaxis=percent_axis(low, high, title={"text": wording.say("Progress")}))  # fmt: skip


def _line(rows: pd.DataFrame, name: str, color: str) -> dict[str, Any]:
    hover = [f"{name} · {day}<br>{raw:.0%}" for day, raw in zip(rows["day"], rows["raw"], strict=True)]
    return {"type": "scatter", "mode": "lines+markers", "name": name, "x": [float(x) for x in rows["expected"]],
            "y": [float(y) for y in rows["raw"]], "line": {"color": color, "width": 2, "shape": "hv"},
            "marker": {"size": 6, "color": color}, "hovertext": hover, "hoverinfo": "text",
            "cliponaxis": False}  # fmt: skip
