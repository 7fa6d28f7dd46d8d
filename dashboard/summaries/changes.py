"""Words for changes of goals, on whichever page; who approved is not shown."""

import pandas as pd

from dashboard.visit import Visit
from dashboard.wording import NOTHING, amount
from pipelines.wording import mark

FIELDS = {
    "target": mark("Target"), "base_target": mark("Base target"), "stretch_target": mark("Stretch target"),
    "start": mark("Start"), "title": mark("Title"), "weight": mark("Weight"), "due_on": mark("Due day"),
    "unit": mark("Unit"), "measure": mark("Measure"), "ambition": mark("Ambition"),
}  # fmt: skip
WAYS = {"raised": mark("raised"), "eased": mark("eased"), "other": mark("otherwise")}
VERDICTS = {
    "kept": mark("approved, as the rule asks"),
    "fixed": mark("the rule allows no change"),
    "not_approved": mark("the rule asks for an approval"),
}
TOLD_BY = {
    "record": mark("record of changes"),
    "check_in": mark("check-ins"),
    "load": mark("two loads that differ"),
}


def sentence(visit: Visit, rows: pd.DataFrame) -> str:
    """How many changes since the goals were agreed, which way, and how many against the rule or without a day."""
    words, since = visit.words, rows[~rows["since_agreed"].eq(False).fillna(False)]
    if not len(since):
        return words.say("Nothing is known to have changed since the goals were agreed.")
    counts = {way: int((since["way"] == way).sum()) for way in WAYS}
    against = int(since["verdict"].isin(["fixed", "not_approved"]).sum())
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
            "field": [say(FIELDS[field]) if field in FIELDS else field for field in found["field"]],
            "old": [_value(value) for value in found["old"]],
            "new": [_value(value) for value in found["new"]],
            "way": [say(WAYS[way]) for way in found["way"]],
            "changed_on": [NOTHING if pd.isna(day) else visit.words.day(day.date()) for day in found["changed_on"]],
            "since": [_since(visit, known) for known in found["since_agreed"]],
            "reason": found["reason"].fillna(NOTHING),
            "approved": [say("stated") if stated else say("none stated") for stated in found["approved"]],
            "verdict": [say(VERDICTS[name]) if name in VERDICTS else NOTHING for name in found["verdict"]],
            "told_by": [say(TOLD_BY[source]) for source in found["told_by"]],
        }
    )


def _since(visit: Visit, known: object) -> str:
    if pd.isna(known):
        return visit.words.say("unknown")
    return visit.words.say("after it was agreed") if known else visit.words.say("before it was agreed")


def _value(text: object) -> str:
    if pd.isna(text):
        return NOTHING
    try:
        return amount(float(str(text)))
    except ValueError:
        return str(text)
