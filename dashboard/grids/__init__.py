"""The columns of the tables, page by page."""

PERCENT = "%d%%"
