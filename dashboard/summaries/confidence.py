"""Words and rows about confidence, recorded scores, and whether a low score points to the goal or to execution."""

import pandas as pd

from dashboard import sentences
from dashboard.visit import Visit
from pipelines.wording import mark

FEWEST_STATEMENTS = 20
"""A tenth of confidence with fewer statements makes no sentence."""
QUADRANTS = {
    "on_course": mark("fair score, regular check-ins"),
    "unsteady": mark("fair score, few check-ins"),
    "goal": mark("low score, regular check-ins: look at the goal"),
    "execution": mark("low score, few check-ins: look at execution"),
}


def week_title(visit: Visit, weeks: pd.DataFrame) -> str:
    """Where confidence stands, against the first week in which any was stated."""
    words, known = visit.words, weeks.dropna(subset=["mean_confidence"])
    first, last = known.iloc[0], known.iloc[-1]
    stands = {"mean": words.percent(last["mean_confidence"]), "week": int(last["week"]), "first": int(first["week"])}
    if len(known) == 1:
        return words.say("Confidence stands at {mean} in week {week}", **stands)
    change = last["mean_confidence"] - first["mean_confidence"]
    return words.say("Confidence stands at {mean} in week {week}: {change} since week {first}",
                     change=words.points(change), **stands)  # fmt: skip


def week_note(visit: Visit, weeks: pd.DataFrame) -> str:
    """Over how many key results, and the net of the sure and the doubtful."""
    last = weeks.iloc[-1]
    return visit.words.say(
        "Mean of each key result's last stated confidence; {stated} of {total} key results state one. Sure (70% or "
        "more) less doubtful (below 40%): {net}.",
        stated=int(last["stated"]), total=int(last["key_results"]), net=visit.words.points(last["net_confidence"]),
    )  # fmt: skip


def falls_title(visit: Visit, count: int, told: int) -> str:
    """How many falls there were, and beside how many of them stands a reason."""
    words = visit.words
    return words.say_plural(
        "Confidence fell by {least} or more {count} time; beside {told} stands the reason",
        "Confidence fell by {least} or more {count} times; beside {told} stands the reason",
        count, least=words.gap(visit.policy.rhythm.confidence_fall, 0), told=told,
    )  # fmt: skip


def fall_rows(visit: Visit, falls: pd.DataFrame) -> pd.DataFrame:
    """Falls: week, goal (a link), key_result, team, fall (from → to), reason."""
    words = visit.words
    goals = [visit.goal(str(row["objective_id"]), str(row["objective"])) for row in falls.to_dict("records")]
    ends = [
        f"{words.percent(before)} → {words.percent(now)}"
        for before, now in zip(falls["before"], falls["now"], strict=True)
    ]
    reason = falls["reason"].fillna(words.say("no reason noted"))
    return falls.assign(goal=goals, fall=ends, reason=reason, team=falls["team"].fillna("–"))


def calibration_title(visit: Visit, tenths: pd.DataFrame) -> str:
    """What came of the highest confidence that was stated often enough to speak of."""
    words, often = visit.words, tenths[tenths["forecasts"] >= FEWEST_STATEMENTS]
    if often.empty:
        return words.say("Too few statements of confidence to say whether it comes true")
    row = often.iloc[-1]
    said = {"said": words.percent(row["mean_confidence"]), "came": words.percent(row["mean_score"])}
    return words.say("When teams said {said}, {came} came", **said)


def calibration_note(visit: Visit, tenths: pd.DataFrame, span: list[str]) -> str:
    """How the marks read, and over how many statements of which quarters."""
    return visit.words.say(
        "Mean score by stated confidence, over {count} statements on key results with a score, {since} to {until}; "
        "larger marks: more statements. On the dashed line what was said came; below it less came.",
        count=f"{int(tenths['forecasts'].sum()):,}", since=span[0], until=span[-1],
    )  # fmt: skip


def recorded_title(visit: Visit, sides: pd.DataFrame) -> str:
    """How many recorded scores of the last quarter lie above, and how many below, what the data give."""
    row = sides.iloc[-1]
    return visit.words.say(
        "{quarter}: {above} of {compared} recorded scores lie above the data, {below} below",
        quarter=row["quarter"], above=int(row["above"]), below=int(row["below"]), compared=int(row["compared"]),
    )  # fmt: skip


def recorded_note(visit: Visit, sides: pd.DataFrame) -> str:
    """What is compared, and by how much the two sides lie apart; neither is told as a fault."""
    words, row = visit.words, sides.iloc[-1]
    told = [words.say("Key results with a recorded score and data to compute one; from 1 point on, either way.")]
    if row["above"]:
        told.append(
            words.say("Those above lie {points} from the data on average.", points=words.points(row["mean_above"]))
        )
    if row["below"]:
        told.append(
            words.say("Those below lie {points} from the data on average.", points=words.points(row["mean_below"]))
        )
    return " ".join(told)


def quadrant_names(visit: Visit) -> dict[str, str]:
    """The four quadrants in words."""
    return {name: visit.words.say(text) for name, text in QUADRANTS.items()}


def execution_title(visit: Visit, rows: pd.DataFrame, quarter: str) -> str:
    """Whose low score points to the goal, and whose to execution; the lowest ones are named."""
    words, lowest = visit.words, rows.sort_values("completion_rate", kind="stable")
    low = {name: list(lowest.loc[lowest["quadrant"] == name, "team"]) for name in ("goal", "execution")}
    if not any(low.values()):
        limit = words.percent(visit.policy.threshold.reconsider)
        return words.say("Execution or goal? No team ended {quarter} below {limit}", quarter=quarter, limit=limit)
    said = {"goal": mark("the goal: {teams}"), "execution": mark("execution: {teams}")}
    clauses = [words.say(said[name], teams=sentences.teams(words, teams)) for name, teams in low.items() if teams]
    return words.say("Low scores of {quarter} point to {sides}", quarter=quarter, sides=words.say("; ").join(clauses))


def execution_note(visit: Visit, rows: pd.DataFrame) -> str:
    """The method's words, the lines, and how many teams are shown."""
    words, policy = visit.words, visit.policy
    return words.say(
        "Low score with good rhythm points to the goal, with poor rhythm to execution; it is where to begin to ask. "
        "Lines: an average of {fair}, check-ins in {regular} of the weeks. Teams with both figures: {teams}; committed "
        "goals included.",
        fair=words.percent(policy.threshold.reconsider), regular=words.percent(policy.rhythm.regular_share),
        teams=len(rows),
    )  # fmt: skip
