"""Saying that nothing loaded has the cycle or team of a call, beside the answer without rows."""

from collections.abc import Iterable, Sequence

import click

from pipelines import warehouse
from pipelines.cli.printing import in_words
from pipelines.metrics.tree import below
from pipelines.nearest import nearest
from pipelines.versions import Version
from pipelines.wording import mark

NO_CYCLE = mark("No cycle “{value}” is loaded. Did you mean {near}?")
NO_CYCLE_LIKE = mark("No cycle “{value}” is loaded. There are, for example, {near}.")
NO_TEAM = mark("No team “{value}” is loaded. Did you mean {near}?")
NO_TEAM_LIKE = mark("No team “{value}” is loaded. There are, for example, {near}.")
EXAMPLES = 5


def tell_unknown(version: Version, *, cycles: Sequence[str], teams: Sequence[str]) -> None:
    """Name on the error stream each cycle and team that nothing loaded has, with those it may mean."""
    if cycles:
        known = warehouse.table(version, "cycle", columns=["cycle"])["cycle"].sort_values(ascending=False)
        _tell((NO_CYCLE, NO_CYCLE_LIKE), [cycle for cycle in cycles if cycle not in set(known)], known)
    if teams:
        tree = warehouse.table(version, "team")
        _tell((NO_TEAM, NO_TEAM_LIKE), [team for team in teams if not below(tree, [team])], tree["path"])


def _tell(messages: tuple[str, str], unknown: Sequence[str], known: Iterable[str]) -> None:
    alike, unlike = messages
    names = list(known)
    for value in unknown:
        near = nearest(value, names)
        shown = ", ".join(near or names[:EXAMPLES]) or "–"
        click.echo(in_words(alike if near else unlike, value=value, near=shown), err=True)
