"""The tree of goals as nested areas to zoom into, coloured by how near each ended to where it should be."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.style import HIGH, LOW, MUTED, SWEET, escaped, figure, on_paper, see_through, wrapped
from dashboard.folding import folded
from dashboard.wording import LEVELS, Wording

ALL, APART = "all", "apart"
FARTHEST = 0.6
HEADING, NARROW = 44, 18


def tree(frame: pd.DataFrame, *, wording: Wording, ink: str, top: str, apart: str) -> go.Figure:
    """The goals as areas, each within the goal it is shown under; a press zooms in, the path on top leads back.

    In: `goal_tree`, or what is `folded` of it. `top` names the whole, `apart` the part that leads to no goal of the
    company, team by team. Where there are too many goals to draw, those without any below them are counted together,
    the lowest level first, and in the end over all teams.
    """
    nodes = _nodes(frame, wording, ink, top, apart)
    inner = set(nodes["parent"])
    areas = {
        "type": "treemap", "ids": list(nodes["id"]), "parents": list(nodes["parent"]), "labels": list(nodes["label"]),
        "values": [0 if node in inner else weight for node, weight in zip(nodes["id"], nodes["weight"], strict=True)],
        "branchvalues": "remainder", "maxdepth": 4, "textinfo": "label", "hovertext": list(nodes["hover"]),
        "hoverinfo": "text", "textfont": {"color": ink, "size": 12}, "outsidetextfont": {"color": ink, "size": 13},
        "marker": {"colors": list(nodes["color"]), "line": {"width": 1, "color": see_through(MUTED, 0.5)},
                   "pad": {"t": 22, "l": 3, "r": 3, "b": 3}, "cornerradius": 2},
        "pathbar": {"visible": True, "thickness": 24, "textfont": {"color": ink, "size": 12}},
        "tiling": {"packing": "squarify", "pad": 2}, "sort": False,
    }  # fmt: skip
    margin = {"l": 2, "r": 2, "t": 28, "b": 2}
    return figure([areas], height=640, margin=margin, uniformtext={"minsize": 8, "mode": "hide"})


def _nodes(frame: pd.DataFrame, wording: Wording, ink: str, top: str, apart: str) -> pd.DataFrame:
    """What is drawn: the whole, the part that leads nowhere with its teams, and the goals (id, parent, label, …)."""
    known = _worded(frame if "together" in frame else folded(frame), wording, ink)
    company = set(frame.loc[frame["level"] == "company", "objective_id"])
    astray = known["under"].isna() & ~known["root"].isin(company)
    team = known["team"].fillna("–")
    over_teams = astray & known["together"] & known["team"].isna()
    parent = known["under"].fillna(ALL).mask(astray, APART + "/" + team).mask(over_teams, APART)
    goals = pd.DataFrame({"id": known["objective_id"], "parent": parent, "label": known["label"],
                          "hover": known["hover"], "color": known["color"], "weight": known["weight"]})  # fmt: skip
    groups = [(ALL, "", top), *([(APART, ALL, apart)] if astray.any() else [])]
    groups += [(f"{APART}/{name}", APART, escaped(name)) for name in dict.fromkeys(team[astray & ~over_teams])]
    rows = pd.DataFrame(groups, columns=["id", "parent", "label"])
    quiet = rows.assign(hover=rows["label"], color=on_paper(MUTED, 0.12, ink), weight=0)
    return pd.concat([quiet, goals], ignore_index=True)


def _worded(rows: pd.DataFrame, wording: Wording, ink: str) -> pd.DataFrame:
    """What is drawn with label, hover and colour."""
    told = [_told(goal, wording) for goal in rows.to_dict("records")]
    labels, hovers = zip(*told, strict=True) if told else ((), ())
    return rows.assign(label=labels, hover=hovers, color=[_color(away, ink) for away in rows["away"]])


def _told(goal: dict[Any, Any], wording: Wording) -> tuple[str, str]:
    """The label and what is shown beside the pointer."""
    if not goal["together"]:
        return _label(goal, on_one_line=goal["level"] == "company"), _hover(goal, wording)
    words = wording.say_plural("{count} goal", "{count} goals", int(goal["weight"]))
    name = escaped(words if pd.isna(goal["level"]) else f"{wording.say(LEVELS[str(goal['level'])])}: {words}")
    return name, name if pd.isna(goal["team"]) else f"{name}<br>{escaped(str(goal['team']))}"


def _color(away: float, ink: str) -> str:
    """As on the other pages: one calm tone where it should be, deeper the farther below or above."""
    if pd.isna(away):
        return on_paper(MUTED, 0.25, ink)
    if away == 0:
        return on_paper(SWEET, 0.45, ink)
    return on_paper(LOW if away < 0 else HIGH, 0.18 + 0.57 * min(abs(away) / FARTHEST, 1), ink)


def _label(goal: dict[Any, Any], *, on_one_line: bool) -> str:
    """The title with the score; on one line for goals of the company, which head the areas of those below."""
    lines = wrapped(str(goal["title"]), HEADING if on_one_line else NARROW).split("<br>")
    title = lines[0] + "…" if on_one_line and len(lines) > 1 else "<br>".join(lines)
    return title if pd.isna(goal["score"]) else f"{title} <b>{goal['score']:.0%}</b>"


def _hover(goal: dict[Any, Any], wording: Wording) -> str:
    say = wording.say
    level = say(LEVELS.get(goal["level"], LEVELS["unknown"]))
    place = [escaped(str(part)) for part in (goal["team"], level, goal["cycle"]) if pd.notna(part)]
    several = int(goal["parents"]) > 1
    lines = [
        wrapped(str(goal["title"]), 60), " · ".join(place), _stands(goal, wording),
        say("serves {count} goals above; shown under the first", count=int(goal["parents"])) if several else "",
    ]  # fmt: skip
    return "<br>".join(filter(None, lines))


def _stands(goal: dict[Any, Any], wording: Wording) -> str:
    """The score and how far it lies from where it should be."""
    if pd.isna(goal["score"]):
        return wording.say("no score")
    gap, score = wording.gap(float(goal["away"]), 0.0), wording.percent(goal["score"])
    if goal["away"] == 0:
        return wording.say("{score}: where it should be", score=score)
    if goal["away"] < 0:
        return wording.say("{score}: {gap} below where it should be", score=score, gap=gap)
    return wording.say("{score}: {gap} above where it should be", score=score, gap=gap)
