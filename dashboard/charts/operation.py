"""How OKR itself runs: who kept the calendar, week by week, and a team's score held against its rhythm."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import (
    ACCENT,
    HIGH,
    MUTED,
    edge_line,
    escaped,
    figure,
    gaps,
    name_axis,
    note,
    percent_axis,
    see_through,
    wrapped,
)
from dashboard.wording import Count, Wording

# Stronger the further from the whole: a rhythm is kept or not, it has no sweet spot.
SCALE = [[0, see_through(HIGH, 0.95)], [0.5, see_through(HIGH, 0.6)], [1, see_through(HIGH, 0.03)]]
AXES = ("check_in_compliance", "completion_rate")
NAME_WIDE, NAME_HIGH = 0.1, 0.06
"""The room that a name takes, in shares of the axes: nearer ones would cover each other."""
SMALL = "<br><span style='font-size:10px'>{}</span>"


def duties(frame: pd.DataFrame, *, wording: Wording, ink: str, names: dict[str, str]) -> go.Figure:
    """The share kept of each duty by team, above how many are known of how many.

    In: team, duty (a key of `names`), share (0–1, missing where nothing is known), known, of (counts); rows in the
    order to show, one per team and duty. Cells of which nothing is known stay empty.
    """
    teams, columns = list(dict.fromkeys(frame["team"])), list(names)
    texts = [
        wording.percent(share).rstrip("%") + SMALL.format(f"{Count(known)}/{Count(of)}") if of else ""
        for share, known, of in zip(frame["share"], frame["known"], frame["of"], strict=True)
    ]
    hover = [
        wording.say("{share} of {known} known, {unknown} not known", share=wording.percent(row["share"]),
                    known=row["known"], unknown=row["of"] - row["known"])
        for row in frame.to_dict("records")
    ]  # fmt: skip
    cells = frame.assign(x=frame["duty"].map(columns.index), text=texts, hover=hover)
    labels = [wrapped(name, 10) for name in names.values()]
    axis = {"ticktext": labels, "tickvals": list(range(len(columns))), "range": [-0.5, len(columns) - 0.5]}
    return _table(cells, teams, axis, ink, height=92 + 44 * len(teams), size=13)


def calendar(frame: pd.DataFrame, *, wording: Wording, ink: str) -> go.Figure:
    """The share of key results checked in on, by team and week.

    In: team, week (from 1), key_results, checked, share (0–1); rows in the order to show.
    """
    teams, last = list(dict.fromkeys(frame["team"])), int(frame["week"].max())
    hover = [
        wording.say("Week {week}: {checked} of {total} key results", week=row["week"], checked=row["checked"],
                    total=row["key_results"])
        for row in frame.to_dict("records")
    ]  # fmt: skip
    texts = [wording.percent(share).rstrip("%") for share in frame["share"]]
    cells = frame.assign(x=frame["week"] - 1, text=texts, hover=hover)
    axis = {"ticktext": [str(week + 1) for week in range(last)], "tickvals": list(range(last)),
            "range": [-0.5, last - 0.5]}  # fmt: skip
    return _table(cells, teams, axis, ink, height=70 + 34 * len(teams), size=10)


def quadrants(
    frame: pd.DataFrame, *, wording: Wording, names: dict[str, str], limits: tuple[float, float]
) -> go.Figure:
    """Teams by check-in compliance (across) and average completion (up), with the four quadrants named.

    In: team, completion_rate, check_in_compliance (0–1), scored, key_results, quadrant (a key of `names`).
    `limits`: from which compliance and which completion on. Teams in any but the first quadrant are named, where
    names would cover each other the lowest.
    """
    regular, fair = limits
    usual = next(iter(names))
    named = _names(frame, frame["quadrant"] != usual)
    hover = [
        wording.say("{team}: {score} over {scored} goals, {checked} of the weeks of {total} key results",
                    team=escaped(str(row["team"])), score=wording.percent(row["completion_rate"], high=fair),
                    scored=row["scored"], checked=wording.percent(row["check_in_compliance"]), total=row["key_results"])
        for row in frame.to_dict("records")
    ]  # fmt: skip
    places = ["top center" if rate >= fair else "bottom center" for rate in frame["completion_rate"]]
    dots = {
        "type": "scatter", "mode": "markers+text", "x": gaps(frame["check_in_compliance"]),
        "y": gaps(frame["completion_rate"]), "text": named, "textposition": places, "textfont": {"size": 11},
        "hovertext": hover, "hoverinfo": "text", "cliponaxis": False,
        "marker": {"size": 12, "color": [MUTED if kind == usual else ACCENT for kind in frame["quadrant"]]},
    }  # fmt: skip
    left = _floor(min(frame["check_in_compliance"].min() - 0.1, regular - 0.25))
    lines = [edge_line(regular, MUTED, axis="x"), edge_line(fair, MUTED)]
    across = percent_axis(left, 1.04, title={"text": wording.say("weeks with a check-in"), "standoff": 6}, nticks=6)
    return figure([dots], height=430, shapes=lines, annotations=_corners(names, left), showlegend=False,
                  xaxis=across | {"showgrid": False}, yaxis=_scores(wording))  # fmt: skip


def _names(frame: pd.DataFrame, asked: "pd.Series[bool]") -> list[str]:
    """The names of the teams asked for, the lowest first as long as there is room; nothing for the others."""
    names, taken = [""] * len(frame), list[tuple[float, float]]()
    places = frame.assign(place=range(len(frame)))[asked].sort_values("completion_rate", kind="stable")
    for team, place, x, y in zip(*(places[name] for name in ("team", "place", *AXES)), strict=True):
        if all(abs(x - other_x) > NAME_WIDE or abs(y - other_y) > NAME_HIGH for other_x, other_y in taken):
            names[place] = wrapped(str(team), 16)
            taken.append((x, y))
    return names


def _table(
    cells: pd.DataFrame, teams: list[str], axis: dict[str, Any], ink: str, *, height: int, size: int
) -> go.Figure:
    """A grid of teams by columns, coloured by `share`, with `text` on each cell at column `x` and `hover` behind."""
    width = len(axis["tickvals"])
    shares: list[list[float | None]] = [[None] * width for _ in teams]
    words = [[""] * width for _ in teams]
    places = [teams.index(team) for team in cells["team"]]
    for y, x, share, told in zip(places, cells["x"], gaps(cells["share"]), cells["hover"], strict=True):
        shares[y][x], words[y][x] = share, told
    grid = {"type": "heatmap", "z": shares, "hovertext": words, "hoverinfo": "text", "hoverongaps": False, "zmin": 0,
            "zmax": 1, "colorscale": SCALE, "showscale": False, "xgap": 2, "ygap": 2}  # fmt: skip
    texts = {"type": "scatter", "mode": "text", "x": list(cells["x"]), "y": places, "text": list(cells["text"]),
             "textfont": {"size": size, "color": ink}, "hoverinfo": "skip"}  # fmt: skip
    plain = {"tickmode": "array", "side": "top", "showgrid": False, "zeroline": False, "fixedrange": True,
             "automargin": True, "tickangle": 0}  # fmt: skip
    return figure([grid, texts], height=height, showlegend=False, margin={"l": 8, "r": 20, "t": 56, "b": 8},
                  xaxis={**plain, **axis}, yaxis=name_axis(teams))  # fmt: skip


def _scores(wording: Wording) -> dict[str, Any]:
    title = {"text": wording.say("average completion"), "standoff": 14}
    return percent_axis(-0.02, 1.12, title=title, tickvals=[0, 0.2, 0.4, 0.6, 0.8, 1], showgrid=False)


def _corners(names: dict[str, str], left: float) -> list[dict[str, Any]]:
    """The quadrants' names: the first top right, then top left, bottom right, bottom left."""
    sides = ((1.03, 1.1, "right"), (left + 0.01, 1.1, "left"), (1.03, 0.02, "right"), (left + 0.01, 0.02, "left"))
    return [
        note(wrapped(name, 18), x=x, y=y, xanchor=anchor, yanchor="top" if y > 1 else "bottom", align=anchor,
             font={"size": 12, "color": MUTED})
        for name, (x, y, anchor) in zip(names.values(), sides, strict=True)
    ]  # fmt: skip


def _floor(share: float) -> float:
    """The tenth below, not under 0."""
    return max(0.0, share // 0.1 / 10)
