"""Rules about an objective's key results: weights, measurable, time-bound, unchanged."""

import numpy as np
import pandas as pd

from pipelines.lookup import looked_up
from pipelines.metrics.breaches import Checked, breach
from pipelines.metrics.changes import AGAINST
from pipelines.metrics.progress import STATED_WITHOUT_VALUE
from pipelines.metrics.scores import DECIMALS, even_weights
from pipelines.resolve.doubts import EQUAL_TOLERANCE, TOLERANCE
from pipelines.wording import mark

WEIGHTED = mark("S1: an objective's score is the weighted sum of its key results")
MEASURED = mark("our choice: without a start and a target, or a milestone, no progress can be computed")
BOUND = mark("our choice: what is due after its cycle cannot be scored in it")
FIXED = mark("S1: quarterly key results are fixed")


def weights_sum(about: Checked) -> pd.DataFrame:
    """Objectives whose counted key results state weights that do not sum to 1.

    found: their sum once those without one share what is left to 1, so that a part of the weights may be missing; no
    weights at all break no rule. Rounding to a tenth of a percent, and of equal weights such as thirds, is passed
    over as in the problems. Source: S1.
    """
    rows = about.key_results
    weights = even_weights(rows.assign(slot=about.slots, counted=True), len(about.results))
    total = about.per_objective(pd.Series(weights, rows.index)).round(DECIMALS)
    stated = rows.groupby("objective_id")["weight"].agg(["min", "max"])
    least, most = (looked_up(about.results["objective_id"], stated[end]) for end in ("min", "max"))
    allowed = np.where(least == most, EQUAL_TOLERANCE, TOLERANCE)
    wrong = most.notna() & ((total - 1).abs() > allowed)
    found = total[wrong]
    return breach(about.results[wrong], "weights_sum", subject="objective_id", found=found, expected="1",
                  source=WEIGHTED)  # fmt: skip


def measurable(about: Checked) -> pd.DataFrame:
    """Objectives not all of whose key results are measurable; found: how many are, expected: how many there are.

    Measurable: a start and a target that differ, its own or the last ones stated by a check-in, or a milestone (yes
    or no, or ordinal zones). Source: our choice.
    """
    rows = about.key_results
    has_way = rows["start"].notna() & rows["target"].notna() & (rows["start"] != rows["target"])
    return _not_all(about, has_way | rows["measure"].isin(STATED_WITHOUT_VALUE), "measurable", MEASURED)


def time_bound(about: Checked) -> pd.DataFrame:
    """Objectives not all of whose key results are due by the end of their cycle; found and expected as `measurable`.

    Without a day of its own a key result is due when its cycle ends; without either it is not time-bound. Source: our
    choice.
    """
    rows = about.key_results
    due_on = rows["due_on"].fillna(rows["ends_on"])
    return _not_all(about, due_on.notna() & ~(due_on > rows["ends_on"]), "time_bound", BOUND)


def key_results_unchanged(about: Checked) -> pd.DataFrame:
    """Objectives of a quarter whose key results were changed against the policy's rule; found: how many, expected: 0.

    Changed: with a row of `changes` whose verdict is `fixed` or `not_approved`, thus from the first day of the
    quarter and after the goal was agreed, and on a known day. Source: S1.
    """
    moved = about.moved
    against = moved.loc[moved["verdict"].isin(AGAINST), "key_result_id"]
    rows = about.key_results
    number = about.per_objective(rows["key_result_id"].isin(against.dropna()) & (rows["cycle_kind"] == "quarter"))
    found = about.results[number > 0]
    return breach(found, "key_results_unchanged", subject="objective_id", found=number[number > 0], expected="0",
                  source=FIXED)  # fmt: skip


def _not_all(about: Checked, kept: "pd.Series[bool]", rule: str, source: str) -> pd.DataFrame:
    """One finding per objective some of whose key results do not keep the rule."""
    number, of = about.per_objective(kept), about.per_objective(kept.notna())
    wrong = number < of
    expected = of[wrong].map("{:g}".format)
    return breach(about.results[wrong], rule, subject="objective_id", found=number[wrong], expected=expected,
                  source=source)  # fmt: skip
