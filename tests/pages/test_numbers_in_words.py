"""Numbers read the same everywhere: one rule for shares, one for changes."""

import pytest

from dashboard.sentences import basis
from dashboard.wording import Wording, signed

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
