"""What is summed up from the check-in log, the links and the changes, so that pages need not read them."""

from pipelines.schema.choices import AMBITIONS, CYCLE_KINDS, LEVELS
from pipelines.schema.columns import PLACE, Column, Table

GROUP = (
    Column("quarter", "text", "The quarter."),
    Column("cycle", "text", "The cycle, which lies within the quarter."),
    Column("team_id", "text", "The team."),
    Column("level", "text", "The level of its objectives.", LEVELS),
    Column("ambition", "text", "Their ambition.", AMBITIONS),
)

FOLLOW_UP = Table(
    "follow_up",
    "What is said of each counted key result of a counted objective, with everything known.",
    (
        Column("key_result_id", "text", "The key result."),
        Column("objective_id", "text", "Its objective."),
        Column("status", "text", "Its own status."),
        Column("start", "number", "Its start: its own, or the last one that a check-in states."),
        Column("target", "number", "Its target, likewise."),
        Column("value", "number", "The last value that a check-in states."),
        Column("checked_on", "date", "The day of the last check-in."),
        Column("weeks_checked", "integer", "How many weeks of its cycle have a check-in."),
        Column("confidence", "share", "The last stated confidence."),
        Column("first_confidence", "share", "The first confidence stated within its cycle."),
        Column("first_confidence_on", "date", "The day of that."),
        Column("said_done", "flag", "Whether the last status that a check-in states says that it is done."),
    ),
)

ATTENTION_WEEK = Table(
    "attention_week",
    "Check-ins and confidence by week of the quarter, added up over the key results of each group.",
    (
        *GROUP,
        Column("week", "integer", "The week of the quarter, sevens from its first day."),
        Column("key_results", "integer", "The counted key results."),
        Column("due", "integer", "Those whose cycle holds at least half of the week's days."),
        Column("checked", "integer", "Those of them with a check-in in the week, within their cycle."),
        Column("stated", "integer", "Those with a confidence stated by the week's end."),
        Column("confidence", "number", "The sum of the last one each of these states by then."),
        Column("confident", "integer", "How many of these are 0.7 or more."),
        Column("doubtful", "integer", "How many of these are below 0.4."),
        Column("settled_on", "date", "The day from which on the row holds: that of the last statement it counts."),
    ),
)

CONFIDENCE_FALL = Table(
    "confidence_fall",
    "Where a key result's stated confidence fell by as much as the policy asks about, in cycles within a quarter.",
    (
        Column("quarter", "text", "The quarter."),
        Column("key_result_id", "text", "The key result."),
        Column("objective_id", "text", "Its objective."),
        Column("checked_on", "date", "The day."),
        Column("week", "integer", "The week of the quarter."),
        Column("before", "share", "The confidence stated before."),
        Column("now", "share", "The confidence stated then."),
        Column("reason", "text", "What was noted beside it."),
    ),
)

FORECAST = Table(
    "forecast",
    "Confidence stated within a cycle beside what became of the key result, added up by tenth of confidence.",
    (
        *GROUP,
        Column("tenth", "integer", "The tenth of confidence, from 0 to 9."),
        Column("forecasts", "integer", "How many statements on key results with a score."),
        Column("confidence", "number", "The sum of their confidence."),
        Column("score", "number", "The sum of the scores."),
        Column("attained", "integer", "How many were attained."),
    ),
)

RECORD_SIDE = Table(
    "record_side",
    "How often, and how far, recorded scores of key results lie above and below what the data give, added up.",
    (
        *GROUP,
        Column("compared", "integer", "The counted key results with both."),
        Column("above", "integer", "Those recorded above the data, from 0.01 on."),
        Column("below", "integer", "Those recorded below the data."),
        Column("above_points", "number", "The sum of how far those above lie from the data."),
        Column("below_points", "number", "The same of those below; negative."),
    ),
)

LINK = Table(
    "link",
    "Each link between two counted objectives, and what kind it is.",
    (
        Column("child_id", "text", "The objective that serves."),
        Column("parent_id", "text", "The objective it serves, also where a key result stands for it."),
        Column("key_result_id", "text", "That key result."),
        Column("kind", "text", "What kind of link it is.", ("vertical", "lateral", "none")),
    ),
)

SUBJECT = (
    Column("team_id", "text", "The team."),
    Column("team", "text", "The team's path."),
    Column("cycle", "text", "The cycle."),
    Column("quarter", "text", "The quarter in which it lies; missing for longer cycles."),
    Column("year", "text", "The year in which it lies."),
    Column("level", "text", "The objective's level.", LEVELS),
    Column("ambition", "text", "The objective's ambition.", AMBITIONS),
)

GOAL_CHANGE = Table(
    "goal_change",
    "Every change of a counted goal, each once; no person is named.",
    (
        Column("objective_id", "text", "The objective."),
        Column("key_result_id", "text", "The key result; missing where the objective itself was changed."),
        *SUBJECT,
        Column("title", "text", "The objective's title."),
        Column("key_result", "text", "The key result's title."),
        Column("field", "text", "The setting that was changed."),
        Column("old", "text", "Its value before."),
        Column("new", "text", "Its value after."),
        Column("way", "text", "Which way it was changed.", ("raised", "eased", "other")),
        Column("changed_on", "date", "The day, if known."),
        Column("agreed_on", "date", "The day on which the goal was agreed, if known."),
        Column("reason", "text", "The reason."),
        Column("approved", "flag", "Whether an approval is stated."),
        Column("verdict", "text", "What the policy's rule says of it.", ("kept", "fixed", "not_approved")),
        Column("told_by", "text", "What tells of it.", ("record", "check_in", "load")),
        *PLACE,
    ),
)

FINDING = Table(
    "finding",
    "What does not keep the policy's rules; no person is named.",
    (
        *SUBJECT,
        Column("rule", "text", "The rule."),
        Column("subject", "text", "What it was found on: an objective, a key result, or a team's path."),
        Column("found", "number", "The number found."),
        Column("expected", "text", "The number expected, with a sign where it is a bound."),
        Column("source", "text", "Where the rule comes from."),
        Column("whole_team", "flag", "Whether it speaks of a team as a whole."),
        Column("holds_from", "date", "The first day on which it is one; missing where it is one at any time."),
    ),
)

YEAR_PART = Table(
    "year_part",
    "The annual key results that are cut into parts (step 0), their parts (1), and the parts of those (2 and on).",
    (
        Column("whole_id", "text", "The annual key result."),
        Column("under", "text", "Of which key result it is a part."),
        Column("step", "integer", "How far down it is cut."),
        Column("key_result_id", "text", "The key result."),
        Column("objective_id", "text", "Its objective."),
        Column("team_id", "text", "Its team."),
        Column("team", "text", "The team's path."),
        Column("level", "text", "Its level.", LEVELS),
        Column("cycle", "text", "Its cycle."),
        Column("cycle_kind", "text", "The kind of its cycle.", CYCLE_KINDS),
        Column("period", "text", "The quarter it lies in, or else its cycle."),
        Column("starts_on", "date", "The cycle's first day."),
        Column("ends_on", "date", "The cycle's last day."),
        Column("title", "text", "Its title."),
        Column("unit", "text", "Its unit."),
        Column("target_set", "number", "Its target before any change."),
        Column("target", "number", "Its target after all changes."),
        Column("planned_set", "number", "The amount from its start to the former."),
        Column("planned", "number", "The amount from its start to the latter."),
        Column("actual", "number", "What came of it, from its start."),
        Column("raw", "number", "That over the amount of its own target."),
        Column("score", "share", "The same, clamped to 0–1."),
    ),
)

OF_THE_LOG = (FOLLOW_UP, ATTENTION_WEEK, CONFIDENCE_FALL, FORECAST, RECORD_SIDE)
"""Summed up cycle by cycle."""
ACROSS = (LINK, GOAL_CHANGE, FINDING, YEAR_PART)
"""What looks from cycle to cycle."""
