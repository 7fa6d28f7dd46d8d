"""Confidence week by week, what it was worth, and recorded scores against what the data give."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import ACCENT, HAIRLINE, MUTED, figure, gaps, note, percent_axis, quarter_axis
from dashboard.wording import Count, Wording

TICKS = [0, 0.25, 0.5, 0.75, 1]
SIDES = {"above": (1, ACCENT), "below": (-1, MUTED)}


def by_week(frame: pd.DataFrame, *, wording: Wording, weeks: int) -> go.Figure:
    """The mean of the last stated confidence at the end of each week, over as many weeks as the quarter has.

    In: week (from 1), mean_confidence (0–1, missing while none is stated), stated, key_results.
    """
    hover = [
        wording.say("Week {week}: {mean} over {stated} of {total} key results", week=row["week"],
                    mean=wording.percent(row["mean_confidence"]), stated=row["stated"], total=row["key_results"])
        for row in frame.to_dict("records")
    ]  # fmt: skip
    line = {
        "type": "scatter", "mode": "lines+markers", "x": [int(week) for week in frame["week"]],
        "y": gaps(frame["mean_confidence"]), "line": {"color": ACCENT, "width": 2.5}, "hovertext": hover,
        "hoverinfo": "text", "marker": {"size": 7, "color": ACCENT}, "cliponaxis": False,
    }  # fmt: skip
    axis = {"range": [0.5, weeks + 0.5], "dtick": 1, "title": {"text": wording.say("week of the quarter")},
            "fixedrange": True, "showgrid": False, "zeroline": False, "automargin": True}  # fmt: skip
    return figure([line], height=240, annotations=_ends(frame, wording), showlegend=False, xaxis=axis,
                  yaxis=percent_axis(0, 1.05, tickvals=TICKS))  # fmt: skip


def calibration(frame: pd.DataFrame, *, wording: Wording) -> go.Figure:
    """What came against what was said, a mark per tenth of confidence, larger for more statements; dashed: as said.

    In: mean_confidence, mean_score, attained_share (0–1), forecasts; rows with statements only.
    """
    hover = [
        wording.say("said {said}, came {came}; {attained} attained; {count} statements",
                    said=wording.percent(row["mean_confidence"]), came=wording.percent(row["mean_score"]),
                    attained=wording.percent(row["attained_share"]), count=row["forecasts"])
        for row in frame.to_dict("records")
    ]  # fmt: skip
    most = max(1, int(frame["forecasts"].max() or 1)) if len(frame) else 1
    sizes = [8 + 18 * (count / most) ** 0.5 for count in frame["forecasts"]]
    as_said = {"type": "scatter", "mode": "lines", "x": [0, 1], "y": [0, 1], "hoverinfo": "skip",
               "line": {"color": MUTED, "width": 1.5, "dash": "dash"}}  # fmt: skip
    marks = {"type": "scatter", "mode": "lines+markers", "x": gaps(frame["mean_confidence"]),
             "y": gaps(frame["mean_score"]), "line": {"color": ACCENT, "width": 2}, "hovertext": hover,
             "hoverinfo": "text", "marker": {"size": sizes, "color": ACCENT, "opacity": 0.85}}  # fmt: skip
    across = percent_axis(0, 1.04, tickvals=TICKS, title={"text": wording.say("confidence stated"), "standoff": 6})
    up = percent_axis(0, 1.04, tickvals=TICKS, title={"text": wording.say("mean score that came"), "standoff": 14})
    return figure([as_said, marks], height=380, showlegend=False, xaxis=across, yaxis=up)


def recorded(frame: pd.DataFrame, *, wording: Wording) -> go.Figure:
    """The shares of recorded scores that lie above (upwards) and below (downwards) the data, by quarter.

    In: quarter, above, below, compared (counts), above_share, below_share (0–1); in order.
    """
    above, below = wording.say("recorded above the data"), wording.say("recorded below the data")
    bars = [_side(frame, "above", above, wording), _side(frame, "below", below, wording)]
    reach = max(0.05, float(frame[["above_share", "below_share"]].max().max()) * 1.35)
    axis = {"range": [-reach, reach], "showticklabels": False, "showgrid": False, "zeroline": True,
            "zerolinecolor": HAIRLINE, "zerolinewidth": 2, "fixedrange": True}  # fmt: skip
    quarters = quarter_axis(list(frame["quarter"]))
    return figure(bars, height=260, barmode="relative", bargap=0.4, xaxis=quarters, yaxis=axis)


def _side(frame: pd.DataFrame, side: str, name: str, wording: Wording) -> dict[str, Any]:
    sign, color = SIDES[side]
    hover = [
        wording.say("{quarter}: {count} of {total} key results", quarter=quarter, count=count, total=total)
        for quarter, count, total in zip(frame["quarter"], frame[side], frame["compared"], strict=True)
    ]
    shares = frame[f"{side}_share"]
    return {"type": "bar", "name": name, "x": list(range(len(frame))), "y": gaps(sign * shares),
            "marker": {"color": color}, "text": [f"{Count(count)}" if count else "" for count in frame[side]],
            "textposition": "outside", "cliponaxis": False, "hovertext": hover, "hoverinfo": "text"}  # fmt: skip


def _ends(frame: pd.DataFrame, wording: Wording) -> list[dict[str, Any]]:
    known = frame.dropna(subset=["mean_confidence"])
    ends = known.iloc[sorted({0, len(known) - 1})] if len(known) else known
    return [
        note(f"<b>{wording.percent(row['mean_confidence'])}</b>", x=int(row["week"]), y=float(row["mean_confidence"]),
             yshift=15, font={"color": ACCENT, "size": 14})
        for row in ends.to_dict("records")
    ]  # fmt: skip
