"""A year cut into parts: planned beside actual by quarter, and both cumulated against the whole."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import ACCENT, HAIRLINE, MUTED, edge_line, figure, gaps, note, quarter_axis, see_through
from dashboard.wording import Wording, amount

WIDE = 0.36


def planned_and_actual(frame: pd.DataFrame, *, wording: Wording, ink: str, whole: float) -> go.Figure:
    """Bars of planned and actual by quarter, lines of both cumulated, and the whole annual target.

    In: `year_periods` of one annual key result, in order; an actual that is missing has no bar. Bars that were
    changed say what was planned at first. whole: the annual target's amount.
    """
    say, places = wording.say, list(range(len(frame)))
    bars = [
        _bars(frame["planned"], [place - WIDE / 2 for place in places], say("Planned"), see_through(MUTED, 0.45), ink),
        _bars(frame["actual"], [place + WIDE / 2 for place in places], say("Actual"), see_through(ACCENT, 0.75), ink),
    ]  # fmt: skip
    lines = [
        _line(frame["planned_sum"], places, say("Planned, cumulated"), MUTED, "dot"),
        _line(frame["actual_sum"], places, say("Actual, cumulated"), ACCENT, "solid"),
    ]
    bars[0]["hovertext"] = [_told(row, wording) for row in frame.to_dict("records")]
    bars[0]["hoverinfo"] = "text"
    words = note(say("whole year: {target}", target=amount(whole)), x=0, y=whole, xref="paper", xanchor="left",
                 yanchor="bottom", font={"size": 12, "color": MUTED})  # fmt: skip
    low, high = _range(frame, whole)
    return figure([*bars, *lines], height=340, barmode="overlay", shapes=[edge_line(whole, MUTED)],
                  annotations=[words], xaxis=quarter_axis(list(frame["period"])),
                  yaxis={"range": [low, high], "gridcolor": HAIRLINE, "zeroline": True, "zerolinecolor": HAIRLINE,
                         "fixedrange": True, "automargin": True})  # fmt: skip


def _bars(values: "pd.Series[float]", x: list[float], name: str, color: str, ink: str) -> dict[str, Any]:
    texts = ["" if value is None else amount(value) for value in gaps(values)]
    return {"type": "bar", "name": name, "x": x, "y": gaps(values), "width": WIDE, "marker": {"color": color},
            # At the foot of the bars, where no line crosses them.
            "text": texts, "textposition": "inside", "insidetextanchor": "start", "constraintext": "none",
            "textangle": 0, "insidetextfont": {"color": ink}, "cliponaxis": False,
            "hovertemplate": f"%{{y}}<extra>{name}</extra>"}  # fmt: skip


def _line(values: "pd.Series[float]", x: list[int], name: str, color: str, dash: str) -> dict[str, Any]:
    return {"type": "scatter", "mode": "lines+markers", "name": name, "x": x, "y": gaps(values),
            "line": {"color": color, "width": 2.5, "dash": dash}, "marker": {"size": 7},
            "hovertemplate": f"%{{y}}<extra>{name}</extra>"}  # fmt: skip


def _told(row: dict[Any, Any], wording: Wording) -> str:
    said = wording.say("planned: {amount}", amount=amount(row["planned"]))
    if row["planned_set"] != row["planned"]:
        said += "<br>" + wording.say("at first: {amount}", amount=amount(row["planned_set"]))
    if row["missing"]:
        missing = wording.say(
            "parts without a number: {missing} of {parts}", missing=row["missing"], parts=row["parts"]
        )
        said += f"<br>{missing}"
    return said


def _range(frame: pd.DataFrame, whole: float) -> tuple[float, float]:
    drawn = ("planned", "actual", "planned_sum", "actual_sum")
    values = [0.0, whole, *(value for name in drawn for value in frame[name].dropna())]
    room = 0.12 * (max(values) - min(values) or 1.0)
    return min(values) - (room if min(values) < 0 else 0), max(values) + room
