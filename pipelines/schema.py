"""Every table and column of the product, once: type, unit and meaning."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

Kind = Literal["text", "number", "share", "integer", "date", "flag"]

DTYPES: dict[str, str] = {
    "text": "str",
    "number": "float64",
    "share": "float64",
    "integer": "Int64",
    "date": "datetime64[us]",
    "flag": "bool",
}


@dataclass(frozen=True)
class Column:
    """One column: what it is called, how it is stored and what it means."""

    name: str
    kind: Kind
    meaning: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: its published columns, and those its rows have before references are resolved."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    stated: tuple[Column, ...] = ()

    @property
    def names(self) -> list[str]:
        """The names of the published columns, in order."""
        return [column.name for column in self.columns]


PLACE = (
    Column("batch_id", "integer", "The batch that brought the row; the latest where several did."),
    Column("file", "text", "The file the row came from, as given to `okr ingest`."),
    Column("sheet", "text", "The sheet within the file; missing for files without sheets."),
    Column("row", "integer", "The row within the sheet, the first being 1."),
)

TEAM_KINDS = ("company", "division", "department", "branch", "team")
CYCLE_KINDS = ("year", "half", "quarter", "month", "custom")
LEVELS = ("company", "department", "team", "individual")
AMBITIONS = ("committed", "aspirational", "unknown")
ORIGINS = ("top_down", "bottom_up", "lateral", "unknown")
ADOPTIONS = ("decomposed", "taken_over", "converted", "unknown")
STATUSES = ("draft", "active", "done", "cancelled")
MEASURES = ("number", "percent", "currency", "milestone", "yes_no", "ordinal")
PARENT_KINDS = ("objective", "key_result")
RELATIONS = ("contributes", "supports")
PROBLEM_KINDS = ("set_aside", "waiting", "doubtful")

_WITHIN = (
    Column("cycle", "text", "The cycle the row names or stands under; narrows a reference."),
    Column("team", "text", "The team the row names: a name, a path or an id."),
)
_OBJECTIVE_REFERENCE = (
    Column("objective", "text", "The objective the row names: an id or a title."),
    Column("objective_row", "integer", "The row of that objective in the same sheet, where the layout shows it."),
)

TEAM = Table(
    "team",
    "Teams in their tree.",
    (
        Column("team_id", "text", "The source's id, or one derived from the path."),
        Column("name", "text", "The team's own name."),
        Column("parent_team_id", "text", "The team above; missing at the top."),
        Column("kind", "text", "What sort of team it is.", TEAM_KINDS),
        Column("path", "text", "How the source names the team: a name, or a path from the top."),
        Column("executive", "text", "The executive in charge (分管领导)."),
        *PLACE,
    ),
    stated=(
        Column("team_id", "text", "The source's id, if any."),
        Column("team", "text", "The name or path as written."),
        Column("parent_team", "text", "The team above as written: a name, a path or an id."),
        Column("kind", "text", "What sort of team it is.", TEAM_KINDS),
        Column("executive", "text", "The executive in charge."),
    ),
)

PERSON = Table(
    "person",
    "The roster: who is in scope for OKRs, and when.",
    (
        Column("person", "text", "The name or id under which goals name their owner."),
        Column("team_id", "text", "The person's team."),
        Column("rank", "text", "Rank or post, as written."),
        Column("in_scope_from", "date", "First day on which OKRs are expected; missing: always."),
        Column("in_scope_to", "date", "Last day on which OKRs are expected; missing: still."),
        *PLACE,
    ),
    stated=(
        Column("person", "text", "The name or id."),
        Column("team", "text", "The team as written."),
        Column("rank", "text", "Rank or post."),
        Column("in_scope_from", "date", "First day in scope."),
        Column("in_scope_to", "date", "Last day in scope."),
    ),
)

CYCLE = Table(
    "cycle",
    "Cycles: labelled spans of days.",
    (
        Column("cycle", "text", "The label: `2025-Q3`, `2025`, `2025-H1`, `2025-07`, or any other."),
        Column("kind", "text", "What sort of span it is.", CYCLE_KINDS),
        Column("starts_on", "date", "First day."),
        Column("ends_on", "date", "Last day."),
        *PLACE,
    ),
    stated=(
        Column("cycle", "text", "The label."),
        Column("kind", "text", "What sort of span it is.", CYCLE_KINDS),
        Column("starts_on", "date", "First day."),
        Column("ends_on", "date", "Last day."),
    ),
)

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
        *_WITHIN,
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
        Column("key_result_id", "text", "The source's id (`cycle:id` or `objective:id` where shared), or a derived one."),
        Column("objective_id", "text", "The objective it measures; missing while that is unknown (waiting)."),
        *_KEY_RESULT_VALUES,
        *PLACE,
    ),
    stated=(
        Column("key_result_id", "text", "The source's id, if any."),
        *_OBJECTIVE_REFERENCE,
        *_WITHIN,
        *_KEY_RESULT_VALUES,
    ),
)

_CHECK_IN_VALUES = (
    Column("checked_on", "date", "The day of the check-in."),
    Column("value", "number", "The value on that day, in the key result's unit."),
    Column("progress", "number", "The stated progress, 1 being reached; may lie outside 0–1."),
    Column("confidence", "share", "The confidence index (信心指数), 0–1 whatever the source's scale."),
    Column("status", "text", "The status word as reported; never mixed with pace."),
    Column("note", "text", "What was said."),
    Column("author", "text", "Who said it, as written."),
    Column("start", "number", "The start as stated on that day."),
    Column("target", "number", "The target as stated on that day."),
)

CHECK_IN = Table(
    "check_in",
    "Check-ins (进展跟踪): dated statements about a key result.",
    (
        Column("key_result_id", "text", "The key result; missing while that is unknown (waiting)."),
        *_CHECK_IN_VALUES,
        *PLACE,
    ),
    stated=(
        Column("key_result", "text", "The key result the row names: an id or a title."),
        Column("key_result_row", "integer", "The row of that key result in the same sheet, where the layout shows it."),
        *_OBJECTIVE_REFERENCE,
        *_WITHIN,
        *_CHECK_IN_VALUES,
    ),
)

ALIGNMENT = Table(
    "alignment",
    "Links from a child objective to what it serves.",
    (
        Column("child_objective_id", "text", "The objective that serves."),
        Column("parent_kind", "text", "Whether it serves an objective or a key result.", PARENT_KINDS),
        Column("parent_id", "text", "The objective or key result served."),
        Column("relation", "text", "Contributes (vertical or lateral), or supports.", RELATIONS),
        *PLACE,
    ),
    stated=(
        *_OBJECTIVE_REFERENCE,
        *_WITHIN,
        Column("parent", "text", "The objective or key result the row names: an id or a title."),
        Column("relation", "text", "Contributes or supports.", RELATIONS),
    ),
)

CHANGE = Table(
    "change",
    "Changes of goals after they were set.",
    (
        Column("objective_id", "text", "The objective changed, or that of the key result."),
        Column("key_result_id", "text", "The key result changed, if it was one."),
        Column("changed_on", "date", "The day of the change."),
        Column("field", "text", "What was changed, as written."),
        Column("old", "text", "The value before."),
        Column("new", "text", "The value after."),
        Column("reason", "text", "Why."),
        Column("approved_by", "text", "Who approved it."),
        *PLACE,
    ),
    stated=(
        *_OBJECTIVE_REFERENCE,
        Column("key_result", "text", "The key result the row names: an id or a title."),
        *_WITHIN,
        Column("changed_on", "date", "The day of the change."),
        Column("field", "text", "What was changed."),
        Column("old", "text", "The value before."),
        Column("new", "text", "The value after."),
        Column("reason", "text", "Why."),
        Column("approved_by", "text", "Who approved it."),
    ),
)

BATCH = Table(
    "batch",
    "What was loaded: one row per batch, file and sheet.",
    (
        Column("batch_id", "integer", "The batch, counted from 1 and never used again."),
        Column("loaded_at", "text", "When, in UTC."),
        Column("file", "text", "The file as given to `okr ingest`."),
        Column("sheet", "text", "The sheet; missing for files without sheets."),
        Column("layout", "text", "The layout the sheet was read as."),
        Column("table", "text", "The finest fact it gave."),
        Column("rows_in", "integer", "Rows below the header."),
        Column("kept", "integer", "Rows that gave at least one fact."),
        Column("set_aside", "integer", "Rows with a bad required cell."),
        Column("skipped", "integer", "Blank, total, repeated heading and exactly repeated rows."),
    ),
)

PROBLEM = Table(
    "problem",
    "What was set aside, is waiting or is doubtful, and why.",
    (
        Column("kind", "text", "How grave: the row is out, waits for its parent, or is in but doubtful.", PROBLEM_KINDS),
        Column("rule", "text", "The rule that found it."),
        Column("file", "text", "The file."),
        Column("sheet", "text", "The sheet."),
        Column("row", "integer", "The row; missing where it concerns the whole file or sheet."),
        Column("cell", "text", "The cell, as in `C12`."),
        Column("column", "text", "The header of the column, as written."),
        Column("value", "text", "What was found there."),
        Column("message", "text", "What is wrong and what to do, in English."),
        Column("message_zh", "text", "The same in Simplified Chinese."),
        Column("batch_id", "integer", "The batch."),
    ),
)

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
        Column("score_coverage", "share", "The share of the key results' weight that has a score; 1 for a recorded objective score."),
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

FACTS = (TEAM, PERSON, CYCLE, OBJECTIVE, KEY_RESULT, CHECK_IN, ALIGNMENT, CHANGE)
LEDGER = (BATCH, PROBLEM)
RESULTS = (KEY_RESULT_RESULT, OBJECTIVE_RESULT, OBJECTIVE_WEEK)
TABLES: dict[str, Table] = {table.name: table for table in (*FACTS, *LEDGER, *RESULTS)}


def stated_columns(table: Table) -> tuple[Column, ...]:
    """The columns of a parsed sheet's rows, before references are resolved."""
    return (*table.stated, *PLACE[1:])


def conform(frame: pd.DataFrame, columns: tuple[Column, ...]) -> pd.DataFrame:
    """The frame with exactly these columns in this order and their dtypes; absent ones are missing."""
    return pd.DataFrame(
        {
            column.name: _cast(frame[column.name], column)
            if column.name in frame
            else pd.Series(_default(column), index=frame.index, dtype=DTYPES[column.kind])
            for column in columns
        },
        index=frame.index,
    )


def empty(columns: tuple[Column, ...]) -> pd.DataFrame:
    """A frame of no rows with these columns and their dtypes."""
    return conform(pd.DataFrame(), columns)


def _cast(values: "pd.Series[object]", column: Column) -> "pd.Series[object]":
    return values.astype(DTYPES[column.kind])


def _default(column: Column) -> object:
    return False if column.kind == "flag" else None
