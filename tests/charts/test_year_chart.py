"""The year's chart shows what was planned and what came, and nothing where nothing is known."""

import pandas as pd

from dashboard.charts import year
from dashboard.wording import Wording, amount


def periods(**values):
    frame = {
        "period": ["2025-Q1", "2025-Q2"], "parts": [1, 2], "missing": [0, 1], "planned_set": [8.0, 10.0],
        "planned": [8.0, 12.0], "actual": [6.0, float("nan")], "planned_sum": [8.0, 20.0],
        "actual_sum": [6.0, float("nan")],
    }  # fmt: skip
    return pd.DataFrame(frame | values)


def drawn(frame, whole=50.0):
    return year.planned_and_actual(frame, wording=Wording("en"), ink="#111", whole=whole)


def test_bars_and_cumulated_lines_with_gaps_for_what_is_missing():
    planned, actual, planned_sum, actual_sum = drawn(periods()).data
    assert (list(planned.y), list(actual.y)) == ([8, 12], [6, None])
    assert (list(planned_sum.y), list(actual_sum.y)) == ([8, 20], [6, None])
    assert list(actual.text) == ["6", ""]


def test_a_bar_that_was_changed_says_what_was_planned_at_first():
    hover = drawn(periods()).data[0].hovertext
    assert hover[0] == "planned: 8"
    assert hover[1] == "planned: 12<br>at first: 10<br>parts without a number: 1 of 2"


def test_the_whole_lies_within_the_axis_also_where_a_number_is_to_fall():
    assert drawn(periods()).layout.yaxis.range[1] > 50
    falling = {name: [-8.0, -12.0] for name in ("planned", "planned_set", "planned_sum", "actual", "actual_sum")}
    low, high = drawn(periods(**falling), whole=-50.0).layout.yaxis.range
    assert low < -50 <= 0 <= high


def test_amounts_are_written_as_people_write_them():
    assert [amount(value) for value in (1234567.0, 0.5, -2.25, 12.0, None)] == ["1,234,567", "0.5", "−2.25", "12", "–"]
