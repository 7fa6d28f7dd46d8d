"""What commands print: messages in the reader's language, tables that line up, JSON."""

import json
from collections.abc import Sequence
from typing import Any

import click
from wcwidth import wcswidth

from pipelines.wording import command_language, translate


def say(message: str, *, on_error_stream: bool = False, **values: object) -> None:
    """Print a message in the reader's language, beside what others read by machine if it must not stand in it."""
    click.echo(in_words(message, **values), err=on_error_stream)


def in_words(message: str, **values: object) -> str:
    """A message in the reader's language."""
    return translate(message, command_language(), **values)


def print_json(content: Any) -> None:
    """Print JSON; letters stay as they are."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False))


def print_table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their headers in columns as wide as they need; numbers stand to the right."""
    texts = [[in_words(header) for header in headers], *([_cell(value) for value in row] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*texts, strict=True)]
    numeric = [all(isinstance(value, int | float | None) for value in column) for column in zip(*rows, strict=True)]
    for line in texts:
        cells = map(_padded, line, widths, numeric or [False] * len(widths))
        click.echo("  ".join(cells).rstrip())


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:g}" if isinstance(value, float) else " ".join(str(value).split())


def _padded(text: str, width: int, to_the_right: bool) -> str:
    gap = " " * (width - _width(text))
    return gap + text if to_the_right else text + gap


def _width(text: str) -> int:
    # Chinese characters take two columns; text with control characters has no width of its own.
    width = wcswidth(text)
    return width if width >= 0 else len(text)
