"""Words and rows of the lists of goals worth a question: never a person, a team only where the method allows it."""

from collections.abc import Mapping

import pandas as pd

from dashboard.sentences import evidence
from dashboard.visit import Visit
from dashboard.wording import AMBITIONS, NOTHING
from pipelines.metrics.catalogue_challenge import CHANGED, DIFFERS, EASY, EVIDENCE
from pipelines.metrics.reconsidering import CHANGE, GO_ON
from pipelines.wording import mark

GROUPS = {"easy": EASY, "changed": CHANGED, "differs": DIFFERS}
QUESTIONS = {CHANGE: mark("Change it?"), GO_ON: mark("Go on with it?")}
STATUSES = {
    "draft": mark("Draft"),
    "active": mark("Active"),
}
LOW_WORDS = mark(
    "Below {reconsider}: is the goal, or are its key results, to be changed? Below {too_low}: is it to go on at all? A "
    "low score is no failure, but a way to see what does not matter."
)


def goal_rows(visit: Visit, goals: pd.DataFrame) -> pd.DataFrame:
    """One row per goal: title, its evidence in words by group (easy, changed, differs), then what `_about` gives."""
    told = _told(visit, goals)
    rows = goals.drop_duplicates("objective_id")
    groups = {
        name: rows["objective_id"].map(_joined(visit, told[told["group"] == group])) for name, group in GROUPS.items()
    }
    score = (100 * rows["score"]).round()
    return pd.DataFrame({"title": rows["title"], **groups, "score": score, **_about(visit, rows)})


def new_rows(visit: Visit, goals: pd.DataFrame) -> pd.DataFrame:
    """One row per new goal: title, evidence in words, status, then what `_about` gives."""
    rows = goals.drop_duplicates("objective_id")
    why = rows["objective_id"].map(_joined(visit, _told(visit, goals)))
    status = [visit.words.say(STATUSES.get(status, STATUSES["active"])) for status in rows["status"]]
    return pd.DataFrame({"title": rows["title"], "evidence": why, "status": status, **_about(visit, rows)})


def low_rows(visit: Visit, goals: pd.DataFrame) -> pd.DataFrame:
    """One row per low goal: title, the question in words, score, then what `_about` gives."""
    question = [visit.words.say(QUESTIONS[question]) for question in goals["question"]]
    score = (100 * goals["score"]).round()
    return pd.DataFrame({"title": goals["title"], "question": question, "score": score, **_about(visit, goals)})


def done_rows(visit: Visit, goals: pd.DataFrame) -> pd.DataFrame:
    """One row per goal left behind: title, its key results, score, then what `_about` gives."""
    score = (100 * goals["score"]).round()
    return pd.DataFrame({"title": goals["title"], "key_results": goals["key_results"], "score": score,
                         **_about(visit, goals)})  # fmt: skip


def groups_note(visit: Visit, goals: Mapping[str, int]) -> str:
    """How many goals each group of evidence holds; one may be in several."""
    words = visit.words
    parts = [
        words.say("{group}: {count}", group=words.say(group), count=goals.get(group, 0)) for group in GROUPS.values()
    ]
    return " · ".join(parts)


def new_title(visit: Visit, new: pd.DataFrame, listed: int) -> str:
    """How many of the new goals are listed, and until when they can be raised; the last of several days."""
    words, days = visit.words, pd.Timedelta(days=visit.policy.rhythm.aligned_by_day - 1)
    until = words.day((new["starts_on"].max() + days).date())
    if not listed:
        return words.say("New goals: nothing suggests that one asks too little; they can be raised until {until}",
                         until=until)  # fmt: skip
    return words.say_plural(
        "New goals to look at: {listed} of {count}, which can be raised until {until}",
        "New goals to look at: {listed} of {count}, which can be raised until {until}",
        len(new), listed=listed, until=until,
    )  # fmt: skip


def new_note(visit: Visit) -> str:
    """What new goals are held against."""
    return visit.words.say(
        "Open goals and drafts of cycles just begun, drafts only here: a target that asks no more than the last "
        "result, the same goal for the third time, or, where not committed, a first confidence of {confidence} or "
        "more.",
        confidence=visit.words.percent(visit.policy.challenge.confidence),
    )


def new_over(visit: Visit, quarter: str) -> str:
    """That the days in which new goals are looked at are over, and when they come again."""
    words, cycle = visit.words, visit.cycle(quarter)
    until = words.day(cycle.day(visit.policy.rhythm.aligned_by_day))
    return words.say(
        "New goals are looked at while they can still be raised: those of {quarter} were until {until}.",
        quarter=quarter, until=until,
    )  # fmt: skip


def low_title(visit: Visit, whole: pd.DataFrame) -> str:
    """How many goals ended low."""
    words, row, limits = visit.words, whole.iloc[0], visit.policy.threshold
    return words.say(
        "The other end: {share} of {count} goals ended below {reconsider}, {far} below {too_low}",
        count=int(row["objectives"]),
        share=words.percent(row["reconsider_rate"]), far=words.percent(row["too_low_rate"]),
        reconsider=words.percent(limits.reconsider), too_low=words.percent(limits.too_low),
    )  # fmt: skip


def low_words(visit: Visit) -> str:
    """The method's own words on low goals, with the policy's bounds."""
    words, limits = visit.words, visit.policy.threshold
    return words.say(LOW_WORDS, reconsider=words.percent(limits.reconsider), too_low=words.percent(limits.too_low))


def low_basis(visit: Visit, by_quarter: pd.DataFrame) -> str:
    """How many goals the shares rest on."""
    count = int(by_quarter["objectives"].sum())
    return visit.words.say_plural(
        "{count} scored goal, committed ones included, with at least {coverage} of its weight scored",
        "{count} scored goals, committed ones included, each with at least {coverage} of its weight scored",
        count, coverage=visit.words.percent(visit.policy.challenge.coverage),
    )  # fmt: skip


def _told(visit: Visit, goals: pd.DataFrame) -> pd.DataFrame:
    """Each finding in words, with its group."""
    said = [evidence(visit.words, found) for found in goals.to_dict("records")]
    return pd.DataFrame(
        {"objective_id": goals["objective_id"], "group": [EVIDENCE[c].group for c in goals["code"]], "said": said}
    )


def _joined(visit: Visit, told: pd.DataFrame) -> "pd.Series[str]":
    return told.groupby("objective_id")["said"].agg(visit.words.say("; ").join).astype("str")


def _about(visit: Visit, rows: pd.DataFrame) -> dict[str, object]:
    """Cycle, team (a dash where it may not be named), ambition and id of each goal."""
    return {
        "cycle": rows["cycle"],
        "team": rows["team"].fillna(NOTHING),
        "ambition": [visit.words.say(AMBITIONS[ambition]) for ambition in rows["ambition"]],
        "objective_id": rows["objective_id"],
    }
