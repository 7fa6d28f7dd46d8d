"""The parts of the larger pages, each a chart, a table or a form with what it says."""
