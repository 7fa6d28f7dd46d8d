"""Figures show what the frames say: positions, colours, bands, and labels that are whole."""

import json

import pandas as pd
import pytest
from wcwidth import wcswidth

from dashboard.charts import challenge, change, heatmap, style, trend
from dashboard.wording import Wording

ENGLISH, CHINESE = Wording("en"), Wording("zh_CN")
SPOT = (0.6, 0.7)
QUARTERS = ["2025-Q3", "2025-Q4", "2026-Q1"]


def by_quarter(*rates):
    return pd.DataFrame({"quarter": QUARTERS, "completion_rate": rates, "scored": [4, 5, 6], "missing": [0, 1, 0]})


def test_a_missing_average_is_a_gap_and_not_a_zero():
    figure = trend.completion(by_quarter(0.5, float("nan"), 0.7), wording=ENGLISH, sweet_spot=SPOT)
    assert list(figure.data[0].y) == [0.5, None, 0.7]
    assert [note.text for note in figure.layout.annotations] == ["<b>50%</b>", "<b>70%</b>"]


def test_the_band_is_drawn_for_the_eligible_and_the_line_for_the_committed():
    rows = by_quarter(0.5, 0.6, 0.7)
    eligible = trend.completion(rows, wording=ENGLISH, sweet_spot=SPOT)
    committed = trend.completion(rows, wording=ENGLISH, sweet_spot=None, aim=1.0)
    assert [(shape.type, shape.y0, shape.y1) for shape in eligible.layout.shapes] == [("rect", 0.6, 0.7)]
    assert [(shape.type, shape.y0, shape.y1) for shape in committed.layout.shapes] == [("line", 1.0, 1.0)]


def test_the_year_stands_where_it_begins():
    assert style.quarter_ticks(QUARTERS) == ["Q3<br>2025", "Q4<br> ", "Q1<br>2026"]


@pytest.mark.parametrize(
    "name",
    [
        "Farridge Group 远岭集团",
        "远岭集团华东地区销售与客户成功中心第一分部",
        "Supercalifragilisticexpialidocious",
        "A <b>&</b> B",
    ],
)
def test_long_names_wrap_and_lose_nothing(name):
    lines = style.wrapped(name, 18).split("<br>")
    assert all(wcswidth(line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")) <= 18 for line in lines)
    assert "".join(lines).replace(" ", "") == style.escaped(name).replace(" ", "")


def test_names_with_tags_are_not_active():
    cells = pd.DataFrame({"team": ["<a href='x'>T</a>"], "quarter": ["2025-Q3"], "completion_rate": [0.5],
                          "scored": [2], "missing": [0], "committed_only": [False]})  # fmt: skip
    figure = heatmap.teams_by_quarter(cells, wording=ENGLISH, ink="#000", sweet_spot=SPOT)
    assert "<a" not in "".join(figure.layout.yaxis.ticktext)


def test_committed_goals_never_take_part_in_the_colours_around_the_sweet_spot():
    cells = pd.DataFrame({"team": ["Sales", "Finance"], "quarter": ["2025-Q3"] * 2, "completion_rate": [0.65, 1.0],
                          "scored": [2, 3], "missing": [0, 0], "committed_only": [False, True]})  # fmt: skip
    colours, greys, texts = heatmap.teams_by_quarter(cells, wording=ENGLISH, ink="#123456", sweet_spot=SPOT).data
    assert list(map(list, colours.z)) == [[0.65], [None]]
    assert list(map(list, greys.z)) == [[None], [1.0]]
    assert list(texts.text) == ["65", "100"]
    assert texts.textfont.color == "#123456"


def test_the_number_in_a_cell_never_belies_its_colour():
    rates = [0.596, 0.6, 0.704, 0.6999999999]
    cells = pd.DataFrame({"team": ["Sales"] * 4, "quarter": ["2025-Q1", *QUARTERS], "completion_rate": rates,
                          "scored": [2] * 4, "missing": [0] * 4, "committed_only": [False] * 4})  # fmt: skip
    colours, _, texts = heatmap.teams_by_quarter(cells, wording=ENGLISH, ink="#000", sweet_spot=SPOT).data
    assert list(texts.text) == ["59.6", "60", "70.4", "70"]
    assert list(map(list, colours.z)) == [[0.596, 0.6, 0.704, 0.7]]


@pytest.mark.parametrize(
    ("score", "tone"), [(0.59, style.LOW), (0.60, style.SWEET), (0.70, style.SWEET), (0.71, style.HIGH)]
)
def test_the_colours_diverge_around_the_sweet_spot_both_ends_within(score, tone):
    scale = heatmap.diverging(*SPOT)
    assert [stop for stop, _ in scale] == sorted(stop for stop, _ in scale)
    below = [color for stop, color in scale if stop <= score][-1]
    above = next(color for stop, color in scale if stop >= score)
    shade = style.see_through(tone, 1).rpartition(",")[0]
    assert below.startswith(shade) or above.startswith(shade)


def test_all_teams_and_the_same_teams_stand_beside_each_other():
    rows = pd.DataFrame({"quarter": QUARTERS[1:], "change": [-0.06, 0.0], "same_change": [0.03, float("nan")]})
    everyone, same = change.all_and_same(rows, wording=CHINESE).data
    assert (list(everyone.text), list(same.text)) == (["−6", "0"], ["+3", ""])
    assert (everyone.name, same.name) == ("全部团队", "同口径团队")


def test_the_last_quarter_is_the_filled_dot():
    rows = pd.DataFrame({"team": ["A", "A"], "quarter": ["2025-Q3", "2025-Q4"], "completion_rate": [0.4, 0.6],
                         "scored": [3, 3]})  # fmt: skip
    figure = change.teams_across(rows, wording=ENGLISH)
    dots = [trace for trace in figure.data if trace.mode == "markers"]
    assert [trace.name for trace in dots] == ["2025-Q3", "2025-Q4"]
    assert dots[-1].marker.color == style.ACCENT
    assert figure.layout.xaxis.range[0] <= 0.4 - 0.05


def test_quarters_above_the_ceiling_change_colour():
    rows = pd.DataFrame({"quarter": QUARTERS, "too_high_rate": [0.1, 0.2, 0.3], "too_high": [1, 2, 3], "n": [10] * 3})
    figure = trend.near_excellent(rows, wording=ENGLISH, ceiling=0.2)
    assert list(figure.data[0].marker.color) == [style.ACCENT, style.ACCENT, style.HIGH]
    assert figure.layout.shapes[0].y0 == 0.2


def test_no_number_is_struck_through_by_the_ceiling():
    rows = pd.DataFrame({"quarter": QUARTERS, "too_high_rate": [0.1, 0.18, 0.3], "too_high": [1, 2, 3], "n": [10] * 3})
    figure = trend.near_excellent(rows, wording=ENGLISH, ceiling=0.2)
    assert list(figure.data[0].textposition) == ["outside", "inside", "outside"]


@pytest.mark.parametrize("most", [1, 2, 5, 6, 40])
def test_goals_are_counted_in_whole_numbers(most):
    rows = pd.DataFrame({"bin": range(10), "eligible": [most] * 10, "committed": [0] * 10})
    bounds = {"excellent": 0.9, "good": 0.7, "medium": 0.6, "fair": 0.4, "poor": 0.0}
    axis = challenge.distribution(rows, wording=ENGLISH, bounds=bounds).layout.yaxis
    assert axis.dtick == 1 or axis.range[1] / axis.nticks > 1


def test_bands_stand_over_the_bins_of_their_range():
    rows = pd.DataFrame({"bin": range(10), "eligible": range(10), "committed": [0] * 9 + [7]})
    bounds = {"excellent": 0.9, "good": 0.7, "medium": 0.6, "fair": 0.4, "poor": 0.0}
    figure = challenge.distribution(rows, wording=CHINESE, bounds=bounds)
    names = {note.text: note.x for note in figure.layout.annotations}
    assert names == pytest.approx({"优": 0.95, "良": 0.8, "中": 0.65, "可": 0.5, "差": 0.2})
    assert figure.data[0].marker.color[6] == style.SWEET
    assert figure.data[0].marker.color[9] == style.HIGH


def test_only_flagged_teams_are_coloured_as_standing_out():
    rows = pd.DataFrame({"team": ["East\n9 goals", "not named\n8 goals"], "too_high": [8, 1], "n": [9, 8],
                         "too_high_rate": [0.89, 0.12], "shrunk_rate": [0.8, 0.2], "low": [0.6, 0.1],
                         "high": [0.9, 0.4], "flagged": [True, False], "named": [True, False]})  # fmt: skip
    figure = challenge.intervals(rows, wording=ENGLISH, overall=0.5)
    assert list(figure.data[-1].marker.color) == [style.HIGH, style.MUTED]
    assert list(figure.layout.yaxis.ticktext) == ["East<br>9 goals", "not named<br>8 goals"]
    assert list(figure.data[0].x) == [0.6, 0.9]


def test_a_figure_is_small():
    figure = trend.completion(by_quarter(0.5, 0.6, 0.7), wording=ENGLISH, sweet_spot=SPOT)
    assert len(json.dumps(figure.to_plotly_json(), default=str)) < 4000


def test_the_low_ends_stack_to_all_goals_below_the_upper_bound():
    rows = pd.DataFrame({"quarter": QUARTERS, "objectives": [10, 20, 4], "reconsider": [3, 5, 0], "too_low": [1, 5, 0],
                         "reconsider_rate": [0.3, 0.25, 0.0], "too_low_rate": [0.1, 0.25, 0.0]})  # fmt: skip
    figure = challenge.low_ends(rows, wording=CHINESE, bounds=(0.6, 0.4))
    far, near = figure.data
    assert list(far.y) == [0.1, 0.25, 0.0]
    assert [a + b for a, b in zip(far.y, near.y, strict=True)] == pytest.approx([0.3, 0.25, 0.0])
    assert (far.name, list(near.customdata)) == ("低于 40%", ["2 / 10", "0 / 20", "0 / 4"])
