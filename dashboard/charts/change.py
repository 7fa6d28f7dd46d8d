"""Changes: from quarter to quarter, all teams beside the same teams; and team by team across quarters."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import (
    ACCENT,
    HAIRLINE,
    MUTED,
    figure,
    gaps,
    name_axis,
    percent_axis,
    quarter_axis,
)
from dashboard.wording import Wording


def all_and_same(frame: pd.DataFrame, *, wording: Wording) -> go.Figure:
    """The change of average completion from the quarter before, over all teams and over the same teams.

    In: quarter, change, same_change (differences of shares; missing where there is nothing to compare); in order.
    """
    bars = [
        _bars(frame, "change", wording.say("all teams"), MUTED, wording),
        _bars(frame, "same_change", wording.say("same teams (like for like)"), ACCENT, wording),
    ]
    reach = max(0.06, float(frame[["change", "same_change"]].abs().max().max() or 0) * 1.35)
    axis = {"range": [-reach, reach], "showticklabels": False, "showgrid": False, "zeroline": True,
            "zerolinecolor": HAIRLINE, "zerolinewidth": 2, "fixedrange": True}  # fmt: skip
    return figure(bars, height=270, barmode="group", bargap=0.35, bargroupgap=0.08,
                  xaxis=quarter_axis(list(frame["quarter"])), yaxis=axis)  # fmt: skip


def teams_across(frame: pd.DataFrame, *, wording: Wording) -> go.Figure:
    """Each team's average completion in the compared quarters, as dots on one line, the last quarter filled.

    In: team, quarter, completion_rate (0–1), scored; rows in the order to show.
    """
    teams, quarters = list(dict.fromkeys(frame["team"])), list(dict.fromkeys(frame["quarter"]))
    spans = [_span(frame[frame["team"] == team], place) for place, team in enumerate(teams)]
    dots = [
        _dots(frame[frame["quarter"] == quarter], teams, quarter, wording, place=place, last=len(quarters) - 1)
        for place, quarter in enumerate(quarters)
    ]
    left = max(0.0, float(frame["completion_rate"].min()) - 0.1) // 0.1 / 10 if frame["scored"].any() else 0.0
    return figure([*spans, *dots], height=110 + 38 * len(teams), margin={"l": 8, "r": 20, "t": 40, "b": 8},
                  xaxis=percent_axis(left - 0.01, 1.02, side="top", dtick=0.1),
                  yaxis=name_axis(teams),
                  legend={"orientation": "h", "x": 0, "y": -0.02, "yanchor": "top"})  # fmt: skip


def _bars(frame: pd.DataFrame, column: str, name: str, color: str, wording: Wording) -> dict[str, Any]:
    signed = ["" if pd.isna(change) else f"{round(100 * change):+d}" for change in frame[column]]
    signed = ["0" if text in {"+0", "-0"} else text.replace("-", "−") for text in signed]
    return {
        "type": "bar", "name": name, "x": list(range(len(frame))), "y": gaps(frame[column]), "marker": {"color": color},
        "text": signed, "textposition": "outside", "cliponaxis": False, "textangle": 0, "hoverinfo": "text",
        "hovertext": [f"{name}: {wording.points(change)}" for change in frame[column]],
    }  # fmt: skip


def _span(rows: pd.DataFrame, place: int) -> dict[str, Any]:
    known = rows["completion_rate"].dropna()
    ends = [float(known.min()), float(known.max())] if len(known) else []
    return {"type": "scatter", "mode": "lines", "x": ends, "y": [place] * len(ends), "showlegend": False,
            "line": {"color": HAIRLINE, "width": 5}, "hoverinfo": "skip"}  # fmt: skip


def _dots(
    rows: pd.DataFrame, teams: list[str], quarter: str, wording: Wording, *, place: int, last: int
) -> dict[str, Any]:
    known = rows[rows["completion_rate"].notna()]
    hover = [
        f"{quarter} · {wording.percent(rate)}<br>{wording.say_plural('{count} goal', '{count} goals', int(scored))}"
        for rate, scored in zip(known["completion_rate"], known["scored"], strict=True)
    ]
    hollow = {"color": "rgba(0,0,0,0)", "size": 10, "symbol": place % 4, "line": {"color": MUTED, "width": 2}}
    filled = {"color": ACCENT, "size": 12, "symbol": 0}
    return {"type": "scatter", "mode": "markers", "name": quarter, "x": gaps(known["completion_rate"]),
            "y": [teams.index(team) for team in known["team"]], "marker": filled if place == last else hollow,
            "cliponaxis": False, "hovertext": hover, "hoverinfo": "text"}  # fmt: skip
