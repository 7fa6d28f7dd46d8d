"""What is to be reached: objectives and key results."""

from pipelines.schema.choices import ADOPTIONS, AMBITIONS, LEVELS, MEASURES, ORIGINS, STATUSES
from pipelines.schema.columns import PLACE, Column, Table
from pipelines.schema.references import OBJECTIVE_REFERENCE, WITHIN

_OBJECTIVE_VALUES = (
    Column("owner", "text", "Whoever answers for it, as written."),
    Column("level", "text", "Where it stands; never inferred.", LEVELS),
    Column("title", "text", "What is to be reached."),
    Column("description", "text", "Why, in the source's words."),
    Column("ambition", "text", "Committed (承诺型) or aspirational (挑战型).", AMBITIONS),
    Column("origin", "text", "Who proposed it.", ORIGINS),
    Column("adoption", "text", "How it was taken from above.", ADOPTIONS),
    Column("weight", "share", "Its share among its owner's objectives, 0–1."),
    Column("score_self", "share", "The owner's own score, 0–1 whatever the source's scale."),
    Column("score", "share", "The recorded score: the superior's or the agreed one, 0–1."),
    Column("status", "text", "Where it stands; draft and cancelled take part in no figure.", STATUSES),
    Column("created_on", "date", "The day it was set."),
    Column("agreed_on", "date", "The day it was agreed."),
    Column("aligned_on", "date", "The day it was aligned with others."),
    Column("reviewed_on", "date", "The day of its review."),
    Column("review_note", "text", "What the review found."),
    Column("next_steps", "text", "What follows from the review."),
)

OBJECTIVE = Table(
    "objective",
    "Objectives (目标).",
    (
        Column("objective_id", "text", "The source's id (`cycle:id` where two cycles share it), or a derived one."),
        Column("cycle", "text", "The cycle it belongs to."),
        Column("team_id", "text", "The team it belongs to; missing if the source names none."),
        *_OBJECTIVE_VALUES,
        *PLACE,
    ),
    stated=(
        Column("objective_id", "text", "The source's id, if any."),
        *WITHIN,
        *_OBJECTIVE_VALUES,
    ),
)

_KEY_RESULT_VALUES = (
    Column("title", "text", "What is measured."),
    Column("owner", "text", "Whoever answers for it, as written."),
    Column("measure", "text", "How it is measured.", MEASURES),
    Column("unit", "text", "The unit of start, target and value."),
    Column("start", "number", "The value at the start, in `unit`."),
    Column("target", "number", "The value aimed at, in `unit`."),
    Column("base_target", "number", "The base target (基础目标, 保底), in `unit`."),
    Column("stretch_target", "number", "The stretch target (挑战目标, 冲刺), in `unit`."),
    Column("current", "number", "The value in the sheet, without a date, in `unit`."),
    Column("weight", "share", "Its share of the objective's score, 0–1."),
    Column("score_self", "share", "The owner's own score, 0–1."),
    Column("score", "share", "The recorded score, 0–1."),
    Column("status", "text", "Where it stands; draft and cancelled take part in no figure.", STATUSES),
    Column("due_on", "date", "The day it is due."),
)

KEY_RESULT = Table(
    "key_result",
    "Key results (关键成果).",
    (
        Column("key_result_id", "text", "The source's id (`cycle:id`, `objective:id` where shared), or derived."),
        Column("objective_id", "text", "The objective it measures; missing while that is unknown (waiting)."),
        *_KEY_RESULT_VALUES,
        *PLACE,
    ),
    stated=(
        Column("key_result_id", "text", "The source's id, if any."),
        *OBJECTIVE_REFERENCE,
        *WITHIN,
        *_KEY_RESULT_VALUES,
    ),
)
