"""Charts of alignment: nested goals in the colours of the other pages, cells, flows, and who serves whom."""

import json

import pandas as pd
import pytest

from dashboard.charts import alignment, goal_tree, style
from dashboard.folding import MOST_NODES
from dashboard.wording import Wording

ENGLISH, CHINESE = Wording("en"), Wording("zh_CN")
LIGHT, DARK = style.INKS["light"], style.INKS["dark"]


def goal(name, under=None, *, root=None, level="team", score=0.65, away=0.0, team="Sales", parents=1):
    return {"objective_id": name, "under": under, "parents": parents, "root": root or name, "title": f"Goal {name}",
            "team": team, "level": level, "cycle": "2025-Q1", "longer": False, "ambition": "aspirational",
            "score": score, "away": away}  # fmt: skip


def drawn(*goals, ink=LIGHT, wording=ENGLISH):
    frame = pd.DataFrame(goals).astype({"under": "str"})
    figure = goal_tree.tree(frame, wording=wording, ink=ink, top="2025-Q1", apart="apart")
    data = figure.data[0]
    columns = (data.parents, data.labels, data["values"], data.marker.colors, data.hovertext)
    names = ("parent", "label", "value", "color", "hover")
    return {node: dict(zip(names, row, strict=True)) for node, *row in zip(data.ids, *columns, strict=True)}


def test_goals_lie_within_the_goal_above_and_what_leads_nowhere_apart_by_team():
    nodes = drawn(goal("top", level="company"), goal("a", "top", root="top"), goal("b", "a", root="top"),
                  goal("c"), goal("d", "c", root="c"))  # fmt: skip
    assert {node: row["parent"] for node, row in nodes.items()} == {
        "all": "", "apart": "all", "apart/Sales": "apart", "top": "all", "a": "top", "b": "a", "c": "apart/Sales",
        "d": "c",
    }  # fmt: skip
    # An area is as large as the goals without any below them that it holds.
    assert [node for node, row in nodes.items() if row["value"]] == ["b", "d"]


@pytest.mark.parametrize(("ink", "paper"), [(LIGHT, "#ffffff"), (DARK, "#14191f")])
def test_colours_are_deeper_the_farther_and_cover_what_lies_below(ink, paper):
    nodes = drawn(goal("in"), goal("low", away=-0.1), goal("lower", away=-0.5), goal("high", away=0.2),
                  goal("none", score=None, away=None), ink=ink)  # fmt: skip
    assert nodes["in"]["color"] == style.on_paper(style.SWEET, 0.45, ink)
    assert nodes["high"]["color"] == style.on_paper(style.HIGH, 0.18 + 0.57 / 3, ink)
    assert nodes["none"]["color"] == style.on_paper(style.MUTED, 0.25, ink)

    def far(name):
        color = nodes[name]["color"]
        return sum(abs(int(color[at : at + 2], 16) - int(paper[at : at + 2], 16)) for at in (1, 3, 5))

    assert far("lower") > far("low")


def test_a_goal_with_several_parents_says_so_and_titles_are_not_active():
    nodes = drawn(goal("a", parents=2, away=-0.12) | {"title": "<a href='x'>Win</a>"})
    assert "serves 2 goals above; shown under the first" in nodes["a"]["hover"]
    assert "12 points below where it should be" in nodes["a"]["hover"]
    assert "<a href" not in nodes["a"]["hover"] + nodes["a"]["label"]
    assert "对齐 2 个上级目标" in drawn(goal("a", parents=2), wording=CHINESE)["a"]["hover"]


def test_too_many_goals_are_counted_together_and_none_is_lost():
    goals = [goal("top", level="company"), *(goal(f"d{n}", "top", root="top", level="department") for n in range(3))]
    goals += [goal(f"p{n}", f"d{n % 3}", root="top", level="individual", away=-0.1) for n in range(900)]
    nodes = drawn(*goals)
    assert len(nodes) <= MOST_NODES
    assert sum(row["value"] for row in nodes.values()) == 900
    assert "Individual: 300 goals" in {row["label"] for row in nodes.values()}


def test_goals_that_hold_only_such_are_counted_with_them_where_there_are_still_too_many():
    goals = [goal("top", level="company")]
    goals += [goal(f"d{n}", "top", root="top", level="department", away=0.2) for n in range(700)]
    goals += [goal(f"p{n}", f"d{n}", root="top", level="individual", away=0.2) for n in range(700)]
    nodes = drawn(*goals)
    assert len(nodes) == 3
    (row,) = (row for row in nodes.values() if row["parent"] == "top")
    assert (row["label"], row["value"]) == ("1400 goals", 1400)
    assert row["color"] == style.on_paper(style.HIGH, 0.18 + 0.57 / 3, LIGHT)


def test_counts_of_very_many_teams_become_one_and_none_is_lost():
    goals = [goal("top", level="company")]
    for n in range(2):
        goals.append(goal(f"d{n}", "top", root="top", level="department", team=f"Part {n}", away=-0.1))
    for n in range(700):
        usual = {"level": "individual", "team": f"Team {n}"}
        goals.append(goal(f"a{n}", score=None, away=None, **usual))
        goals += [goal(f"{far}{n}", f"d{n % 2}", root="top", away=far, **usual) for far in (0.2, -0.4)]
    nodes = drawn(*goals)
    counted = {row["parent"]: row for row in nodes.values() if row["value"]}
    assert [(parent, row["label"], row["value"]) for parent, row in counted.items()] == [
        ("top", "1402 goals", 1402), ("apart", "Individual: 700 goals", 700),
    ]  # fmt: skip
    # As many lie 20 points above as 40 below.
    assert counted["top"]["color"] == style.on_paper(style.LOW, 0.18 + 0.57 / 6, LIGHT)
    assert counted["apart"]["color"] == style.on_paper(style.MUTED, 0.25, LIGHT)
    assert len(nodes) == 5
    assert "nan" not in "".join(row["hover"] for row in nodes.values()).casefold()


def test_shares_by_team_and_quarter_leave_gaps_where_nothing_is():
    rows = pd.DataFrame({"row": ["A", "A", "B"], "quarter": ["2025-Q1", "2025-Q2", "2025-Q2"], "share": [0.5, 1, 0],
                         "text": ["50", "100", "0"], "hover": ["", "", ""]})  # fmt: skip
    heat, texts = alignment.cells(rows, ink=LIGHT).data
    assert list(map(list, heat.z)) == [[0.5, 1.0], [None, 0.0]]
    assert texts.textfont.color == LIGHT


def test_lines_that_end_close_together_are_named_above_and_below():
    rows = pd.DataFrame({"quarter": ["2025-Q1"] * 2, "name": ["a", "b"], "share": [0.86, 0.88], "hover": ["", ""]})
    notes = alignment.lines(rows).layout.annotations
    assert [(note.text, note.yshift) for note in notes] == [("<b>86%</b>", -14), ("<b>88%</b>", 14)]


def test_each_units_goals_are_whole():
    rows = pd.DataFrame({"team": ["A\n4 goals"], "anchored": [1], "within_only": [3], "loose": [0],
                         "should_align": [4]})  # fmt: skip
    bars = alignment.flows(rows, wording=ENGLISH, ink=DARK).data
    assert [list(bar.x) for bar in bars] == [[0.25], [0.75], [0.0]]
    assert [list(bar.text) for bar in bars] == [["1"], ["3"], [""]]


def test_large_counts_are_read_at_a_glance_as_in_sentences():
    units = pd.DataFrame({"team": ["A"], "anchored": [9_999], "within_only": [24_011], "loose": [0],
                          "should_align": [34_010]})  # fmt: skip
    bars = alignment.flows(units, wording=ENGLISH, ink=DARK).data
    assert [list(bar.text) for bar in bars] == [["9999"], ["24,011"], [""]]
    assert bars[1].hovertext[0].endswith(": 24,011 / 34,010")
    teams = pd.DataFrame({"serving": ["A"], "served": ["B"], "links": [24_011], "supports": [0], "place": [0]})
    assert list(alignment.serving(teams, wording=ENGLISH, ink=LIGHT).data[1].text) == ["24,011"]


def test_rows_serve_columns():
    rows = pd.DataFrame({"serving": ["A", "A", "B"], "served": ["C", "B", "A"], "links": [2, 1, 1],
                         "supports": [1, 0, 0], "place": [2, 1, 0]})  # fmt: skip
    heat, _ = alignment.serving(rows, wording=ENGLISH, ink=LIGHT).data
    assert list(map(list, heat.z)) == [[None, 1, 2], [1, None, None]]
    assert heat.hovertext[0][2] == "A → C<br>2 links<br>1 stated as support"


def test_the_share_asked_for_is_a_line_and_a_missing_one_a_gap():
    rows = pd.DataFrame({"quarter": ["2025-Q1", "2025-Q2"], "bottom_up_share": [0.596, None], "bottom_up": [59, 0],
                         "origin_known": [99, 0]})  # fmt: skip
    figure = alignment.bottom_up(rows, wording=ENGLISH, ink=LIGHT, asked=0.6)
    assert list(figure.data[0].text) == ["59.6%", ""]
    assert figure.layout.shapes[0].y0 == 0.6


def test_a_tree_of_two_hundred_goals_is_small():
    frame = pd.DataFrame([goal(f"g{n}") for n in range(200)])
    figure = goal_tree.tree(frame, wording=ENGLISH, ink=LIGHT, top="2025-Q1", apart="apart")
    assert len(json.dumps(figure.to_plotly_json(), default=str)) < 60_000
