"""A folder into which people drop files: which of them are new, and have stopped growing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pipelines import batches
from pipelines.inputs import NOTHING_IN, InputFile, Inputs, expand
from pipelines.manner import Manner
from pipelines.problems import InputError

Shape = tuple[int, int]
"""Size and time of the last change."""


@dataclass
class Watched:
    """One folder between two looks at it: how its files looked, and which content was dealt with."""

    folder: Path
    data_dir: Path
    shapes: dict[str, Shape] = field(default_factory=dict)
    done: dict[str, str] = field(default_factory=dict)

    def look(self, manner: Manner) -> Inputs:
        """The files that look as they did at the last look, and whose content is neither loaded nor dealt with."""
        found = _files(self.folder, self.data_dir)
        before, self.shapes = self.shapes, {file.name: shape for file in found if (shape := _shape(file.path))}
        still = [file for file in found if self.shapes.get(file.name, ()) == before.get(file.name)]
        digests = _digests(still, manner)
        loaded = _loaded(self.data_dir)
        new = [file for file in still if digests.get(file.name) not in (None, self.done.get(file.name))]
        return Inputs(tuple(file for file in new if digests[file.name] != loaded.get(file.name)), ())

    def deal_with(self, files: Iterable[InputFile], manner: Manner) -> None:
        """From now on the content of these files is known, and not spoken of again."""
        self.done |= _digests(files, manner)


def _files(folder: Path, data_dir: Path) -> tuple[InputFile, ...]:
    try:
        return expand([folder], apart_from=data_dir).files
    except InputError as error:
        if error.problem.rule is NOTHING_IN:
            return ()
        raise


def _shape(path: Path) -> Shape | None:
    """How the file looks; nothing where it went away meanwhile."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _digests(files: Iterable[InputFile], manner: Manner) -> dict[str, str]:
    """What each file's reading depends on; a file that may not be read counts by its look."""
    return {file.name: _digest(file, manner) for file in files if _shape(file.path)}


def _digest(file: InputFile, manner: Manner) -> str:
    try:
        return manner.digest(file)
    except OSError:
        return str(_shape(file.path))


def _loaded(data_dir: Path) -> dict[str, str]:
    """What counts of each file; one that failed is told of again at the next start."""
    return {load.name: load.digest for _, load in batches.effective(batches.standing(data_dir)) if not load.failed}
