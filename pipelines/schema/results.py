"""What is computed from the facts and stored for the pages."""

from pipelines.schema.choices import AMBITIONS, CYCLE_KINDS, LEVELS, ORIGINS
from pipelines.schema.columns import Column, Table

KEY_RESULT_RESULT = Table(
    "key_result_result",
    "Each key result's figures as the policy in force computes them, with everything known.",
    (
        Column("key_result_id", "text", "The key result."),
        Column("objective_id", "text", "Its objective."),
        Column("counted", "flag", "Whether it takes part: neither draft nor cancelled."),
        Column("raw", "number", "(value − start) / (target − start), or the stated progress; not clamped."),
        Column("computed", "share", "`raw` clamped to 0–1."),
        Column("final", "share", "The recorded score, or the self score, clamped to 0–1."),
        Column("score", "share", "What counts under the policy's `score_source`."),
        Column("inflation", "number", "`final − computed`, where the two differ by at least 0.01."),
        Column("share", "share", "Its normalised weight among the objective's counted key results."),
        Column("measured_on", "date", "The day of the check-in that gave `raw`; missing for a sheet's value."),
    ),
)

OBJECTIVE_RESULT = Table(
    "objective_result",
    "Each objective with its score and everything figures group or filter by.",
    (
        Column("objective_id", "text", "The objective."),
        Column("cycle", "text", "Its cycle."),
        Column("cycle_kind", "text", "The kind of its cycle.", CYCLE_KINDS),
        Column("starts_on", "date", "The cycle's first day."),
        Column("ends_on", "date", "The cycle's last day."),
        Column("quarter", "text", "The quarter in which its cycle lies; missing for longer cycles."),
        Column("year", "text", "The year in which its cycle lies; missing where it spans two."),
        Column("team_id", "text", "Its team."),
        Column("team", "text", "The team's path."),
        Column("executive", "text", "The executive in charge of the team, or of the nearest team above with one."),
        Column("level", "text", "Its level.", LEVELS),
        Column("ambition", "text", "Its ambition; `unknown` where not stated.", AMBITIONS),
        Column("origin", "text", "Who proposed it; `unknown` where not stated.", ORIGINS),
        Column("title", "text", "Its title."),
        Column("status", "text", "Its status as of the day."),
        Column("counted", "flag", "Whether it takes part: neither draft nor cancelled."),
        Column("score", "share", "Its score under the policy, 0–1, rounded to 6 decimals."),
        Column("final", "share", "Its score from recorded scores only."),
        Column("computed", "share", "Its score from values and progress only."),
        Column(
            "score_coverage",
            "share",
            "The share of the weight that has a score; 1 for a recorded objective score.",
        ),
        Column("key_results", "integer", "Its counted key results."),
        Column("key_results_scored", "integer", "Those with a score."),
    ),
)

OBJECTIVE_WEEK = Table(
    "objective_week",
    "Each objective's score as of the end of each week of its cycle.",
    (
        Column("objective_id", "text", "The objective."),
        Column("week", "integer", "The week: sevens from the cycle's first day, the last short one included."),
        Column("as_of", "date", "That week's last day."),
        Column("score", "share", "The score as of that day, 0–1."),
        Column("score_coverage", "share", "The share of the weight that has a score."),
    ),
)

EVIDENCE = Table(
    "evidence",
    "What makes an objective worth a question, one row per finding.",
    (
        Column("objective_id", "text", "The objective."),
        Column("code", "text", "What was found."),
        Column("key_result_id", "text", "The key result it was found on; missing where it is the whole objective."),
        Column("found", "number", "The number found."),
        Column("against", "number", "The number it was held against."),
        Column("found_on", "date", "The day it was found on, if it has one."),
    ),
)
