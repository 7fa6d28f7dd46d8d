"""Tables that were worked out once and are needed again: only a shortcut, for without them all is worked out anew."""

import shutil
from pathlib import Path

import pandas as pd

from pipelines import fingerprint


class Kept:
    """A folder of tables as Parquet, each with the hash of its content in its name, so that damage is as if never kept.

    The folder's own name is that of all its tables were worked out from; those beside it are of earlier builds.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._used: set[Path] = set()

    def path(self, name: str) -> Path | None:
        """Where the table is, if every byte of it is as it was written."""
        for path in self.folder.glob(f"{name}.*.parquet"):
            if path == self._place(name, path):
                self._used.add(path)
                return path
        return None

    def keep(self, name: str, frame: pd.DataFrame) -> Path:
        """Where the table is from now on: written aside and renamed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / ".writing"
        frame.to_parquet(aside, index=False)
        path = aside.rename(self._place(name, aside))
        self._used.add(path)
        return path

    def prune(self) -> None:
        """Remove all that was not used, here and beside."""
        for found in [*self.folder.parent.glob("*"), *self.folder.glob("*")]:
            if found.is_dir() and found != self.folder:
                shutil.rmtree(found)
            elif found.is_file() and found not in self._used:
                found.unlink()

    def _place(self, name: str, path: Path) -> Path:
        return self.folder / f"{name}.{fingerprint.of_file(path)}.parquet"
