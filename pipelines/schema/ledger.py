"""What was loaded, and what was wrong with it."""

from pipelines.schema.choices import PROBLEM_KINDS
from pipelines.schema.columns import Column, Table

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
        Column("kind", "text", "How grave: the row is out, waits for its parent, or is doubtful.", PROBLEM_KINDS),
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
