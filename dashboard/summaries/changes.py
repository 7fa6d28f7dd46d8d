"""Words for changes of goals, on whichever page; who approved is not shown."""

from typing import Any

import pandas as pd

from dashboard.visit import Visit
from dashboard.wording import NOTHING, amount
from pipelines.metrics.changes import AGAINST
from pipelines.wording import mark

FIELDS = {
    "target": mark("Target"), "base_target": mark("Base target"), "stretch_target": mark("Stretch target"),
    "start": mark("Start"), "title": mark("Title"), "weight": mark("Weight"), "due_on": mark("Due day"),
    "unit": mark("Unit"), "measure": mark("Measure"), "ambition": mark("Ambition"),
    "description": mark("Description"),
}  # fmt: skip
WAYS = {"raised": mark("raised"), "eased": mark("eased"), "other": mark("otherwise")}
VERDICTS = {
    "kept": mark("approved, as the rule asks"),
    "fixed": mark("the rule allows no change"),
    "not_approved": mark("the rule asks for an approval"),
}


def sentence(visit: Visit, rows: pd.DataFrame) -> str:
    """How many changes since the goals were agreed, which way, and how many against the rule or without a day."""
    words, since = visit.words, rows[~rows["since_agreed"].eq(False).fillna(False)]
    if not len(since):
        return words.say("Nothing is known to have changed since the goals were agreed.")
    counts = {way: int((since["way"] == way).sum()) for way in WAYS}
    against = int(since["verdict"].isin(AGAINST).sum())
    told = words.say_plural(
        "{count} change since the goals were agreed: {raised} raised, {eased} eased, {other} otherwise; {against} not "
        "as the rule asks",
        "{count} changes since the goals were agreed: {raised} raised, {eased} eased, {other} otherwise; {against} not "
        "as the rule asks",
        len(since), against=against, **counts,
    )  # fmt: skip
    unknown = int(since["since_agreed"].isna().sum())
    if not unknown:
        return told
    return told + words.say(" ({unknown} of unknown day, or of goals without a day of agreement)", unknown=unknown)


def rows(visit: Visit, found: pd.DataFrame) -> pd.DataFrame:
    """One row per change as listed: goal, what, from what to what, which way, when, why, approval, by the rule."""
    say = visit.words.say
    return pd.DataFrame(
        {
            "goal": [visit.goal(key, title) for key, title in zip(found["objective_id"], found["title"], strict=True)],
            "key_result": found["key_result"],
            "team": found["team"],
            "cycle": found["cycle"],
            "change": [_what(visit, row) for row in found.to_dict("records")],
            "changed_on": [_when(visit, row) for row in found.to_dict("records")],
            "reason": found["reason"].fillna(NOTHING),
            "approved": [say("stated") if stated else say("none stated") for stated in found["approved"]],
            "verdict": [say(VERDICTS[name]) if name in VERDICTS else NOTHING for name in found["verdict"]],
        }
    )


def _what(visit: Visit, row: dict[Any, Any]) -> str:
    """Target: 10 → 12, raised."""
    say, name, moved = visit.words.say, row["field"], row["way"]
    field = say(FIELDS[name])
    way = "" if moved == "other" else say(", {way}", way=say(WAYS[moved]))
    return say("{field}: {old} → {new}{way}", field=field, old=_value(row["old"]), new=_value(row["new"]), way=way)


def _when(visit: Visit, row: dict[Any, Any]) -> str:
    """The day, and whether the goal had been agreed by then; of two loads that differ, the later one."""
    say, since = visit.words.say, row["since_agreed"]
    if pd.isna(row["changed_on"]):
        return (
            say("day unknown; load {number} differs", number=row["batch_id"]) if row["told_by"] == "load" else NOTHING
        )
    day = visit.words.day(row["changed_on"].date())
    if pd.isna(since):
        return day
    return say("{day}, after it was agreed", day=day) if since else say("{day}, before it was agreed", day=day)


def _value(text: Any) -> str:
    if pd.isna(text):
        return NOTHING
    try:
        return amount(float(str(text)))
    except ValueError:
        return str(text)
