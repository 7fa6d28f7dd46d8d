"""What happens to goals: check-ins, links and changes."""

from pipelines.schema.choices import PARENT_KINDS, RELATIONS
from pipelines.schema.columns import PLACE, Column, Table
from pipelines.schema.references import OBJECTIVE_REFERENCE, WITHIN

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
        *OBJECTIVE_REFERENCE,
        *WITHIN,
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
        *OBJECTIVE_REFERENCE,
        *WITHIN,
        Column("parent", "text", "The objective or key result the row names: an id or a title."),
        Column("parent_row", "integer", "The row of that parent in the same sheet, where the layout shows it."),
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
        *OBJECTIVE_REFERENCE,
        Column("key_result", "text", "The key result the row names: an id or a title."),
        *WITHIN,
        Column("changed_on", "date", "The day of the change."),
        Column("field", "text", "What was changed."),
        Column("old", "text", "The value before."),
        Column("new", "text", "The value after."),
        Column("reason", "text", "Why."),
        Column("approved_by", "text", "Who approved it."),
    ),
)
