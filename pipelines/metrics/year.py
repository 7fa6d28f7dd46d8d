"""The year (年度): annual goals cut into quarters and months, planned against actual."""

from collections.abc import Collection
from typing import Any

import pandas as pd

from pipelines.lookup import looked_up
from pipelines.metrics.breaches import Checked
from pipelines.metrics.grouping import groups_of
from pipelines.metrics.progress import progress
from pipelines.metrics.scores import DECIMALS
from pipelines.schema import YEAR_PART, empty

KINDS = ("quarter", "month", "half", "custom")
"""Into what a year may be cut; where it is cut twice over as many days, the first of these counts."""
DEEPEST = 4
PART = [
    "whole_id", "under", "step", "key_result_id", "objective_id", "team_id", "team", "level", "cycle", "cycle_kind",
    "period", "starts_on", "ends_on", "title", "unit", "target_set", "target", "planned_set", "planned", "actual",
    "raw", "score", "ended",
]  # fmt: skip
GOAL = [
    "key_result_id", "objective_id", "team_id", "team", "level", "cycle", "title", "unit", "target_set", "target",
    "parts", "planned_set", "planned", "difference", "cut", "planned_to_date", "actual_to_date", "plan_rate",
    "missing", "running", "done", "year_rate", "needed", "planned_rest", "needed_rate",
]  # fmt: skip


def year_parts(about: Checked, check_ins: pd.DataFrame | None = None) -> pd.DataFrame:
    """The parts of the annual key results, and the parts of those, each as planned and as it came.

    Step 1 are the two or more parts of the whole itself, of the one cut that reaches over most of the year; what is
    cut once more (under: of which part) has step 2 and so on, and adds nothing. planned and actual are amounts, from
    the start (0 where none is stated) to target and value: planned_set before any change, planned after all; raw is
    actual over the own target's amount, score its clamp. actual is missing without a value or progress; ended: by
    the day, or everything where no day is known. Source: S3.
    """
    pairs = _under_years(about)
    if pairs.empty:
        return empty(YEAR_PART.columns).assign(ended=pd.Series(dtype="bool"))[PART]
    rows = _measured(about, _ends(pairs), check_ins)
    pairs = pairs.merge(rows.drop(columns="own_target"), on="key_result_id")
    length = looked_up(pairs["whole_id"], rows.set_index("key_result_id")["days"]).to_numpy()
    pairs = pairs[pairs["days"] < length]
    years = rows.loc[rows["cycle_kind"] == "year", "key_result_id"]
    first = pairs[pairs["whole_id"].isin(years)].assign(under=lambda found: found["whole_id"], step=1)
    found = _below(_one_cut(first), pairs)
    order = ["whole_id", "starts_on", "step", "team", "key_result_id"]
    return found.sort_values(order, kind="stable", ignore_index=True)[PART]


def reaching_years(about: Checked) -> list[str]:
    """The annual key results that are cut into parts, and those parts however far down: what has to be measured."""
    return sorted(_ends(_under_years(about)))


def year_periods(found: pd.DataFrame) -> pd.DataFrame:
    """Planned against actual by quarter and cumulated, for each annual key result.

    In: `year_parts`. Out: whole_id, period (the quarter, or the cycle where that lies in none), starts_on, ends_on,
    parts, missing (parts without an actual), planned_set, planned, actual (missing where no part has one), ended (all
    its parts), planned_sum, actual_sum (cumulated; missing from the first period without an actual on).
    """
    groups = groups_of(found[found["step"] == 1], ["whole_id", "period"])
    table = groups.agg(
        starts_on=("starts_on", "min"), ends_on=("ends_on", "max"), parts=("key_result_id", "size"),
        known=("actual", "count"), ended=("ended", "all"),
    )  # fmt: skip
    sums = {name: groups[name].sum(min_count=1) for name in ("planned_set", "planned", "actual")}
    table = table.assign(missing=table["parts"] - table["known"], **sums).drop(columns="known").reset_index()
    table = table.sort_values(["whole_id", "starts_on", "period"], kind="stable", ignore_index=True)
    running = table.groupby("whole_id")
    gap = table["actual"].isna().groupby(table["whole_id"]).cummax()
    return table.assign(
        planned_sum=running["planned"].cumsum(), actual_sum=running["actual"].cumsum().mask(gap).round(DECIMALS)
    )


def year_goals(about: Checked, found: pd.DataFrame) -> pd.DataFrame:
    """Each annual key result that is cut into parts: parts against whole, the year so far, what is left to do.

    In: `year_parts`. target_set and target: before any change and after all. difference: what the parts plan beyond
    the whole's amount; cut: the share of the year's days they reach over. To date: the parts that ended and have an
    actual; plan_rate = actual_to_date / planned_to_date; missing: parts ended without one; running: parts
    not ended. done: all actual, running
    parts included; year_rate = done / the whole's amount; needed: what is left of that; planned_rest: what the parts
    not ended still plan; needed_rate = needed / planned_rest, above 1 where more is needed than planned. Source: S3.
    """
    return goals_of(pd.concat([year_wholes(about, found), found]))


def year_wholes(about: Checked, found: pd.DataFrame, check_ins: pd.DataFrame | None = None) -> pd.DataFrame:
    """The annual key results that these parts belong to, in the shape of the parts, with step 0."""
    if found.empty:
        return found
    wholes = _measured(about, found["whole_id"], check_ins)
    itself = wholes.assign(whole_id=wholes["key_result_id"], under=wholes["key_result_id"], step=0)
    return itself[PART]


def goals_of(found: pd.DataFrame) -> pd.DataFrame:
    """`year_goals` from the parts and their wholes."""
    own, wholes = found[found["step"] == 1], found[found["step"] == 0].set_index("whole_id")
    wholes = wholes.assign(amount=wholes["planned"], days=(wholes["ends_on"] - wholes["starts_on"]).dt.days + 1)
    groups, known = own.groupby("whole_id"), own[own["ended"] & own["actual"].notna()].groupby("whole_id")
    left = (own["planned"] - own["actual"].fillna(0)).where(~own["ended"], 0.0)
    left = left.where(left * own["planned"] > 0, 0.0)
    cycles = own.drop_duplicates(["whole_id", "cycle"])
    days = ((cycles["ends_on"] - cycles["starts_on"]).dt.days + 1).groupby(cycles["whole_id"]).sum()
    sums: dict[str, Any] = {
        "parts": groups.size(), "planned_set": groups["planned_set"].sum(min_count=1),
        "planned": groups["planned"].sum(min_count=1), "done": groups["actual"].sum(min_count=1),
        "planned_to_date": known["planned"].sum(min_count=1), "actual_to_date": known["actual"].sum(min_count=1),
        "missing": (own["ended"] & own["actual"].isna()).groupby(own["whole_id"]).sum(),
        "running": (~own["ended"]).groupby(own["whole_id"]).sum(),
        "planned_rest": left.groupby(own["whole_id"]).sum(), "cut": days,
    }  # fmt: skip
    table = wholes.assign(**sums)
    table = table.assign(cut=(table["cut"] / table["days"]).round(DECIMALS), **_rates(table))
    return table.sort_values(["cycle", "objective_id", "key_result_id"], ignore_index=True)[GOAL]


def _rates(table: pd.DataFrame) -> dict[str, "pd.Series[float]"]:
    whole = table["amount"]
    needed = (whole - table["done"].fillna(0)).round(DECIMALS)
    return {
        "difference": (table["planned"] - whole).round(DECIMALS),
        "plan_rate": _over(table["actual_to_date"], table["planned_to_date"]),
        "year_rate": _over(table["done"], whole),
        "needed": needed,
        "needed_rate": _over(needed, table["planned_rest"]),
    }


def _over(part: "pd.Series[float]", whole: "pd.Series[float]") -> "pd.Series[float]":
    """The part over the whole; both are negative where a number is to fall."""
    return (part / whole.where(whole != 0)).round(DECIMALS)


def _under_years(about: Checked) -> pd.DataFrame:
    """The pairs of whole and part that annual key results are cut into, however far down."""
    rows, pairs = about.summable, about.parts[["whole_id", "key_result_id"]]
    reached = set(rows.loc[rows["cycle_kind"] == "year", "key_result_id"])
    for _ in range(DEEPEST):
        reached |= set(pairs.loc[pairs["whole_id"].isin(reached), "key_result_id"])
    return pairs[pairs["whole_id"].isin(reached)]


def _ends(pairs: pd.DataFrame) -> set[str]:
    return {*pairs["whole_id"], *pairs["key_result_id"]}


def _measured(about: Checked, names: Collection[str], check_ins: pd.DataFrame | None) -> pd.DataFrame:
    """Key results that can be added, with what they plan and what came, as amounts from their start."""
    rows = about.summable[about.summable["key_result_id"].isin(names)].reset_index(drop=True)
    start = rows["start"].fillna(0.0)
    day = pd.Timestamp(about.as_of) if about.as_of else pd.NaT
    asked = rows.assign(
        start=start, target=rows["own_target"], as_of=pd.Series(day, rows.index, dtype="datetime64[us]")
    )
    asked = asked.assign(begun=~(asked["as_of"] < rows["starts_on"]), ended=False)
    said = about.check_ins if check_ins is None else check_ins
    raw = progress(asked, said[said["key_result_id"].isin(rows["key_result_id"])])["raw"]
    ended = rows["ends_on"] <= pd.Timestamp(about.day) if about.day else pd.Series(data=True, index=rows.index)
    return rows.assign(
        planned_set=rows["target_set"] - start, planned=rows["target"] - start, amount=rows["target"] - start,
        raw=raw, score=raw.clip(0, 1), actual=(raw * (rows["own_target"] - start)).round(DECIMALS), ended=ended,
        days=(rows["ends_on"] - rows["starts_on"]).dt.days + 1, period=rows["quarter"].fillna(rows["cycle"]),
    )  # fmt: skip


def _one_cut(found: pd.DataFrame) -> pd.DataFrame:
    """The parts of one kind of cycle for each whole, two or more: that over most days, so that none counts twice."""
    found = found[found.groupby(["whole_id", "cycle_kind"])["key_result_id"].transform("size") > 1]
    once = found.drop_duplicates(["whole_id", "cycle"])
    days = once.groupby(["whole_id", "cycle_kind"])["days"].sum().reset_index()
    rank = days["cycle_kind"].map({kind: place for place, kind in enumerate(KINDS)})
    best = days.assign(rank=rank).sort_values(["days", "rank"], ascending=[False, True], kind="stable")
    return found.merge(best.drop_duplicates("whole_id")[["whole_id", "cycle_kind"]], on=["whole_id", "cycle_kind"])


def _below(found: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """The parts, and below them the parts they are cut into, as long as cycles get shorter."""
    rungs = [found]
    for step in range(2, DEEPEST + 1):
        above = rungs[-1][["whole_id", "key_result_id"]].set_axis(["root", "under"], axis=1)
        rung = above.merge(pairs.rename(columns={"whole_id": "under"}), on="under")
        rungs.append(rung.rename(columns={"root": "whole_id"}).assign(step=step))
    rungs = [rung for rung in rungs if len(rung)]
    return pd.concat(rungs) if rungs else found.assign(step=pd.Series(dtype="int64"))
