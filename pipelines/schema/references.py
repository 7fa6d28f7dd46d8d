"""How a row names what it belongs to, before references are resolved."""

from pipelines.schema.columns import Column

WITHIN = (
    Column("cycle", "text", "The cycle the row names or stands under; narrows a reference."),
    Column("team", "text", "The team the row names: a name, a path or an id."),
)
OBJECTIVE_REFERENCE = (
    Column("objective", "text", "The objective the row names: an id or a title."),
    Column("objective_row", "integer", "The row of that objective in the same sheet, where the layout shows it."),
)
