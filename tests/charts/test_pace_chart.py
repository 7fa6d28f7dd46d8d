"""The chart of pace: dots, the time passed, and where quarters may end."""

import pandas as pd

from dashboard.charts import pace
from dashboard.charts.style import ACCENT, HIGH
from dashboard.wording import Wording

NONE = float("nan")
TEAMS = pd.DataFrame(
    {
        "team": ["Sales", "East <b>", "Silent"], "expected": [0.44, 0.7, 0.44], "computed": [0.5, 0.6, NONE],
        "gap": [0.06, -0.1, NONE], "outlook": [0.7, NONE, NONE], "low": [0.6, NONE, NONE], "high": [0.8, NONE, NONE],
        "scored": [5, 2, 0],
    }
)  # fmt: skip


def drawn():
    return pace.teams(TEAMS, wording=Wording("en"), sweet_spot=(0.6, 0.7))


def test_each_team_stands_beside_its_own_time_passed():
    _, passed, dots = drawn().data
    assert list(dots.x) == [0.5, 0.6, None]
    assert list(passed.x) == [0.44, 0.7, 0.44]
    assert list(dots.marker.color)[:2] == [ACCENT, HIGH]


def test_a_range_is_drawn_only_where_one_is_known():
    (ranges, *_), layout = drawn().data[:1], drawn().layout
    assert list(ranges.x) == [0.6, 0.7, 0.8]
    assert list(ranges.y) == [0, 0, 0]
    assert (layout.shapes[0].x0, layout.shapes[0].x1) == (0.6, 0.7)


def test_hover_says_what_the_dot_rests_on():
    hover = drawn().data[-1].hovertext
    assert hover[0] == "50% by the data of 5 goals; may end between 60% and 80%"
    assert "<b>" not in drawn().layout.yaxis.ticktext[1]
