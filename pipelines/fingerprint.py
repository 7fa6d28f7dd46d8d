"""What a stored result depends on, as one short text: the content of a file, the code that read it."""

import hashlib
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent
PARSER = ("sources", "tidy", "schema", "cycles.py", "problems.py")


def of_file(path: Path, *context: str) -> str:
    """The hash of the file's bytes and of what else decides how it is read."""
    with path.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    return of_text(content, *context)


def of_text(*parts: str) -> str:
    """The hash of the texts, in order."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]


@cache
def of_parser() -> str:
    """The version of the code that turns files into facts; a stored file is read again when it changes."""
    return _of_code(PARSER)


@cache
def of_pipelines() -> str:
    """The version of all code between files and figures; the warehouse is built again when it changes."""
    return _of_code(("",))


def _of_code(names: tuple[str, ...]) -> str:
    files = [
        path for name in names for path in ([PACKAGE / name] if name.endswith(".py") else (PACKAGE / name).rglob("*"))
    ]
    code = sorted(path for path in files if path.suffix in {".py", ".toml", ".po"})
    return of_text(*(hashlib.sha256(path.read_bytes()).hexdigest() for path in code))
