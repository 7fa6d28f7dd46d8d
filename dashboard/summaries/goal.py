"""Words and rows of a goal's page."""

from datetime import date
from typing import Any

import pandas as pd

from dashboard import sentences
from dashboard.selection import UNKNOWN
from dashboard.summaries import changes as changed
from dashboard.visit import Visit
from dashboard.wording import AMBITIONS, LEVELS, NOTHING, plain
from pipelines.cycles import Cycle
from pipelines.metrics.scores import DECIMALS
from pipelines.records import records
from pipelines.wording import mark

Goal = dict[str, Any]

VERDICTS = {
    "too_high": mark("near excellent: was it too easy?"),
    "above": mark("above the sweet spot"),
    "sweet": mark("in the sweet spot"),
    "reconsider": mark("below {low}: change it, or its key results?"),
    "too_low": mark("below {too_low}: go on with it? Low is no failure but a way to see what does not matter."),
}


def headline(visit: Visit, goal: Goal) -> str:
    """Where the goal stands or ended, and what that asks."""
    words = visit.words
    if not goal["counted"]:
        return words.say("A draft or cancelled: it takes part in no figure")
    if goal["score"] is None:
        return words.say("No score yet: none of its {count} key results has data", count=counted(goal))
    score = words.percent(goal["score"])
    if not has_ended(visit, goal):
        return words.say(
            "Stands at {score} where {passed} of its time has passed", score=score, passed=_passed(visit, goal)
        )
    if goal["ambition"] == "committed":
        return _kept(visit, goal, score)
    limits = visit.policy
    bounds = {"low": words.percent(limits.threshold.reconsider), "too_low": words.percent(limits.threshold.too_low)}
    return words.say(
        "Ended at {score}, {verdict}", score=score, verdict=words.say(VERDICTS[_verdict(visit, goal)], **bounds)
    )


def about(visit: Visit, goal: Goal) -> str:
    """Team, cycle, level, ambition and id; no person."""
    say = visit.words.say
    names = [goal["team"], goal["cycle"], goal["objective_id"]]
    kinds = [say(LEVELS[goal["level"] or UNKNOWN]), say(AMBITIONS[goal["ambition"] or UNKNOWN])]
    return plain(" · ".join([str(name) for name in names if name] + kinds))


def basis(visit: Visit, goal: Goal) -> str:
    """What the score is made of: recorded or computed, over how much of the weight."""
    words = visit.words
    return words.say(
        "Recorded {recorded}, by the data {computed}; {scored} of {count} key results have a score, {share} of the "
        "weight",
        recorded=words.percent(goal["final"]), computed=words.percent(goal["computed"]),
        scored=goal["key_results_scored"], count=counted(goal),
        share=words.percent(goal["score_coverage"]),
    )  # fmt: skip


def has_ended(visit: Visit, goal: Goal) -> bool:
    """Whether the goal's cycle is over on the day the page speaks of."""
    return goal["ends_on"] is not None and date.fromisoformat(goal["ends_on"]) < visit.first_open_day


def key_results(goal: Goal) -> pd.DataFrame:
    """The key results as shown: shares in percent, the last value and confidence stated, the place in the file."""
    rows = [{**row, "name": name, "value": _last(row, "value", row["current"]), "confidence": _last(row, "confidence"),
             "origin": place(row)} for name, row in named(goal)]  # fmt: skip
    return _in_percent(pd.DataFrame(rows), "raw", "final", "inflation", "share", "confidence")


def check_ins(goal: Goal) -> pd.DataFrame:
    """Every check-in of every key result, the last first, as shown."""
    said = [{**entry, "name": name, "origin": place(entry)} for name, row in named(goal) for entry in row["check_ins"]]
    frame = _in_percent(pd.DataFrame(said), "progress", "raw", "expected", "confidence")
    return frame.sort_values("checked_on", ascending=False, kind="stable", ignore_index=True) if said else frame


def points(visit: Visit, goal: Goal) -> pd.DataFrame:
    """What the chart shows: name, day, expected and raw of every check-in with a progress and a known time."""
    said = [
        {"name": name, "day": visit.words.day(date.fromisoformat(entry["checked_on"])), **entry}
        for name, row in named(goal)
        for entry in row["check_ins"]
        if entry["raw"] is not None and entry["expected"] is not None
    ]
    return pd.DataFrame(said).drop_duplicates(["name", "day"], keep="last") if said else pd.DataFrame(said)


def changes(visit: Visit, found: pd.DataFrame) -> pd.DataFrame:
    """What was changed, by day, and which way; whether an approval is stated, not by whom; and where it stands."""
    return changed.rows(visit, found).assign(origin=[place(row) for row in records(found)])


def linked(visit: Visit, links: list[dict[str, Any]]) -> pd.DataFrame:
    """The goals at the other end of the links, each with the address of its page."""
    rows = [{**link, "goal": visit.goal(link["objective_id"]) if link["objective_id"] else None, "origin": place(link)}
            for link in links]  # fmt: skip
    return _in_percent(pd.DataFrame(rows), "score")


def evidence(visit: Visit, found: pd.DataFrame) -> str:
    """What makes the goal worth a question, as a Markdown list."""
    return "\n".join(f"- {plain(sentences.evidence(visit.words, row))}" for row in found.to_dict("records"))


def counted(goal: Goal) -> int:
    """How many key results take part in the score."""
    return sum(bool(row["counted"]) for row in goal["key_results"])


def place(row: dict[str, Any]) -> str:
    """The row, sheet and file a number comes from; the row first, since narrow columns cut the end."""
    return " · ".join(str(part) for part in (row["row"], row["sheet"], row["file"]) if part is not None)


def named(goal: Goal) -> list[tuple[str, dict[str, Any]]]:
    """The key results with short names for lines and tables: KR1, KR2 and so on."""
    return [(f"KR{number}", row) for number, row in enumerate(goal["key_results"], start=1)]


def _verdict(visit: Visit, goal: Goal) -> str:
    limits, score = visit.policy, round(goal["score"], DECIMALS)
    if score >= limits.threshold.too_high:
        return "too_high"
    if score > limits.sweet_spot.high:
        return "above"
    if score >= limits.threshold.reconsider:
        return "sweet"
    return "reconsider" if score >= limits.threshold.too_low else "too_low"


def _kept(visit: Visit, goal: Goal, score: str) -> str:
    if round(goal["score"], DECIMALS) >= visit.policy.attained.committed:
        return visit.words.say("Ended at {score}, as committed", score=score)
    return visit.words.say("Ended at {score}; it was committed, so due at 100%", score=score)


def _passed(visit: Visit, goal: Goal) -> str:
    if goal["starts_on"] is None:
        return NOTHING
    ends = (date.fromisoformat(goal[name]) for name in ("starts_on", "ends_on"))
    return visit.words.percent(Cycle(goal["cycle"], goal["cycle_kind"], *ends).share_passed(visit.today))


def _last(row: dict[str, Any], name: str, otherwise: Any = None) -> Any:
    said = [entry[name] for entry in row["check_ins"] if entry[name] is not None]
    return said[-1] if said else otherwise


def _in_percent(frame: pd.DataFrame, *names: str) -> pd.DataFrame:
    known = {name: (100 * frame[name].astype("float64")).round() for name in names if name in frame}
    return frame.assign(**known)
