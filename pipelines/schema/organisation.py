"""Who and when: teams, people, cycles."""

from pipelines.schema.choices import CYCLE_KINDS, TEAM_KINDS
from pipelines.schema.columns import PLACE, Column, Table

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
