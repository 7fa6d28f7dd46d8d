"""What a parser says of a damaged file, fit to be told: one short line that does not name where the file lies."""

import textwrap
from pathlib import Path

LONGEST = 140


def told(error: Exception, path: Path) -> str:
    """The error's first line, with the file's name for its path."""
    first = str(error).strip().partition("\n")[0].replace(str(path), path.name)
    return textwrap.shorten(first or type(error).__name__, LONGEST, placeholder=" …")
