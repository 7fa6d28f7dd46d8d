"""Changes of goals: raised, eased or otherwise, with reason and approval, held against the policy's rule."""

from typing import Any

import numpy as np
import pandas as pd

from pipelines.lookup import among, looked_up
from pipelines.metrics.breaches import KEYS, Checked
from pipelines.metrics.changed_settings import meant
from pipelines.schema import CYCLE_KINDS, GOAL_CHANGE, empty
from pipelines.texts import normalised

TARGETS = ("target", "base_target", "stretch_target")
COLUMNS = ["objective_id", "key_result_id", *KEYS, "title", "key_result", "field", "old", "new", "way", "changed_on",
           "agreed_on", "since_agreed", "reason", "approved", "verdict", "told_by", "batch_id", "file", "sheet",
           "row"]  # fmt: skip
RULES = {
    "by_cycle": {"objective": "fixed", "year": "approved", "half": "approved", "quarter": "fixed"},
    "approved": dict.fromkeys(("objective", *CYCLE_KINDS), "approved"),
    "free": {},
}
"""What the policy asks of a change of an objective, or of a key result by the kind of its cycle."""
AGAINST = ("fixed", "not_approved")
TOLD_BY = ("record", "check_in", "load")


def changes(about: Checked) -> pd.DataFrame:
    """Every change of a counted goal up to the day, from all three sources, each change once.

    A record of changes (table `change`) goes before two check-ins that state different targets, and these before two
    loads that state a value differently. way: `raised` where a target moves away from the start, or the start from
    the target, `eased` where they come nearer, else `other`. since_agreed: whether it is later than the day agreed;
    missing where either day is. verdict: `kept`, `fixed` or `not_approved` by the policy's rule, missing where it
    rules nothing or the change came, or may have come, before the goal was agreed or its cycle began. No row names a
    person: approved says whether an approval is stated, and only settings of a goal that are known
    (`changed_settings`) are listed. Without a day a change counts where no day is asked for. Source: S1, S3.
    """
    told = pd.concat([_recorded(about), _by_check_ins(about)], ignore_index=True)
    if told.empty:
        return with_since_agreed(empty(GOAL_CHANGE.columns))
    told = told.assign(**_placed(told, about))
    told = told.assign(field=meant(told["field"]))
    told = _once(told[told["cycle"].notna() & told["field"].notna()])
    told = told.assign(way=_way(told))
    return in_turn(_ruled(told, about))[COLUMNS]


def in_turn(told: pd.DataFrame) -> pd.DataFrame:
    """Changes as they came, those of unknown day first."""
    order = ["changed_on", "objective_id", "key_result_id", "field", "batch_id", "file", "row"]
    return told.sort_values(order, kind="stable", na_position="first", ignore_index=True)


def with_since_agreed(told: pd.DataFrame) -> pd.DataFrame:
    """The table `goal_change` as `changes` gives it: with since_agreed, as they came."""
    known = told["changed_on"].notna() & told["agreed_on"].notna()
    later = (told["changed_on"] > told["agreed_on"]).astype("boolean").where(known)
    return in_turn(told.assign(since_agreed=later))[COLUMNS]


def targets(about: Checked) -> pd.DataFrame:
    """Each counted key result's target as set, and now: key_result_id, set, now.

    Now is its own target, moved on by the changes that begin there; set is what the first change found. Own targets
    have no day: a sheet that is written anew states what holds now.
    """
    own = about.key_results.set_index("key_result_id")["target"]
    moved = about.moved.query("field == 'target'").dropna(subset=["key_result_id"])
    moved = moved.assign(old=_number(moved["old"]), new=_number(moved["new"])).dropna(subset=["new"])
    found = pd.DataFrame({"set": own, "now": own})
    for name, steps in moved.groupby("key_result_id", sort=False):
        pairs = list(zip(steps["old"], steps["new"], strict=True))
        first = pairs[0][0] if pd.notna(pairs[0][0]) else own[name]
        found.loc[name] = [first, _moved_on(own[name], pairs)]
    return found.reset_index()


def _moved_on(target: float, steps: list[tuple[float, float]]) -> float:
    """Where changes lead from the target; a missing target is what the last one made it."""
    if pd.isna(target):
        return steps[-1][1]
    for old, new in steps:
        target = new if old == target else target
    return target


def _recorded(about: Checked) -> pd.DataFrame:
    """The rows of `change`: those of a load have neither day nor reason nor approval."""
    rows = about.history.change
    if about.as_of:
        rows = rows[rows["changed_on"] <= pd.Timestamp(about.as_of)]
    rows = rows[rows["old"].isna() | rows["new"].isna() | (rows["old"] != rows["new"])]
    bare = rows[["changed_on", "reason", "approved_by"]].isna().all(axis=1)
    told_by = pd.Series(np.where(bare, "load", "record"), rows.index, dtype="str")
    return rows.assign(told_by=told_by, approved=rows["approved_by"].notna()).drop(columns="approved_by")


def _by_check_ins(about: Checked) -> pd.DataFrame:
    """Targets that a check-in states otherwise than the one before on the same key result."""
    owners = about.key_results.set_index("key_result_id")["objective_id"]
    said = about.check_ins.dropna(subset=["target"])
    said = said.assign(objective_id=looked_up(said["key_result_id"], owners).astype("str"))
    before = said.groupby("key_result_id")["target"].shift()
    moved = before.notna() & (before != said["target"])
    texts = said.assign(old=_text(before), new=_text(said["target"]), changed_on=said["checked_on"])[moved]
    columns = ["objective_id", "key_result_id", "changed_on", "old", "new", "batch_id", "file", "sheet", "row"]
    empty = pd.Series(None, texts.index, dtype="str")
    return texts[columns].assign(field="target", reason=empty, approved=False, told_by="check_in")


def _placed(told: pd.DataFrame, about: Checked) -> dict[str, "pd.Series[Any]"]:
    """The goal each change is about; without a cycle where it does not count."""
    goals = about.results.set_index("objective_id")
    measured = about.key_results.set_index("key_result_id")
    stated = about.history.objective.set_index("objective_id")["agreed_on"]
    counted = told["key_result_id"].isna() | among(told["key_result_id"], measured.index)
    own = {name: looked_up(told["objective_id"], goals[name]) for name in (*KEYS, "title", "cycle_kind", "starts_on")}
    return {
        **own, "cycle": own["cycle"].where(counted),
        **{name: looked_up(told["key_result_id"], measured[name]) for name in ("start", "target")},
        "key_result": looked_up(told["key_result_id"], measured["title"]),
        "agreed_on": looked_up(told["objective_id"], stated),
    }  # fmt: skip


def _once(told: pd.DataFrame) -> pd.DataFrame:
    """Each change once, as told by the source that says most."""
    known = told.assign(goal=told["key_result_id"].fillna(told["objective_id"]), before=_same(told["old"]),
                        after=_same(told["new"]))  # fmt: skip
    for place, name in enumerate(TOLD_BY[1:], start=1):
        weaker, stronger = known[known["told_by"] == name], known[known["told_by"].isin(TOLD_BY[:place])]
        known = known.drop(index=_told_again(weaker, stronger))
    return told.loc[known.index]


def _told_again(weaker: pd.DataFrame, stronger: pd.DataFrame) -> list[int]:
    """The rows that tell what a stronger one does, at most one for each, the nearest in time.

    They speak of the same setting, with the same value after and, where both state one, before.
    """
    columns, same = ["goal", "field", "after"], ["before", "changed_on"]
    known = stronger[[*columns, *same]].reset_index(names="stronger")
    pairs = weaker[[*columns, *same]].reset_index(names="weaker").merge(known, on=columns, suffixes=("", "_known"))
    differ = pairs["before"] != pairs["before_known"]
    pairs = pairs.assign(differ=differ, apart=(pairs["changed_on"] - pairs["changed_on_known"]).abs())
    pairs = pairs[~differ | (pairs["before"] == "") | (pairs["before_known"] == "")]
    pairs = pairs.sort_values(["differ", "apart", "changed_on", "changed_on_known"], kind="stable")
    again: set[int] = set()
    matched: set[int] = set()
    for one, other in zip(pairs["weaker"], pairs["stronger"], strict=True):
        if one not in again and other not in matched:
            again.add(one)
            matched.add(other)
    return list(again)


def _same(values: "pd.Series[str]") -> "pd.Series[str]":
    """One spelling of each value; nothing for a missing one."""
    number = _number(values)
    return number.map("{:.12g}".format).where(number.notna(), normalised(values)).astype("str").fillna("")


def _way(told: pd.DataFrame) -> "pd.Series[str]":
    """Raised, eased or other; the way is that from the start to the target, old and new."""
    old, new = _number(told["old"]), _number(told["new"])
    fixed = told["start"].where(told["field"].isin(TARGETS), told["target"].where(told["field"] == "start"))
    step = ((new - fixed).abs() - (old - fixed).abs()).round(9)
    return pd.Series(np.select([step > 0, step < 0], ["raised", "eased"], "other"), told.index, dtype="str")


def _ruled(told: pd.DataFrame, about: Checked) -> pd.DataFrame:
    """What the policy's rule says of each change, and whether it came after the goal was agreed."""
    later = told["changed_on"] > told["agreed_on"]
    known = told["changed_on"].notna() & told["agreed_on"].notna()
    kind = told["cycle_kind"].where(told["key_result_id"].notna(), "objective")
    rule = kind.map(RULES[about.policy.rules.changed_goals]).astype("str")
    # A change of unknown day may have come before the goal was agreed.
    undated = told["changed_on"].isna()
    unruled = rule.isna() | undated | (known & ~later) | (told["changed_on"] < told["starts_on"])
    kept = (rule == "approved") & told["approved"]
    verdict = np.select([unruled, kept, rule == "fixed"], ["", "kept", "fixed"], "not_approved")
    plain = pd.Series(verdict, told.index, dtype="str")
    return told.assign(since_agreed=later.astype("boolean").where(known), verdict=plain.mask(plain == ""))


def _number(texts: "pd.Series[str]") -> "pd.Series[float]":
    plain = texts.astype("str").str.replace(",", "").str.strip()
    share = plain.str.endswith("%", na=False)
    numbers = pd.to_numeric(plain.str.rstrip("%"), errors="coerce").astype("float64")
    return numbers.where(~share, numbers / 100)


def _text(values: "pd.Series[float]") -> "pd.Series[str]":
    return values.map("{:.12g}".format).astype("str")
