"""`python -m pipelines` is the `okr` command."""

from pipelines.cli import main

main(prog_name="okr")
