"""The header line above figures: names of columns in English, words in Chinese."""

from collections.abc import Sequence

from pipelines.cli.printing import in_words
from pipelines.metrics.catalogue import METRICS
from pipelines.wording import command_language, mark

WORDS = {
    "team": mark("team"),
    "cycle": mark("cycle"),
    "quarter": mark("quarter"),
    "year": mark("year"),
    "level": mark("level"),
    "ambition": mark("ambition"),
    "objective_id": mark("objective id"),
    "title": mark("title"),
    "score": mark("score"),
    "evidence": mark("evidence"),
    "metric": mark("metric"),
    "figure": mark("figure"),
    "label": mark("label"),
    "unit": mark("unit"),
    "formula": mark("formula"),
    "denominator": mark("denominator"),
    "source": mark("source"),
    "meaning": mark("meaning"),
}


def headings(metric: str, columns: Sequence[str]) -> list[str]:
    """What stands above the columns of a metric's table (of the catalogue's where there is none)."""
    if command_language() == "en":
        return list(columns)
    labels = {entry.name: entry.label for entry in METRICS[metric].figures} if metric else {}
    words = {**labels, **WORDS}
    return [in_words(words[name]) if name in words else name for name in columns]
