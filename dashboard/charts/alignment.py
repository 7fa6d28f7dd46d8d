"""Alignment: coverage as cells, rungs as lines, two flows as bars, who serves whom as a table of colour."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import (
    ACCENT,
    HAIRLINE,
    LINES,
    MUTED,
    SWEET,
    edge_line,
    escaped,
    figure,
    gaps,
    name_axis,
    note,
    percent_axis,
    quarter_axis,
    see_through,
)
from dashboard.wording import Count, Wording

ROOM_ON_TOP = {"l": 8, "r": 24, "t": 56, "b": 8}
CLOSE = 0.15
PALE = [[0, see_through(ACCENT, 0.06)], [1, see_through(ACCENT, 0.62)]]


def cells(frame: pd.DataFrame, *, ink: str) -> go.Figure:
    """Shares by row and quarter, deeper where they are larger; no colour says better, for 100 % is no ideal.

    In: row (the name), quarter, share (0–1), text (in the cell), hover; rows in the order to show.
    """
    rows, quarters = list(dict.fromkeys(frame["row"])), sorted(set(frame["quarter"]))
    numbers: list[list[float | None]] = [[None] * len(quarters) for _ in rows]
    words = [[""] * len(quarters) for _ in rows]
    for cell in frame.dropna(subset=["share"]).to_dict("records"):
        y, x = rows.index(cell["row"]), quarters.index(cell["quarter"])
        numbers[y][x], words[y][x] = float(cell["share"]), cell["hover"]
    traces: list[dict[str, Any]] = [
        {"type": "heatmap", "z": numbers, "hovertext": words, "hoverinfo": "text", "hoverongaps": False, "zmin": 0,
         "zmax": 1, "colorscale": PALE, "showscale": False, "xgap": 2, "ygap": 2},
        {"type": "scatter", "mode": "text", "x": [quarters.index(quarter) for quarter in frame["quarter"]],
         "y": [rows.index(row) for row in frame["row"]], "text": list(frame["text"]), "hoverinfo": "skip",
         "textfont": {"size": 12, "color": ink}},
    ]  # fmt: skip
    return figure(traces, height=84 + 36 * len(rows), margin=ROOM_ON_TOP, showlegend=False,
                  xaxis=quarter_axis(quarters, side="top"), yaxis=name_axis(rows))  # fmt: skip


def lines(frame: pd.DataFrame) -> go.Figure:
    """A line of shares for each name over the quarters, its last value beside it.

    In: quarter, name, share (0–1, gaps where missing), hover; names in the order of the legend.
    """
    names, quarters = list(dict.fromkeys(frame["name"])), sorted(set(frame["quarter"]))
    traces, notes = list[dict[str, Any]](), list[dict[str, Any]]()
    for name, color in zip(names, LINES, strict=False):
        rows = frame[frame["name"] == name].set_index("quarter").reindex(quarters)
        traces.append(
            {"type": "scatter", "mode": "lines+markers", "name": name, "x": list(range(len(quarters))),
             "y": gaps(rows["share"]), "line": {"color": color, "width": 3}, "marker": {"size": 7, "color": color},
             "hovertext": list(rows["hover"].fillna("")), "hoverinfo": "text"}
        )  # fmt: skip
        notes += _end(rows["share"].reset_index(drop=True), color, frame.drop_duplicates("name", keep="last")["share"])
    return figure(traces, height=300, annotations=notes, xaxis=quarter_axis(quarters),
                  yaxis=percent_axis(-0.03, 1.06, tickvals=[0, 0.25, 0.5, 0.75, 1], showgrid=False))  # fmt: skip


def flows(frame: pd.DataFrame, *, wording: Wording, ink: str) -> go.Figure:
    """Where the goals of each unit lead: to the company's, only to their own leadership's, or to neither.

    In: team (the unit's label), anchored, within_only, loose (counts), should_align; in the order to show.
    """
    parts = (("anchored", wording.say("to a goal of the company"), ACCENT),
             ("within_only", wording.say("only to their own leadership's"), SWEET),
             ("loose", wording.say("to neither"), see_through(MUTED, 0.45)))  # fmt: skip
    bars = [_bars(frame, column, name, color, ink) for column, name, color in parts]
    legend = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"}
    return figure(bars, height=120 + 48 * len(frame), barmode="stack", bargap=0.35, xaxis=percent_axis(0, 1.005),
                  yaxis=name_axis(list(frame["team"]), 22), legend=legend)  # fmt: skip


def serving(frame: pd.DataFrame, *, wording: Wording, ink: str) -> go.Figure:
    """How many links lead from the goals of each team (rows) to those of each other (columns).

    In: serving, served (names), links, supports, place (where to show the served team); rows in the order to show.
    """
    froms, tos = list(dict.fromkeys(frame["serving"])), list(dict.fromkeys(frame.sort_values("place")["served"]))
    numbers: list[list[float | None]] = [[None] * len(tos) for _ in froms]
    words = [[""] * len(tos) for _ in froms]
    for cell in frame.to_dict("records"):
        y, x = froms.index(cell["serving"]), tos.index(cell["served"])
        numbers[y][x], words[y][x] = cell["links"], _served(cell, wording)
    traces: list[dict[str, Any]] = [
        {"type": "heatmap", "z": numbers, "hovertext": words, "hoverinfo": "text", "hoverongaps": False, "zmin": 0,
         "zmax": max(3, int(frame["links"].max())), "colorscale": PALE, "showscale": False, "xgap": 2, "ygap": 2},
        {"type": "scatter", "mode": "text", "x": [tos.index(name) for name in frame["served"]],
         "y": [froms.index(name) for name in frame["serving"]], "text": [f"{Count(count)}" for count in frame["links"]],
         "hoverinfo": "skip", "textfont": {"size": 12, "color": ink}},
    ]  # fmt: skip
    ends = {"tickmode": "array", "tickvals": list(range(len(tos))), "ticktext": [escaped(name) for name in tos],
            "side": "top", "range": [-0.5, len(tos) - 0.5], "automargin": True, "tickangle": -90, "zeroline": False,
            "gridcolor": HAIRLINE, "fixedrange": True}  # fmt: skip
    axis = name_axis(froms, showgrid=True, gridcolor=HAIRLINE)
    return figure(traces, height=210 + 36 * len(froms), showlegend=False, xaxis=ends, yaxis=axis)


def bottom_up(frame: pd.DataFrame, *, wording: Wording, ink: str, asked: float) -> go.Figure:
    """The share of goals that came bottom-up, by quarter, against the share the policy asks for.

    In: quarter, bottom_up_share (0–1, gaps where missing), bottom_up, origin_known; in order.
    """
    shares = frame["bottom_up_share"]
    bars = {
        "type": "bar", "x": list(range(len(frame))), "y": gaps(shares), "marker": {"color": see_through(ACCENT, 0.6)},
        "textfont": {"color": ink},
        "text": [wording.percent(share, asked, 1.0) if pd.notna(share) else "" for share in shares],
        "textposition": "inside", "insidetextanchor": "start", "textangle": 0, "hoverinfo": "text",
        "hovertext": [f"{quarter}: {Count(count)} / {Count(known)}" for quarter, count, known in
                      zip(frame["quarter"], frame["bottom_up"], frame["origin_known"], strict=True)],
    }  # fmt: skip
    line = edge_line(asked, MUTED) | {"layer": "above"}
    words = note(wording.say("asked for: {share}", share=wording.percent(asked)), x=1, xref="paper", y=asked,
                 xanchor="right", yshift=10)  # fmt: skip
    return figure([bars], height=230, bargap=0.35, showlegend=False, shapes=[line], annotations=[words],
                  xaxis=quarter_axis(list(frame["quarter"])),
                  yaxis=percent_axis(0, 1.02, tickvals=[0, 0.5, 1], showgrid=False))  # fmt: skip


def _end(shares: "pd.Series[float]", color: str, others: "pd.Series[float]") -> list[dict[str, Any]]:
    """The line's last value, below it where another line ends close above."""
    known = [place for place, share in enumerate(shares) if pd.notna(share)]
    if not known:
        return []
    share = float(shares.iloc[known[-1]])
    above = others[others > share]
    shift = -14 if len(above) and above.min() - share < CLOSE else 14
    return [note(f"<b>{share:.0%}</b>", x=known[-1], y=share, yshift=shift, font={"color": color, "size": 13})]


def _bars(frame: pd.DataFrame, column: str, name: str, color: str, ink: str) -> dict[str, Any]:
    counts, wholes = frame[column], frame["should_align"]
    return {
        "type": "bar", "orientation": "h", "name": name, "x": gaps(counts / wholes), "y": list(range(len(frame))),
        "marker": {"color": color}, "text": [f"{Count(count)}" if count else "" for count in counts],
        "textposition": "inside", "insidetextanchor": "middle", "textangle": 0, "textfont": {"color": ink},
        "hoverinfo": "text",
        "hovertext": [f"{escaped(str(team))}<br>{name}: {Count(count)} / {Count(whole)}" for team, count, whole in
                      zip(frame["team"], counts, wholes, strict=True)],
    }  # fmt: skip


def _served(cell: dict[Any, Any], wording: Wording) -> str:
    names = {end: escaped(cell[end]) for end in ("serving", "served")}
    count = wording.say_plural("{count} link", "{count} links", int(cell["links"]))
    stated = wording.say("{count} stated as support", count=int(cell["supports"])) if cell["supports"] else ""
    return "<br>".join(filter(None, [f"{names['serving']} → {names['served']}", count, stated]))
