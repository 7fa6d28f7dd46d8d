"""What can be wrong with a file as a file."""

from pipelines.problems import rule

EMPTY = rule("file_empty", "set_aside", "the file holds no rows. Save it again with its data, or leave it out.")
UNKNOWN_SUFFIX = rule(
    "file_kind_unknown",
    "set_aside",
    "files named “{suffix}” are not read. Save it as one of {accepted}; each may also end in .gz.",
)
WRONG_SUFFIX = rule(
    "file_kind_wrong",
    "set_aside",
    "the name ends in {suffix}, but the content looks like {found}. Rename it, or save it again as {suffix}.",
)
ENCRYPTED = rule(
    "file_encrypted", "set_aside", "the workbook is protected by a password. Save a copy without one and load that."
)
DAMAGED = rule(
    "file_damaged",
    "set_aside",
    "the file is damaged or cut off ({reason}). Open it, save it again, or copy it anew from where it came.",
)
UNREADABLE_TEXT = rule(
    "file_encoding_unknown",
    "set_aside",
    "the text is neither UTF-8, UTF-16 nor GB18030. Save it again as CSV UTF-8.",
)
OPEN_QUOTE = rule(
    "file_quote_open",
    "set_aside",
    "a cell that begins with a quotation mark in line {row} never ends. Close it with another, or remove it.",
)
QUOTED_TWICE = rule(
    "file_quoted_twice",
    "doubtful",
    "every line stands in quotation marks as a whole, as if it were one cell; it was read without them. "
    "Save the file without them, or check that its cells are what you expect.",
)
BAD_LINE = rule("file_line_bad", "set_aside", "line {row} is not one JSON object ({reason}). Correct or remove it.")
BAD_JSON = rule(
    "file_json_bad",
    "set_aside",
    "the file is not one JSON list of objects, or objects that hold such lists ({reason}). Export it again, "
    "or, if each line is an object, call it .jsonl.",
)
TOO_BIG = rule(
    "file_too_big",
    "set_aside",
    "the file holds, or unpacks to, more than {limit} MB. Split it, or save its data as CSV.",
)
BOMB = rule(
    "file_unpacks_too_big",
    "set_aside",
    "“{member}” inside the file unpacks to {size} MB, far more than a sheet of goals needs. "
    "Copy the data into a new workbook and load that.",
)
AREA = rule(
    "sheet_area_too_big",
    "set_aside",
    "cell {cell} stretches the sheet to {rows} rows by {columns} columns, more than is read. "
    "Delete the empty rows and columns before it, or save the data as CSV.",
)
LIMIT = rule(
    "workbook_over_limit",
    "set_aside",
    "reading the workbook takes more than {memory} MB of memory or {seconds} seconds. "
    "Remove what is not data, split it, or save the data as CSV.",
)
NO_STORED_VALUE = rule(
    "formula_without_value",
    "doubtful",
    "the formula has no stored value, so the cell counts as blank. Open the file in a spreadsheet program and save it.",
)
