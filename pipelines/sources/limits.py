"""How much a workbook may cost to read."""

MEGABYTE = 1_000_000
MEMORY = 2_000 * MEGABYTE
SECONDS = 300
LARGEST_AREA = 3_000_000
"""Rows times columns up to the last cell."""
