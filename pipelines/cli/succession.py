"""What a load says of earlier loads of the same files."""

from collections.abc import Iterable, Iterator

from pipelines.cli.printing import in_words
from pipelines.succession import Earlier, Succession
from pipelines.wording import mark

REPLACED = mark("{files}: replaces the earlier load (batch {batches}), whose rows and problems no longer count.")
BESIDE = mark(
    "{files}: an earlier load with other content goes on counting beside this one (batch {batches}), the later value "
    "winning cell by cell. If this is the corrected file, load it with --replace: then only this one counts."
)
MISSED = mark(
    "--replace found nothing to replace: no earlier load is named {files}. `okr batches` lists what is loaded."
)
MISSED_NEAR = mark(
    "--replace found nothing to replace: no earlier load is named {files}. Loaded is {near}. If that is the faulty "
    "one, run `okr undo`, then give the path as it was given then, a folder as a whole, with --replace."
)
TOLD = 3


def about_earlier_loads(succession: Succession) -> Iterator[str]:
    """The sentences, in the reader's language; none where no file was loaded before."""
    for message, earlier in ((REPLACED, succession.replaced), (BESIDE, succession.beside)):
        if earlier:
            yield in_words(message, files=listed(earlier), batches=_batches(earlier))
    if succession.missed:
        message = MISSED_NEAR if succession.near else MISSED
        yield in_words(message, files=listed(succession.missed), near=listed(succession.near))


def _batches(earlier: Earlier) -> str:
    return ", ".join(str(number) for number in sorted(set().union(*earlier.values())))


def listed(names: Iterable[str]) -> str:
    """The first names; what is more is counted."""
    first, more = list(names)[:TOLD], len(list(names)) - TOLD
    return ", ".join([*first, *([in_words(mark("{count} more"), count=more)] if more > 0 else [])])
