"""Numbers read the same everywhere: one rule for shares, one for changes."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from dashboard.selection import Selection
from dashboard.sentences import basis
from dashboard.summaries import linking
from dashboard.visit import Visit
from dashboard.wording import Wording, signed
from pipelines.schema import ADOPTIONS

ENGLISH = Wording("en")


@pytest.mark.parametrize(
    ("share", "printed"),
    [
        (0.596, "59.6%"), (0.5996, "59.96%"), (0.6, "60%"), (0.601, "60%"), (0.6999999999, "70%"), (0.7, "70%"),
        (0.704, "70.4%"), (0.594, "59%"), (0.81, "81%"), (float("nan"), "–"),
    ],
)  # fmt: skip
def test_a_share_never_seems_to_lie_where_it_does_not(share, printed):
    assert ENGLISH.percent(share, 0.6, 0.7) == printed


def test_a_change_is_the_exact_difference_rounded_once():
    assert ENGLISH.points(0.771047 - 0.735368) == "+4 points"
    assert ENGLISH.gap(0.735368, 0.771047) == "4 points"


@pytest.mark.parametrize(("count", "printed"), [(7, "+7"), (-7, "−7"), (0, "0"), (-0.0, "0"), (float("nan"), "–")])
def test_a_change_has_a_true_minus_and_zero_no_sign(count, printed):
    assert signed(count) == printed


def test_one_is_no_plural():
    assert basis(ENGLISH, objectives=1, missing=1, left_out=1) == (
        "1 objective · 1 without a score · 1 draft or cancelled, not counted"
    )
    assert "2 drafts" in basis(ENGLISH, objectives=2, missing=0, left_out=2)


def test_large_numbers_are_read_at_a_glance():
    assert basis(ENGLISH, objectives=210_000, missing=9_999, left_out=10_000) == (
        "210,000 objectives · 9999 without a score · 10,000 drafts or cancelled, not counted"
    )
    assert ENGLISH.say("{scored} of {objectives}", scored=np.int64(29_997), objectives=Wording("en").percent(0.5)) == (
        "29,997 of 50%"
    )
    taken = pd.DataFrame({"aligned": [24_011]} | {name: [24_011] for name in ADOPTIONS[:1]})
    taken = taken.assign(**{f"{name}_share": 1.0 for name in ADOPTIONS}, **dict.fromkeys(ADOPTIONS[1:], 0))
    told = linking.adoption(Visit(ENGLISH, Selection(), "", date(2025, 5, 1), ()), taken)
    assert told.startswith("Of 24,011 aligned goals: 100% (24,011) ")
