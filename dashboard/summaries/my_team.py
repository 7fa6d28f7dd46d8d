"""Words and rows of the page My team."""

import pandas as pd

from dashboard.selection import UNKNOWN
from dashboard.visit import Visit
from dashboard.wording import AMBITIONS, LEVELS
from pipelines.metrics.partners import WE_SERVE
from pipelines.wording import mark

DIRECTIONS = {WE_SERVE: mark("we serve"), "serves_us": mark("serves us")}


def undated(rates: pd.DataFrame, whole: pd.DataFrame, quarter: str) -> bool:
    """Whether the running quarter has scores, but none at the week: one without a day counts in none before the end."""
    at_week, ever = (table.set_index("quarter")["completion_rate"].get(quarter) for table in (rates, whole))
    return bool(pd.isna(at_week) and pd.notna(ever))


def headline(visit: Visit, rates: pd.DataFrame, whole: pd.DataFrame, quarter: str) -> str:
    """Where the team and all below it stand, beside the same week of the quarter before and of last year's."""
    if undated(rates, whole, quarter):
        return visit.words.say(
            "Our goals of {quarter} stand at {now}; their scores have no day, so that no week can show them",
            quarter=quarter, now=visit.words.percent(whole.set_index("quarter")["completion_rate"][quarter]),
        )  # fmt: skip
    words, known = visit.words, rates.set_index("quarter")["completion_rate"]
    week = visit.week_now(quarter)
    now = words.percent(known.get(quarter))
    if pd.isna(known.get(quarter)):
        return words.say("No goal of {quarter} has a score yet", quarter=quarter)
    earlier = [label for label in known.index if label != quarter and pd.notna(known[label])]
    beside = words.say(", ").join(
        words.say("{quarter} {rate}", quarter=label, rate=words.percent(known[label])) for label in reversed(earlier)
    )
    named = {"quarter": quarter, "week": week, "now": now, "beside": beside}
    if week and beside:
        return words.say("In week {week} of {quarter}, our goals stand at {now}; at the same week: {beside}", **named)
    if week:
        return words.say("In week {week} of {quarter}, our goals stand at {now}", **named)
    if beside:
        return words.say("Our goals ended {quarter} at {now}; at their end: {beside}", **named)
    return words.say("Our goals ended {quarter} at {now}", **named)


def goals_title(visit: Visit, rows: pd.DataFrame) -> str:
    """How many goals moved forward since last week, of how many."""
    words = visit.words
    moved = int(((rows["score"] - rows["before"]).round(6) > 0).sum())
    if rows["before"].isna().all():
        return words.say_plural("{count} goal of our own", "{count} goals of our own", len(rows))
    return words.say_plural(
        "{count} goal of our own; {moved} moved forward since last week",
        "{count} goals of our own; {moved} moved forward since last week",
        len(rows), moved=moved,
    )  # fmt: skip


def goal_rows(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    """The team's goals as shown, those that stand lowest first."""
    say = visit.words.say
    table = rows.sort_values("score", kind="stable").assign(
        change=lambda frame: (100 * (frame["score"] - frame["before"])).round(),
        score=lambda frame: (100 * frame["score"]).round(),
    )
    shown = table.assign(
        level=[say(LEVELS[code if isinstance(code, str) else UNKNOWN]) for code in table["level"]],
        ambition=[say(AMBITIONS[code]) for code in table["ambition"]],
        goal=[visit.goal(key) for key in table["objective_id"]],
    )
    return shown[["title", "level", "ambition", "score", "change", "goal"]]


def partners_title(visit: Visit, rows: pd.DataFrame) -> str:
    """How many linked goals of other teams stand behind the time passed."""
    words = visit.words
    known = rows.dropna(subset=["score"])
    behind = known[known["score"] < known["expected"]]["objective_id"].nunique()
    return words.say_plural(
        "Partners: {behind} of {count} linked goal stands behind the time passed",
        "Partners: {behind} of {count} linked goals stand behind the time passed",
        rows["objective_id"].nunique(), behind=behind,
    )  # fmt: skip


def partner_rows(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    """The partners' goals as shown, the furthest behind the time passed first."""
    table = rows.assign(gap=rows["score"] - rows["expected"]).sort_values("gap", kind="stable")
    return table.assign(
        direction=[visit.words.say(DIRECTIONS[code]) for code in table["direction"]],
        score=(100 * table["score"]).round(),
        expected=(100 * table["expected"]).round(),
        goal=[visit.goal(key) for key in table["objective_id"]],
    )


def promise_rows(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    """Reviews as shown."""
    return rows.assign(score=(100 * rows["score"]).round(), goal=[visit.goal(key) for key in rows["objective_id"]])
