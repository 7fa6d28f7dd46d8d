"""What stands above, beside and under the charts: titles that say what one sees, and rows for tables."""
