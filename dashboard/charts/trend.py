"""Lines over quarters: completion against where it should lie, and own level against below."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import (
    ACCENT,
    HIGH,
    MUTED,
    SWEET,
    band,
    edge_line,
    figure,
    gaps,
    note,
    percent_axis,
    quarter_axis,
)
from dashboard.wording import Wording


def completion(
    frame: pd.DataFrame,
    *,
    wording: Wording,
    sweet_spot: tuple[float, float] | None,
    aim: float | None = None,
) -> go.Figure:
    """Average completion by quarter, with the sweet spot's band or the aim's line where one applies.

    In: quarter, completion_rate (0–1, gaps where missing), scored, missing; one row per quarter in order.
    """
    quarters = list(frame["quarter"])
    shapes = [band(*sweet_spot, SWEET)] if sweet_spot else []
    shapes += [edge_line(aim, MUTED)] if aim is not None else []
    rates = frame["completion_rate"]
    line = _line(frame, "completion_rate", ACCENT, hover=_basis(frame, wording))
    # Above the line, but under it where the aim's line runs above.
    notes = _ends(rates, rates if aim is None else rates + 1, ACCENT, wording)
    return figure([line], height=230, shapes=shapes, annotations=notes, showlegend=False, xaxis=quarter_axis(quarters),
                  yaxis=percent_axis(0, 1.1, tickvals=[0, 0.25, 0.5, 0.75, 1], showgrid=False))  # fmt: skip


def own_and_below(frame: pd.DataFrame, *, wording: Wording, own: str, below: str) -> go.Figure:
    """The team's own goals and everything below it, by quarter, each line named at its end.

    In: quarter, own_completion_rate, below_completion_rate (0–1), own_scored, below_scored; in order.
    """
    sides = (("own", own, ACCENT), ("below", below, MUTED))
    traces, notes = [], []
    ends = frame[["own_completion_rate", "below_completion_rate"]]
    for side, name, color in sides:
        rates = frame[f"{side}_completion_rate"]
        hover = [wording.say_plural("{count} goal", "{count} goals", int(n)) for n in frame[f"{side}_scored"]]
        traces.append(_line(frame, f"{side}_completion_rate", color, hover=hover, name=name, width=3))
        notes += _ends(rates, ends.max(axis=1), color, wording)
    return figure(traces, height=300, annotations=notes, xaxis=quarter_axis(list(frame["quarter"])),
                  yaxis=percent_axis(0, 1.02, tickvals=[0, 0.25, 0.5, 0.75, 1], showgrid=False))  # fmt: skip


def near_excellent(frame: pd.DataFrame, *, wording: Wording, ceiling: float) -> go.Figure:
    """The share of goals near 优 by quarter as bars, against the ceiling.

    In: quarter, too_high_rate (0–1), too_high, n; in order.
    """
    above = frame["too_high_rate"] > ceiling
    top = max(0.5, float(frame["too_high_rate"].max() or 0) + 0.12, ceiling + 0.1)
    # A number outside a bar just under the ceiling would be struck through by its line.
    struck = frame["too_high_rate"].between(ceiling - 0.12 * top, ceiling)
    bars = {
        "type": "bar", "x": list(range(len(frame))), "y": gaps(frame["too_high_rate"]), "width": 0.6,
        "marker": {"color": [HIGH if over else ACCENT for over in above]},
        "text": [wording.percent(rate, high=ceiling) for rate in frame["too_high_rate"]],
        "textposition": ["inside" if under else "outside" for under in struck], "insidetextfont": {"color": "white"},
        "textangle": 0,
        "cliponaxis": False, "hovertext": _shares(frame, wording), "hoverinfo": "text",
    }  # fmt: skip
    words = wording.say("ceiling<br>{share}", share=wording.percent(ceiling))
    beside = {"xref": "paper", "xanchor": "left", "align": "left", "font": {"color": HIGH, "size": 12}}
    return figure(
        [bars],
        height=250,
        margin={"l": 8, "r": 64, "t": 12, "b": 8},
        shapes=[{**edge_line(ceiling, HIGH), "layer": "above"}],
        annotations=[note(words, x=1, y=ceiling, **beside)],
        showlegend=False,
        xaxis=quarter_axis(list(frame["quarter"])),
        yaxis=percent_axis(0, top, nticks=5, showgrid=False),
    )


def by_week(frame: pd.DataFrame, *, wording: Wording) -> go.Figure:
    """Average completion at the end of each week, one line per quarter, the last quarter in front.

    In: quarter, week (from 1), completion_rate (0–1), scored; by quarter, then week.
    """
    quarters = list(dict.fromkeys(frame["quarter"]))
    faded = ("#b3bac2", MUTED, "#6d7884", "#9a86b8")
    colors = [ACCENT if quarter == quarters[-1] else faded[place % 4] for place, quarter in enumerate(quarters)]
    traces = [
        _week_line(frame[frame["quarter"] == quarter], quarter, color, wording, latest=quarter == quarters[-1])
        for quarter, color in zip(quarters, colors, strict=True)
    ]
    last = int(frame["week"].max()) if len(frame) else 1
    weeks = {"title": {"text": wording.say("week of the quarter")}, "range": [0.6, last + 0.6], "dtick": 1,
             "fixedrange": True, "showgrid": False, "zeroline": False, "automargin": True}  # fmt: skip
    return figure(traces, height=320, xaxis=weeks,
                  yaxis=percent_axis(0, 1.02, tickvals=[0, 0.25, 0.5, 0.75, 1]))  # fmt: skip


def _week_line(rows: pd.DataFrame, quarter: str, color: str, wording: Wording, *, latest: bool) -> dict[str, Any]:
    hover = [f"{quarter} · {wording.percent(rate)}" for rate in rows["completion_rate"]]
    return {
        "type": "scatter", "mode": "lines+markers", "name": quarter, "x": [int(week) for week in rows["week"]],
        "y": gaps(rows["completion_rate"]), "line": {"color": color, "width": 3.5 if latest else 2},
        "marker": {"size": 7 if latest else 4}, "hovertext": hover, "hoverinfo": "text",
    }  # fmt: skip


def _line(
    frame: pd.DataFrame, column: str, color: str, *, hover: list[str], name: str = "", width: float = 2.5
) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines+markers", "name": name, "x": list(range(len(frame))),
        "y": gaps(frame[column]), "line": {"color": color, "width": width}, "marker": {"size": 7, "color": color},
        "hovertext": [f"{quarter} · {rate:.0%}<br>{words}" for quarter, rate, words in
                      zip(frame["quarter"], frame[column], hover, strict=True)], "hoverinfo": "text",
    }  # fmt: skip


def _ends(rates: "pd.Series[float]", upper: "pd.Series[float]", color: str, wording: Wording) -> list[dict[str, Any]]:
    """The line's first and last value, above the upper line and below the lower one."""
    known = [place for place, rate in enumerate(rates) if pd.notna(rate)]
    return [
        note(f"<b>{wording.percent(rates.iloc[place])}</b>", x=place, y=float(rates.iloc[place]),
             yshift=14 if rates.iloc[place] >= upper.iloc[place] else -14, font={"color": color, "size": 14})
        for place in dict.fromkeys(known[:1] + known[-1:])
    ]  # fmt: skip


def _basis(frame: pd.DataFrame, wording: Wording) -> list[str]:
    return [
        wording.say("{scored} scored, {missing} missing", scored=scored, missing=missing)
        for scored, missing in zip(frame["scored"], frame["missing"], strict=True)
    ]


def _shares(frame: pd.DataFrame, wording: Wording) -> list[str]:
    return [
        wording.say("{quarter}: {count} of {total} goals", quarter=quarter, count=count, total=total)
        for quarter, count, total in zip(frame["quarter"], frame["too_high"], frame["n"], strict=True)
    ]
