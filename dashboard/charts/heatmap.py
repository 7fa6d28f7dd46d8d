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
    edge_line,
    figure,
    name_axis,
    quarter_axis,
    see_through,
)
from dashboard.wording import Wording

BINS = 20
# Ticks on top need the room even over a single row, where Plotly's own margin stays too small.
BELOW_TICKS = {"l": 8, "r": 24, "t": 56, "b": 8}


def teams_by_quarter(frame: pd.DataFrame, *, wording: Wording, ink: str, sweet_spot: tuple[float, float]) -> go.Figure:
    """Completion of each team in each quarter; colours diverge around the sweet spot, committed goals stay grey.

    In: team, quarter, completion_rate (0–1), scored, missing, committed_only (flag); rows in the order to show,
    one per team and quarter. Cells without a score stay empty.
    """
    teams, quarters = list(dict.fromkeys(frame["team"])), sorted(set(frame["quarter"]))
    known = frame[frame["scored"] > 0]
    flat = [[0, see_through(MUTED, 0.25)], [1, see_through(MUTED, 0.25)]]
    traces = [
        _cells(known[~known["committed_only"]], teams, quarters, diverging(*sweet_spot), wording),
        _cells(known[known["committed_only"]], teams, quarters, flat, wording),
        _texts(known, teams, quarters, ink, [wording.percent(rate, *sweet_spot) for rate in known["completion_rate"]]),
    ]
    return figure(
        traces,
        height=84 + 38 * len(teams),
        margin=BELOW_TICKS,
        showlegend=False,
        xaxis=quarter_axis(quarters, side="top"),
        yaxis=name_axis(teams),
    )


def diverging(low: float, high: float) -> list[list[object]]:
    """A colour scale over 0–1: deeper the farther below or above the sweet spot, one calm tone within."""
    edge = 5e-7
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
    edges = [edge_line(edge, SWEET, axis="x", dash="solid") | {"layer": "above"} for edge in sweet_spot]
    return figure(
        [cells], height=84 + 34 * len(teams), margin=BELOW_TICKS, shapes=edges, xaxis=ticks, yaxis=name_axis(teams)
    )


def _cells(
    rows: pd.DataFrame, teams: list[str], quarters: list[str], scale: list[list[object]], wording: Wording
) -> dict[str, Any]:
    """The whole grid, empty where these rows say nothing: a grid of one row would be drawn too high."""
    numbers: list[list[float | None]] = [[None] * len(quarters) for _ in teams]
    words = [[""] * len(quarters) for _ in teams]
    for cell in rows.to_dict("records"):
        y, x = teams.index(cell["team"]), quarters.index(cell["quarter"])
        numbers[y][x], words[y][x] = round(float(cell["completion_rate"]), 6), _told(cell, wording)
    return {"type": "heatmap", "z": numbers, "hovertext": words, "hoverinfo": "text", "hoverongaps": False,
            "zmin": 0, "zmax": 1, "colorscale": scale, "showscale": False, "xgap": 2, "ygap": 2}  # fmt: skip


def _texts(rows: pd.DataFrame, teams: list[str], quarters: list[str], ink: str, percents: list[str]) -> dict[str, Any]:
    # In one ink on all cells: what Plotly picks for itself overlooks that the cells are transparent.
    return {
        "type": "scatter", "mode": "text", "x": [quarters.index(quarter) for quarter in rows["quarter"]],
        "y": [teams.index(team) for team in rows["team"]], "textfont": {"size": 12, "color": ink},
        "text": [percent.rstrip("%") for percent in percents], "hoverinfo": "skip",
    }  # fmt: skip


def _told(cell: dict[Any, Any], wording: Wording) -> str:
    basis = wording.say("{scored} scored, {missing} missing", scored=cell["scored"], missing=cell["missing"])
    kind = f"<br>{wording.say('committed goals only')}" if cell["committed_only"] else ""
    return f"{cell['quarter']} · {100 * cell['completion_rate']:.1f}%<br>{basis}{kind}"


def _goals(frame: pd.DataFrame, wording: Wording) -> list[str]:
    return [
        f"{number * 5}–{number * 5 + 5}%<br>{wording.say_plural('{count} goal', '{count} goals', int(goals))}"
        for number, goals in zip(frame["bin"], frame["goals"], strict=True)
    ]
