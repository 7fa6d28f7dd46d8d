"""Where dropped files wait until they are loaded: below the data folder, under the name they were dropped with.

Each lies in a folder named after its content, so that two people's files of one name do not meet, and in there in one
called `uploads`, which with the file's name makes the name under which it is known from then on.
"""

import hashlib
import shutil
import time
from contextlib import suppress
from pathlib import Path, PurePosixPath

UPLOADS = "uploads"
KEPT_SECONDS = 24 * 60 * 60
LONGEST_NAME = 180


def stage(data_dir: Path, name: str, content: bytes) -> Path:
    """The file with this content, written if it is not there yet."""
    path = _folder(data_dir, content) / UPLOADS / safe_name(name)
    if not path.exists():
        write(path, content)
    return path


def write(path: Path, content: bytes) -> None:
    """Write a file as a whole: aside first, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.writing")
    aside.write_bytes(content)
    aside.replace(path)


def stage_mapping(staged: Path, text: str) -> Path:
    """The mapping for a staged file, beside it."""
    folder = hashlib.sha256(text.encode()).hexdigest()[:16]
    path = staged.parents[1] / folder / f"{staged.name}.toml"
    if not path.exists():
        write(path, text.encode())
    return path


def safe_name(name: str) -> str:
    """The name without the way to it, without what hides a file, and not too long for a disk."""
    plain = PurePosixPath(name.replace("\\", "/")).name.lstrip(".~$ ")
    plain = "".join(sign for sign in plain if sign.isprintable())
    while len(plain.encode()) > LONGEST_NAME:
        plain = plain[1:]
    return plain or "file"


def clear(staged: list[Path]) -> None:
    """Remove staged files."""
    for path in staged:
        shutil.rmtree(path.parents[1], ignore_errors=True)


def sweep(data_dir: Path) -> None:
    """Remove what was dropped and not loaded within a day."""
    for folder in (data_dir / UPLOADS).glob("*"):
        # Another reader's page may remove it at the same moment.
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _folder(data_dir: Path, content: bytes) -> Path:
    return data_dir.absolute() / UPLOADS / hashlib.sha256(content).hexdigest()[:20]
