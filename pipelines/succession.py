"""What a load means for earlier loads of the same files: which it replaces, and which go on counting beside it."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines import batches
from pipelines.batches import Batch, Load

Earlier = dict[str, list[int]]
"""File names, each with the batches of its earlier loads."""


@dataclass(frozen=True)
class Succession:
    """The earlier loads that are replaced, those that still count, and names that found nothing to replace."""

    replaced: Earlier
    beside: Earlier
    missed: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def succession(standing: Sequence[Batch], files: Sequence[Load], *, replace: bool) -> Succession:
    """What entering these files after the standing batches means for the loads that count so far."""
    digests = {load.name: load.digest for load in files if not load.failed}
    counting = batches.effective(standing)
    earlier = [(batch, load) for batch, load in counting if load.name in digests and not load.failed]
    if replace and not batches.holds(standing, files, replace=True):
        missed = () if earlier or not counting else tuple(digests)
        return Succession(_by_name(earlier), {}, missed, _near(missed, [load.name for _, load in counting]))
    return Succession({}, _by_name([(batch, load) for batch, load in earlier if load.digest != digests[load.name]]))


def _by_name(loads: Sequence[tuple[Batch, Load]]) -> Earlier:
    found: Earlier = {}
    for batch, load in loads:
        found.setdefault(load.name, []).append(batch.number)
    return found


def _near(missed: Sequence[str], loaded: Sequence[str]) -> tuple[str, ...]:
    """Names like the missed ones: that of a folder given as a whole begins with more folders."""
    found = [name for wanted in missed for name in loaded if name.endswith(f"/{wanted}")]
    found = found or [name for wanted in missed for name in difflib.get_close_matches(wanted, loaded, n=1, cutoff=0.7)]
    return tuple(dict.fromkeys(found))
