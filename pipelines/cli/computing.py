"""Where `okr build` computes, how far it has come, and what is said where a cluster cannot."""

import sys
from collections.abc import Iterator, Sequence

import click

from pipelines.cli.printing import in_words
from pipelines.policy import Policy
from pipelines.problems import InputError, Problem, rule
from pipelines.results import Compute, Facts, Frames, Part
from pipelines.wording import mark

NO_DASK = rule(
    "dask_missing",
    "set_aside",
    'computing on a cluster needs Dask, which is not installed. Install it with `pip install "okr-history[scale]"`.',
)
NO_CLUSTER = rule(
    "dask_unreachable",
    "set_aside",
    "the Dask cluster could not compute ({reason}). The figures stay as they were; see that the scheduler and its "
    "workers run, have this version of OKR History, and reach {shared}; or build without --dask.",
)
LABEL = mark("Computing")


def with_progress(compute: Compute) -> Compute:
    """The same, with a bar on the error stream where somebody watches and there is more than one part."""

    def _told(parts: Sequence[Part], facts: Facts, in_force: Policy) -> Iterator[Frames]:
        found = compute(parts, facts, in_force)
        hidden = len(parts) < 2 or not sys.stderr.isatty()
        with click.progressbar(found, len(parts), in_words(LABEL), file=sys.stderr, hidden=hidden) as bar:
            yield from bar

    return _told


def noting(compute: Compute, cycles: list[str]) -> Compute:
    """The same, with the cycles that are computed noted in the list."""

    def _noted(parts: Sequence[Part], facts: Facts, in_force: Policy) -> Iterator[Frames]:
        # A large cycle is in several parts.
        cycles[:] = dict.fromkeys(cycle for part in parts for cycle in part.cycles)
        yield from compute(parts, facts, in_force)

    return _noted


def on_cluster(address: str, shared: str) -> Compute:
    """Compute on the cluster of that scheduler; raises InputError where Dask is missing or the cluster fails."""
    try:
        from pipelines.cluster import Cluster  # noqa: PLC0415 - Dask is an extra
    except ImportError as error:
        raise InputError(Problem(NO_DASK, address)) from error

    def _computed(parts: Sequence[Part], facts: Facts, in_force: Policy) -> Iterator[Frames]:
        try:
            yield from Cluster(address, shared).compute(parts, facts, in_force)
        except Exception as error:  # whatever goes wrong on a worker is raised here again
            reason = " ".join(str(error).split()) or type(error).__name__
            raise InputError(Problem(NO_CLUSTER, address, details={"reason": reason, "shared": shared})) from error

    return _computed
