"""Pace: where each team stands beside the time passed, and where its quarter may end."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import (
    ACCENT,
    HAIRLINE,
    HIGH,
    MUTED,
    SWEET,
    band,
    figure,
    gaps,
    name_axis,
    note,
    percent_axis,
    see_through,
)
from dashboard.wording import Wording


def teams(frame: pd.DataFrame, *, wording: Wording, sweet_spot: tuple[float, float]) -> go.Figure:
    """Each team's progress as a dot beside the mark of the time passed, and the range of its likely end as a bar.

    In: team (the label), expected, computed, gap, outlook, low, high (0–1, gaps where missing), scored; in the order
    to show.
    """
    places = list(range(len(frame)))
    known = frame["low"].notna()
    ranges = [_range(row, place) for place, row in enumerate(frame.to_dict("records")) if known.iloc[place]]
    dots = {
        "type": "scatter", "mode": "markers", "name": wording.say("progress now"), "x": gaps(frame["computed"]),
        "y": places, "cliponaxis": False, "hoverinfo": "text", "hovertext": _hover(frame, wording),
        "marker": {"size": 12, "color": [HIGH if gap < 0 else ACCENT for gap in frame["gap"].fillna(0)]},
    }  # fmt: skip
    passed = {"type": "scatter", "mode": "markers", "x": gaps(frame["expected"]), "y": places, "hoverinfo": "skip",
              "marker": {"symbol": "line-ns", "size": 26, "line": {"width": 2, "color": MUTED}}}  # fmt: skip
    first = float(frame["expected"].iloc[0])
    return figure([*ranges, passed, dots], height=96 + 38 * len(frame), showlegend=False,
                  shapes=[band(*sweet_spot, SWEET, axis="x")],
                  annotations=[note(wording.say("time passed"), x=first, y=-0.8)],
                  xaxis=percent_axis(-0.01, 1.01, tickvals=[0, 0.25, 0.5, 0.75, 1]),
                  yaxis=name_axis(list(frame["team"]), 22, range=[len(frame) - 0.5, -1.2]))  # fmt: skip


def _range(row: dict[Any, Any], place: int) -> dict[str, Any]:
    """The 80 % range of the quarter's end, its middle marked."""
    return {"type": "scatter", "mode": "lines+markers", "x": [row["low"], row["outlook"], row["high"]],
            "y": [place] * 3, "line": {"color": see_through(ACCENT, 0.35), "width": 8}, "hoverinfo": "skip",
            "marker": {"symbol": ["line-ns"] * 3, "size": [0, 12, 0], "line": {"width": 2, "color": HAIRLINE}},
            }  # fmt: skip


def _hover(frame: pd.DataFrame, wording: Wording) -> list[str]:
    return [
        wording.say("{rate} by the data of {count} goals; may end between {low} and {high}",
                    rate=wording.percent(row["computed"]), count=row["scored"], low=wording.percent(row["low"]),
                    high=wording.percent(row["high"]))
        for row in frame.to_dict("records")
    ]  # fmt: skip
