"""What can be wrong with a sheet, its rows and its cells."""

from pipelines.problems import rule

NO_TABLE = rule(
    "sheet_without_table",
    "set_aside",
    "no header row of a known table was found; the first cells read “{value}”. "
    "Expected are, for example, the columns objective, cycle and team, or key_result, date and value. "
    "If its columns have other names, say in a mapping file what they hold: `okr map FILE` writes one.",
)
NO_DATA = rule(
    "file_without_data", "doubtful", "below the headers the file holds no rows of data. Fill it in, or leave it out."
)
NO_HEADER = rule(
    "header_missing",
    "set_aside",
    "row {row} looks like a header ({headers}), but for {layout} there is no column {missing}. "
    "Add it, or rename the column that holds it{near}.",
)
TWO_COLUMNS = rule(
    "columns_for_one_field",
    "set_aside",
    "the columns “{first}” and “{second}” both mean {field}. Rename or remove one of them.",
)
ROW_KIND = rule(
    "row_of_another_kind",
    "set_aside",
    "“{value}” in “{column}” says neither objective nor key result. "
    "If it is one of them, say so in this cell, or give the word its meaning in a mapping file under [words.row].",
)
REMARK = rule(
    "row_is_remark",
    "set_aside",
    "“{value}” looks like a remark, not like an objective or a key result. Move it to a column of its own.",
)
NO_OBJECTIVE = rule(
    "key_result_without_objective",
    "set_aside",
    "nothing says to which objective “{value}” belongs. Name the parent in a column, or, if key results stand below "
    'their objective, load the file with a mapping that says hierarchy = "above".',
)
NOTHING_STATED = rule(
    "row_without_values",
    "set_aside",
    "the row has a date but no value for any key result. Fill one in, or remove the row.",
)
WITHOUT_DAY = rule(
    "column_without_date",
    "doubtful",
    "the scores in “{column}” carry no date, so they are not loaded. To load them as check-ins, "
    "say in a mapping file under [dated] on which day they were given.",
)
OF_OBJECTIVE = rule(
    "check_ins_of_objectives",
    "doubtful",
    "“{value}” is a check-in of an objective, as {count} are; only those of key results are loaded.",
)
SEVERAL_TEAMS = rule(
    "several_teams",
    "doubtful",
    "“{value}” names several teams; the goal counts for the first, “{first}”. "
    "Name the one that owns it, and link the others' goals to it.",
)
STRUCK_OUT = rule(
    "row_struck_out",
    "set_aside",
    "“{value}” is struck out, so the row was not loaded. Take the line away if it counts; if it was cancelled, "
    "write so in a column Status.",
)
NO_CHECK_IN = rule(
    "check_in_unreadable",
    "set_aside",
    "“{value}” holds no check-in of the form “Checkin Date: …; Current Value: …;”. Correct the cell.",
)
MISSPELT = rule(
    "column_almost_known",
    "doubtful",
    "the column “{column}” is not used. If it means “{near}”, call it so and load the file again.",
)
NO_HEADER_ABOVE = rule(
    "cells_without_header",
    "doubtful",
    "“{value}” stands in a column without a header, as cells in {count} rows do, and is not used. "
    "Give the column a header; in a CSV file, put text that holds the delimiter in quotation marks.",
)
HIDDEN = rule(
    "sheet_hidden",
    "set_aside",
    "the sheet is hidden in the workbook, so its {count} rows were not loaded. "
    "Show it in the workbook, or load the file with --hidden.",
)
NO_CYCLE = rule(
    "cycle_unknown",
    "set_aside",
    "nothing says to which cycle the objectives belong. Add a column cycle (such as 2026-Q3), "
    "write the cycle in the name of the sheet or file, or give it in a mapping file (`okr map FILE` writes one).",
)
MISSING = rule("cell_missing", "set_aside", "“{column}” is blank, but needed. Fill it in and load the file again.")
OTHER_OBJECTIVE = rule(
    "objective_title_missing",
    "set_aside",
    "“{column}” is blank, but “{other}” says “{here}” and the objective above, “{title}”, belongs to “{above}”. "
    "Write the title of this row's objective into {cell} and load the file again.",
)
NUMBER_NEEDED = rule(
    "number_needed",
    "set_aside",
    "“{value}” in “{column}” is not a number, but one is needed. Correct it and load the file again.",
)
DATE_NEEDED = rule(
    "date_needed",
    "set_aside",
    "“{value}” in “{column}” is not a date, but one is needed. Write it as 2026-03-09 and load the file again.",
)
ERROR_NEEDED = rule(
    "cell_error_needed",
    "set_aside",
    "“{column}” shows the error {value}, but is needed. Correct the formula and load the file again.",
)
NOT_A_NUMBER = rule(
    "number_unreadable", "doubtful", "“{value}” in “{column}” is not a number and counts as blank. Write digits only."
)
NOT_A_DATE = rule(
    "date_unreadable",
    "doubtful",
    "“{value}” in “{column}” is not a date and counts as blank. Write it as 2026-03-09.",
)
NOT_A_CHOICE = rule(
    "word_unknown",
    "doubtful",
    "“{value}” in “{column}” is not known and counts as blank. Known are: {expected}.",
)
ERROR_CELL = rule(
    "cell_error", "doubtful", "“{column}” shows the error {value}, which counts as blank. Correct the formula."
)
DATE_ORDER = rule(
    "date_order_unclear",
    "set_aside",
    "the dates in “{column}” may be day-month or month-day ({value}). Write them as 2026-03-09.",
)
DATE_ORDER_OPTIONAL = rule(
    "date_order_unclear_blank",
    "doubtful",
    "the dates in “{column}” may be day-month or month-day ({value}), so they count as blank. "
    "Write them as 2026-03-09.",
)
SCALE = rule(
    "scale_unclear",
    "set_aside",
    "the largest value in “{column}” is {value}, which fits neither 0–1 nor 0–100. "
    "Write percent signs, say the scale in the header, such as “{column} (0-{value})”, or say in a mapping under "
    "[scales], or on the page Data beside the column, what nothing and what all of it is.",
)
SCALE_OPTIONAL = rule(
    "scale_unclear_blank",
    "doubtful",
    "the largest value in “{column}” is {value}, which fits neither 0–1 nor 0–100, so the column counts as blank. "
    "Write percent signs, say the scale in the header, such as “{column} (0-{value})”, or say in a mapping under "
    "[scales], or on the page Data beside the column, what nothing and what all of it is.",
)
OFF_SCALE = rule(
    "off_scale",
    "doubtful",
    "{value} in “{column}” lies outside its scale. It is kept; in figures it counts as the nearest end. Check it.",
)
NO_DISTANCE = rule(
    "start_is_target",
    "doubtful",
    "start and target are both {value}, so no progress can be computed from values. Correct one of them.",
)
FUTURE = rule("check_in_in_future", "doubtful", "{value} lies in the future. Check the date.")
DISAGREES = rule(
    "objective_disagrees",
    "doubtful",
    "“{column}” says “{value}”, but row {first} says “{other}” of the same objective, which counts. Make them agree.",
)
