"""How far a load has come, in lines that a program can read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from pipelines.inputs import InputFile

SIGN = "progress"


@contextmanager
def told(files: Sequence[InputFile]) -> Iterator[Iterator[InputFile]]:
    """The files one by one; as each is begun a line on the error stream says which of how many, last that all are read.

    Such a line is `progress`, the number done, the number of all and the file's name, parted by tabs.
    """
    yield _counted(files)


def _counted(files: Sequence[InputFile]) -> Iterator[InputFile]:
    for done, file in enumerate(files):
        _tell(done, len(files), file.name)
        yield file
    _tell(len(files), len(files), "")


def _tell(done: int, of: int, name: str) -> None:
    click.echo(f"{SIGN}\t{done}\t{of}\t{name}", err=True)
