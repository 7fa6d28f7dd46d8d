"""Computing parts on a Dask cluster."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from distributed import Client

from pipelines.exchange import computed_elsewhere
from pipelines.policy import Policy
from pipelines.results import Facts, Frames, Part

REACHED = 10.0
"""Seconds within which the scheduler has to answer."""
PATIENCE = 30.0
"""Seconds within which a first worker has to be there: without one nothing would ever be computed."""


@dataclass(frozen=True)
class Cluster:
    """A scheduler's address, and a folder or URL at which the driver and all workers find the same files."""

    address: str
    shared: str

    def compute(self, parts: Sequence[Part], facts: Facts, in_force: Policy) -> Iterator[Frames]:
        """The results of the parts, in their order, each part computed by whichever worker is free.

        The driver holds one part at a time. A part whose worker is lost is computed again by another one. Raises
        TimeoutError where the scheduler has no worker.
        """
        with Client(self.address, timeout=REACHED) as client:
            client.wait_for_workers(1, timeout=PATIENCE)
            submit = partial(client.submit, pure=False)
            yield from computed_elsewhere(
                parts, facts, in_force, submit=submit, shared=self.shared, ahead=len(parts) + 1
            )
