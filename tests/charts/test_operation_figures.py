"""The figures of the page Operation show what the frames say, on both grounds and in both languages."""

import pandas as pd
import pytest

from dashboard.charts import confidence, operation, style
from dashboard.summaries.confidence import QUADRANTS
from dashboard.wording import Wording

ENGLISH, CHINESE = Wording("en"), Wording("zh_CN")
NAN = float("nan")


def test_a_duty_of_which_nothing_is_known_is_an_empty_cell_and_not_a_zero():
    rows = pd.DataFrame({"team": ["East", "West"], "duty": ["set", "set"], "share": [0.5, NAN], "known": [2, 0],
                         "of": [4, 3]})  # fmt: skip
    grid, texts = operation.duties(rows, wording=ENGLISH, ink="#123456", names={"set": "Set on time"}).data
    assert list(map(list, grid.z)) == [[0.5], [None]]
    assert [text.split("<br>")[0] for text in texts.text] == ["50", "–"]
    assert "2/4" in texts.text[0]
    assert "0/3" in texts.text[1]
    assert "2 not known" in grid.hovertext[0][0]
    assert texts.textfont.color == "#123456"


def test_large_counts_in_cells_are_read_at_a_glance():
    rows = pd.DataFrame({"team": ["East"], "duty": ["set"], "share": [0.5], "known": [24_011], "of": [30_000]})
    assert "24,011/30,000" in operation.duties(rows, wording=ENGLISH, ink="#000", names={"set": ""}).data[1].text[0]
    sides = pd.DataFrame({"quarter": ["2025-Q1"], "above": [24_011], "below": [9_999], "compared": [40_000],
                          "above_share": [0.6], "below_share": [0.25]})  # fmt: skip
    assert [list(bar.text) for bar in confidence.recorded(sides, wording=ENGLISH).data] == [["24,011"], ["9999"]]


def test_the_calendar_has_a_row_per_team_and_a_column_per_week():
    rows = pd.DataFrame({"team": ["East", "East", "<b>West</b>"], "week": [1, 2, 2], "key_results": [4, 4, 2],
                         "checked": [4, 1, 0], "share": [1.0, 0.25, 0.0]})  # fmt: skip
    figure = operation.calendar(rows, wording=ENGLISH, ink="#000")
    assert list(map(list, figure.data[0].z)) == [[1.0, 0.25], [None, 0.0]]
    assert list(figure.layout.xaxis.ticktext) == ["1", "2"]
    assert list(figure.data[1].text) == ["100", "25", "0"]
    assert figure.data[0].hovertext[0][1] == "Week 2: 1 of 4 key results"
    assert "<b>" not in "".join(figure.layout.yaxis.ticktext)


def test_more_silence_is_the_stronger_colour():
    opacities = [float(color.rpartition(",")[2].rstrip(")")) for _, color in operation.SCALE]
    assert opacities == sorted(opacities, reverse=True)


@pytest.mark.parametrize("wording", [ENGLISH, CHINESE])
def test_the_quadrants_are_named_and_so_are_the_teams_outside_the_first(wording):
    rows = pd.DataFrame({"team": ["East", "West", "Sales"], "completion_rate": [0.3, 0.7, 0.2], "scored": [3, 3, 3],
                         "check_in_compliance": [0.9, 0.8, 0.3], "key_results": [9, 9, 9],
                         "quadrant": ["goal", "on_course", "execution"]})  # fmt: skip
    names = {name: wording.say(text) for name, text in QUADRANTS.items()}
    figure = operation.quadrants(rows, wording=wording, names=names, limits=(0.75, 0.6))
    assert list(figure.data[0].text) == ["East", "", "Sales"]
    assert list(figure.data[0].marker.color) == [style.ACCENT, style.MUTED, style.ACCENT]
    assert [(line.x0, line.y0) for line in figure.layout.shapes] == [(0.75, 0), (0, 0.6)]
    told = [note.text.replace("<br>", "").replace(" ", "") for note in figure.layout.annotations]
    assert told == [name.replace(" ", "") for name in names.values()]
    assert figure.layout.xaxis.range[0] <= 0.2


def test_where_names_would_cover_each_other_the_lowest_teams_are_named():
    rates, regular = [0.50, 0.49, 0.30, 0.28, 0.29], [0.90, 0.85, 0.90, 0.90, 0.70]
    rows = pd.DataFrame({"team": list("ABCDE"), "completion_rate": rates, "scored": 3, "key_results": 9,
                         "check_in_compliance": regular, "quadrant": "goal"})  # fmt: skip
    figure = operation.quadrants(rows, wording=ENGLISH, names=dict.fromkeys(QUADRANTS, ""), limits=(0.75, 0.6))
    assert list(figure.data[0].text) == ["", "B", "", "D", "E"]
    assert [told.partition(":")[0] for told in figure.data[0].hovertext] == list("ABCDE")


def test_confidence_by_week_leaves_room_for_the_weeks_to_come():
    rows = pd.DataFrame({"week": [1, 2, 3], "key_results": [5] * 3, "stated": [0, 2, 4],
                         "mean_confidence": [NAN, 0.8, 0.65]})  # fmt: skip
    figure = confidence.by_week(rows, wording=ENGLISH, weeks=14)
    assert list(figure.data[0].y) == [None, 0.8, 0.65]
    assert figure.layout.xaxis.range[1] == 14.5
    assert [note.text for note in figure.layout.annotations] == ["<b>80%</b>", "<b>65%</b>"]


def test_calibration_stands_beside_the_line_of_what_was_said():
    rows = pd.DataFrame({"mean_confidence": [0.5, 0.9], "mean_score": [0.6, 0.62], "attained_share": [0.5, 0.4],
                         "forecasts": [100, 25]})  # fmt: skip
    as_said, marks = confidence.calibration(rows, wording=ENGLISH).data
    assert (list(as_said.x), list(as_said.y)) == ([0, 1], [0, 1])
    assert (list(marks.x), list(marks.y)) == ([0.5, 0.9], [0.6, 0.62])
    assert marks.marker.size[0] > marks.marker.size[1]
    assert marks.hovertext[1] == "said 90%, came 62%; 40% attained; 25 statements"


def test_above_and_below_the_data_are_told_alike():
    rows = pd.DataFrame({"quarter": ["2025-Q1", "2025-Q2"], "above": [3, 0], "below": [1, 2], "compared": [10, 20],
                         "above_share": [0.3, 0.0], "below_share": [0.1, 0.1]})  # fmt: skip
    above, below = confidence.recorded(rows, wording=ENGLISH).data
    assert list(above.y) == [0.3, 0.0]
    assert list(below.y) == [-0.1, -0.1]
    assert (list(above.text), list(below.text)) == (["3", ""], ["1", "2"])
    low, high = confidence.recorded(rows, wording=ENGLISH).layout.yaxis.range
    assert low == -high
