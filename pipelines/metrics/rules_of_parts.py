"""Parts and whole (分解合计): whether the targets of the parts add up to that of the whole."""

import pandas as pd

from pipelines.lookup import looked_up
from pipelines.metrics.breaches import Checked, breach
from pipelines.metrics.changes import targets
from pipelines.metrics.scores import DECIMALS
from pipelines.texts import normalised
from pipelines.wording import mark

ADDS_UP = mark("S3: an annual goal is cut into parts that make up the whole")
NOT_ADDED = ("percent", "milestone", "yes_no", "ordinal")
PARTS = ["child_id", "cycle", "cycle_kind", "starts_on", "ends_on", "key_result_id", "unit_key", "start", "target"]


def parts_and_whole(about: Checked) -> pd.DataFrame:
    """Key results whose target is not the sum of its parts' targets; found: that sum, expected: the target.

    Each cut (into quarters, months, or teams of one kind of cycle) is held against the whole by itself, for cut twice
    a whole is not twice as much. Not checked are a cut of one part, one of which a target is missing, one that does
    not yet reach over all days of the whole's cycle, and levels, of which the starts do not add up to the whole's
    start either, such as points or days. Targets are those that hold after all changes. Source: S3.
    """
    rows, pairs = about.summable, about.parts
    cuts = pairs.groupby(["whole_id", "cycle_kind"], dropna=False).agg(
        total=("target", _all), begin=("start", _all),
        first=("starts_on", "min"), last=("ends_on", "max"), goals=("child_id", "nunique"),
    )  # fmt: skip
    cuts = cuts.join(_days(pairs)).reset_index(level="cycle_kind", drop=True)
    wholes = rows.merge(cuts, left_on="key_result_id", right_index=True).dropna(subset=["total", "target"])
    over = (wholes["first"] <= wholes["starts_on"]) & (wholes["last"] >= wholes["ends_on"])
    over &= wholes["days"] >= (wholes["ends_on"] - wholes["starts_on"]).dt.days + 1
    level = (wholes["begin"] - wholes["start"]).round(DECIMALS).fillna(0) != 0
    wrong = wholes[over & ~level & (wholes["goals"] > 1) & ((wholes["total"] - wholes["target"]).round(DECIMALS) != 0)]
    expected = wrong["target"].map("{:.12g}".format)
    return breach(wrong, "parts_and_whole", subject="key_result_id", found=wrong["total"], expected=expected,
                  source=ADDS_UP)  # fmt: skip


def summable(about: Checked) -> pd.DataFrame:
    """The key results whose targets can be added, those of a known unit that is no percentage; `target` is that now."""
    rows = about.key_results.assign(unit_key=normalised(about.key_results["unit"]))
    now = targets(about).set_index("key_result_id")
    rows = rows.assign(
        own_target=rows["target"],
        target_set=looked_up(rows["key_result_id"], now["set"]).to_numpy(),
        target=looked_up(rows["key_result_id"], now["now"]).to_numpy(),
    )
    return rows[rows["unit_key"].notna() & ~rows["unit_key"].isin(["", "%"]) & ~rows["measure"].isin(NOT_ADDED)]


def parts(about: Checked) -> pd.DataFrame:
    """Each whole beside each of its parts, both `summable`: whole_id, and `PARTS` of the part.

    Parts are those of the same unit in the objectives linked to the whole, or to its
    objective where that has one key result of the unit. Links count if they are vertical and contribute; who took a
    goal over whole (承接) has no part of it.
    """
    rows, ends = about.summable, about.contributing.query("kind == 'vertical'")
    adoption = about.history.objective.set_index("objective_id")["adoption"]
    ends = ends[looked_up(ends["child_id"], adoption) != "taken_over"]
    named = rows[["key_result_id", "objective_id", "unit_key"]].rename(columns={"key_result_id": "whole_id"})
    alone = named[~named.duplicated(["objective_id", "unit_key"], keep=False)]
    through = ends.merge(named, left_on="key_result_id", right_on="whole_id")
    whole = ends[ends["key_result_id"].isna()].merge(alone, left_on="parent_id", right_on="objective_id")
    linked = pd.concat([through, whole])[["child_id", "whole_id", "unit_key"]].drop_duplicates()
    return linked.merge(rows.rename(columns={"objective_id": "child_id"})[PARTS], on=["child_id", "unit_key"])


def _all(values: "pd.Series[float]") -> float:
    """The sum, missing where any value is."""
    return float(values.sum(skipna=False))


def _days(pairs: pd.DataFrame) -> "pd.Series[int]":
    """How many days the cycles of each cut hold, each cycle once."""
    once = pairs.drop_duplicates(["whole_id", "cycle_kind", "cycle"])
    days = (once["ends_on"] - once["starts_on"]).dt.days + 1
    return days.groupby([once["whole_id"], once["cycle_kind"]], dropna=False).sum().rename("days")
