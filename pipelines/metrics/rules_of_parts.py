"""Parts and whole (分解合计): whether the targets of the parts add up to that of the whole."""

from dataclasses import replace

import pandas as pd

from pipelines.metrics.alignment import links
from pipelines.metrics.breaches import Checked, breach
from pipelines.metrics.scores import DECIMALS
from pipelines.resolve.texts import normalised
from pipelines.wording import mark

ADDS_UP = mark("S3: an annual goal is cut into parts that make up the whole")
NOT_ADDED = ("percent", "milestone", "yes_no", "ordinal")
PARTS = ["child_id", "starts_on", "ends_on", "key_result_id", "unit_key", "target"]


def parts_and_whole(about: Checked) -> pd.DataFrame:
    """Key results whose target is not the sum of its parts' targets; found: that sum, expected: the target.

    Parts are the counted key results of the same unit in the objectives linked to it, or to its objective where that
    has one key result of the unit. Percentages are not added up; links count if they are vertical and contribute. Not
    checked where a part has no target, or while the parts' cycles together do not reach over the whole's, for then
    some are still to be set. Source: S3.
    """
    rows = _summable(about)
    pairs = _pairs(about, rows)
    sums = pairs.groupby("whole_id").agg(
        total=("target", lambda targets: targets.sum(skipna=False)), first=("starts_on", "min"), last=("ends_on", "max")
    )
    wholes = rows.merge(sums, left_on="key_result_id", right_index=True).dropna(subset=["total", "target"])
    over = (wholes["first"] <= wholes["starts_on"]) & (wholes["last"] >= wholes["ends_on"])
    wrong = wholes[over & ((wholes["total"] - wholes["target"]).round(DECIMALS) != 0)]
    expected = wrong["target"].map("{:.12g}".format)
    return breach(wrong, "parts_and_whole", subject="key_result_id", found=wrong["total"], expected=expected,
                  source=ADDS_UP)  # fmt: skip


def _summable(about: Checked) -> pd.DataFrame:
    """The key results whose targets can be added: of a known unit that is no percentage."""
    rows = about.key_results.assign(unit_key=normalised(about.key_results["unit"]))
    return rows[rows["unit_key"].notna() & ~rows["unit_key"].isin(["", "%"]) & ~rows["measure"].isin(NOT_ADDED)]


def _pairs(about: Checked, rows: pd.DataFrame) -> pd.DataFrame:
    """Each whole beside each of its parts: whole_id, and the part's target and the days of its cycle."""
    stated = about.history.alignment
    kept = replace(about.history, alignment=stated[stated["relation"] != "supports"])
    ends = links(about.results, kept).query("kind == 'vertical'")
    named = rows[["key_result_id", "objective_id", "unit_key"]].rename(columns={"key_result_id": "whole_id"})
    alone = named[~named.duplicated(["objective_id", "unit_key"], keep=False)]
    through = ends.merge(named, left_on="key_result_id", right_on="whole_id")
    whole = ends[ends["key_result_id"].isna()].merge(alone, left_on="parent_id", right_on="objective_id")
    linked = pd.concat([through, whole])[["child_id", "whole_id", "unit_key"]].drop_duplicates()
    return linked.merge(rows.rename(columns={"objective_id": "child_id"})[PARTS], on=["child_id", "unit_key"])
