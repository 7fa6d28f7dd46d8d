"""Could the goals have been hard: how scores lie across the bands, and teams with their intervals."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import (
    ACCENT,
    HAIRLINE,
    HIGH,
    LOW,
    MUTED,
    SWEET,
    edge_line,
    escaped,
    figure,
    name_axis,
    note,
    percent_axis,
    quarter_axis,
)
from dashboard.wording import BANDS, Count, Wording

PALE = "#93a3d6"


def distribution(frame: pd.DataFrame, *, wording: Wording, bounds: dict[str, float]) -> go.Figure:
    """Goals per tenth of the score, the others in colour below the committed ones in grey, with the bands named above.

    In: bin (0–9, each 0.1 wide, the last closed), eligible, committed (counts); ten rows in order.
    `bounds`: the bands' names with their lower bounds, falling, `poor` being 0.
    """
    middle = [number / 10 + 0.05 for number in frame["bin"]]
    bars = [
        _bars(middle, frame["eligible"], wording.say("not committed"), [_tone(place, bounds) for place in middle]),
        _bars(middle, frame["committed"], wording.say("committed"), MUTED),
    ]
    top = max(1, int((frame["eligible"] + frame["committed"]).max()))
    edges = [edge_line(bound, HAIRLINE, axis="x", dash="solid") for bound in bounds.values() if bound > 0]
    return figure(bars, height=300, barmode="stack", bargap=0.06, showlegend=False, shapes=edges,
                  annotations=_band_names(bounds, wording), xaxis=_score_axis(),
                  yaxis={"range": [0, top * 1.18], "gridcolor": HAIRLINE, "zeroline": False, "fixedrange": True,
                         "automargin": True, **({"nticks": 5} if top > 5 else {"dtick": 1})})  # fmt: skip


def intervals(frame: pd.DataFrame, *, wording: Wording, overall: float) -> go.Figure:
    """Each team's share near 优 as estimated, with its interval, against the share of all.

    In: team (the label to show), too_high, n, too_high_rate, shrunk_rate, low, high (0–1), flagged, named;
    rows in the order to show. The hollow mark is the plain share, the filled one the estimate.
    """
    colors = [HIGH if row.flagged else ACCENT if row.named else MUTED for row in frame.itertuples(index=False)]
    places = list(range(len(frame)))
    traces = [_interval(row, place, colors[place]) for place, row in enumerate(frame.itertuples(index=False))]
    hover = _hover(frame, wording)
    plain = {"color": "rgba(0,0,0,0)", "size": 9, "line": {"color": colors, "width": 1.5}}
    traces.append(_marks(frame["too_high_rate"], places, plain, hover))
    traces.append(_marks(frame["shrunk_rate"], places, {"color": colors, "size": 11}, hover))
    words = wording.say("all: {share}", share=wording.percent(overall))
    return figure(traces, height=80 + 40 * len(frame), showlegend=False, shapes=[edge_line(overall, MUTED, axis="x")],
                  annotations=[note(words, x=overall, y=-0.8, xanchor="left", xshift=4)],
                  xaxis=percent_axis(-0.01, 1.01, tickvals=[0, 0.25, 0.5, 0.75, 1]),
                  yaxis=name_axis(list(frame["team"]), 22, range=[len(frame) - 0.5, -1.2]))  # fmt: skip


def low_ends(frame: pd.DataFrame, *, wording: Wording, bounds: tuple[float, float]) -> go.Figure:
    """The shares of goals below the two bounds by quarter, the lower part of each bar being far below.

    In: quarter, objectives, reconsider, too_low (counts), too_low_rate, reconsider_rate (0–1); in order.
    `bounds`: the upper and the lower bound.
    """
    upper, lower = (wording.percent(bound) for bound in bounds)
    names = (wording.say("below {bound}", bound=lower),
             wording.say("{low} to {high}", low=lower, high=upper))  # fmt: skip
    between = frame["reconsider_rate"] - frame["too_low_rate"]
    counts = (frame["too_low"], frame["reconsider"] - frame["too_low"])
    bars = [
        _stacked(rates, number, frame["objectives"], name, color)
        for rates, number, name, color in zip((frame["too_low_rate"], between), counts, names, (LOW, PALE), strict=True)
    ]
    top = max(0.1, float(frame["reconsider_rate"].max()))
    return figure(bars, height=240, barmode="stack", bargap=0.5, xaxis=quarter_axis(list(frame["quarter"])),
                  yaxis=percent_axis(0, top * 1.15, nticks=5))  # fmt: skip


def _stacked(
    rates: "pd.Series[float]", counts: "pd.Series[int]", totals: "pd.Series[int]", name: str, color: str
) -> dict[str, Any]:
    told = [f"{Count(count)} / {Count(total)}" for count, total in zip(counts, totals, strict=True)]
    return {"type": "bar", "name": name, "x": list(range(len(rates))), "y": [float(rate) for rate in rates],
            "marker": {"color": color}, "customdata": told,
            "hovertemplate": f"%{{y:.0%}} (%{{customdata}})<extra>{escaped(name)}</extra>"}  # fmt: skip


def _interval(row: Any, place: int, color: str) -> dict[str, Any]:
    return {"type": "scatter", "mode": "lines", "x": [float(row.low), float(row.high)], "y": [place, place],
            "line": {"color": color, "width": 3}, "opacity": 0.55, "hoverinfo": "skip"}  # fmt: skip


def _marks(values: "pd.Series[float]", places: list[int], marker: dict[str, Any], hover: list[str]) -> dict[str, Any]:
    return {"type": "scatter", "mode": "markers", "x": [float(value) for value in values], "y": places,
            "marker": marker, "hovertext": hover, "hoverinfo": "text", "cliponaxis": False}  # fmt: skip


def _hover(frame: pd.DataFrame, wording: Wording) -> list[str]:
    shares = {"rate": "shrunk_rate", "low": "low", "high": "high"}
    return [
        wording.say("{count} of {total} near excellent; estimate {rate}, between {low} and {high}",
                    count=row["too_high"],
                    total=row["n"], **{name: wording.percent(row[key]) for name, key in shares.items()})
        for row in frame.to_dict("records")
    ]  # fmt: skip


def _bars(middle: list[float], counts: "pd.Series[int]", name: str, color: str | list[str]) -> dict[str, Any]:
    return {"type": "bar", "name": name, "x": middle, "y": [int(count) for count in counts], "width": 0.094,
            "marker": {"color": color}, "hovertemplate": f"%{{y}}<extra>{name}</extra>"}  # fmt: skip


def _tone(score: float, bounds: dict[str, float]) -> str:
    if score >= bounds["excellent"]:
        return HIGH
    if score >= bounds["good"]:
        return "#d8b078"
    return SWEET if score >= bounds["medium"] else PALE if score >= bounds["fair"] else LOW


def _score_axis() -> dict[str, Any]:
    return {"range": [-0.005, 1.005], "tickformat": ".0%", "dtick": 0.1, "showgrid": False, "zeroline": False,
            "fixedrange": True, "tickangle": 0, "tickfont": {"size": 11}}  # fmt: skip


def _band_names(bounds: dict[str, float], wording: Wording) -> list[dict[str, Any]]:
    lows = list(bounds.values())
    highs = [1.0, *lows[:-1]]
    return [
        note(wording.say(BANDS[name]), x=(low + high) / 2, y=1, yref="paper", yanchor="top", font={"size": 11})
        for (name, low), high in zip(bounds.items(), highs, strict=True)
    ]
