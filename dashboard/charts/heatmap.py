"""Tables of colour: teams by quarter around the sweet spot, and how each team's scores lie."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import (
    ACCENT,
    HIGH,
    LOW,
    MUTED,
    SWEET,
    figure,
    name_axis,
    quarter_axis,
    rule,
    see_through,
)  # fmt: skip
from dashboard.wording import Wording

BINS = 20


def teams_by_quarter(frame: pd.DataFrame, *, wording: Wording, sweet_spot: tuple[float, float]) -> go.Figure:
    """Completion of each team in each quarter; colours diverge around the sweet spot, committed goals stay grey.

    In: team, quarter, completion_rate (0–1), scored, missing, committed_only (flag); rows in the order to show,
    one per team and quarter. Cells without a score stay empty.
    """
    teams, quarters = list(dict.fromkeys(frame["team"])), sorted(set(frame["quarter"]))
    places = [
        {**cell, "x": quarters.index(str(cell["quarter"])), "y": teams.index(str(cell["team"]))}
        for cell in frame[frame["scored"] > 0].to_dict("records")
    ]
    open_cells = [cell for cell in places if not cell["committed_only"]]
    grey_cells = [cell for cell in places if cell["committed_only"]]
    flat = [[0, see_through(MUTED, 0.22)], [1, see_through(MUTED, 0.22)]]
    traces = [_cells(open_cells, diverging(*sweet_spot), wording), _cells(grey_cells, flat, wording), _texts(places)]
    return figure(traces, height=70 + 34 * len(teams), showlegend=False, xaxis=quarter_axis(quarters, side="top"),
                  yaxis=name_axis(teams))  # fmt: skip


def diverging(low: float, high: float) -> list[list[object]]:
    """A colour scale over 0–1: deeper the farther below or above the sweet spot, one calm tone within."""
    edge = 1e-6
    return [[0, see_through(LOW, 0.95)], [low - edge, see_through(LOW, 0.12)],
            [low - edge / 2, see_through(SWEET, 0.32)], [high + edge / 2, see_through(SWEET, 0.32)],
            [high + edge, see_through(HIGH, 0.12)], [1, see_through(HIGH, 0.95)]]  # fmt: skip


def scores_by_team(frame: pd.DataFrame, *, wording: Wording, sweet_spot: tuple[float, float]) -> go.Figure:
    """Where each team's scores lie: one row per team, deeper where more of its goals ended.

    In: team, bin (0–19, each 0.05 wide, the last closed), goals, share (0–1 of the team's scored goals); in order.
    """
    teams = list(dict.fromkeys(frame["team"]))
    cells = {
        "type": "heatmap", "x": [(number + 0.5) / BINS for number in frame["bin"]],
        "y": [teams.index(team) for team in frame["team"]], "z": [float(share) for share in frame["share"]],
        "zmin": 0, "zmax": 0.5, "colorscale": [[0, see_through(ACCENT, 0.10)], [1, see_through(ACCENT, 1.0)]],
        "showscale": False, "ygap": 3, "xgap": 1, "hoverinfo": "text", "hovertext": _goals(frame, wording),
    }  # fmt: skip
    ticks = {"range": [0, 1], "tickformat": ".0%", "dtick": 0.2, "showgrid": False, "zeroline": False, "side": "top",
             "fixedrange": True}  # fmt: skip
    edges = [rule(edge, SWEET, axis="x", dash="solid") | {"layer": "above"} for edge in sweet_spot]
    return figure([cells], height=60 + 30 * len(teams), shapes=edges, xaxis=ticks, yaxis=name_axis(teams))


def _cells(cells: list[dict[Any, Any]], scale: list[list[object]], wording: Wording) -> dict[str, Any]:
    return {
        "type": "heatmap", "x": [cell["x"] for cell in cells], "y": [cell["y"] for cell in cells],
        "z": [float(cell["completion_rate"]) for cell in cells], "zmin": 0, "zmax": 1, "colorscale": scale,
        "showscale": False, "xgap": 2, "ygap": 2, "hoverinfo": "text",
        "hovertext": [_told(cell, wording) for cell in cells],
    }  # fmt: skip


def _texts(cells: list[dict[Any, Any]]) -> dict[str, Any]:
    # A trace of text takes the page's own colour of text, light or dark; a heat map's text guesses at it.
    return {
        "type": "scatter", "mode": "text", "x": [cell["x"] for cell in cells], "y": [cell["y"] for cell in cells],
        "text": [f"{round(100 * cell['completion_rate'])}" for cell in cells], "textfont": {"size": 12},
        "hoverinfo": "skip",
    }  # fmt: skip


def _told(cell: dict[Any, Any], wording: Wording) -> str:
    basis = wording.say("{scored} scored, {missing} missing", scored=cell["scored"], missing=cell["missing"])
    kind = f"<br>{wording.say('committed goals only')}" if cell["committed_only"] else ""
    return f"{cell['quarter']} · {wording.percent(cell['completion_rate'])}<br>{basis}{kind}"


def _goals(frame: pd.DataFrame, wording: Wording) -> list[str]:
    return [
        f"{number * 5}–{number * 5 + 5}%<br>{wording.say_plural('{count} goal', '{count} goals', int(goals))}"
        for number, goals in zip(frame["bin"], frame["goals"], strict=True)
    ]
