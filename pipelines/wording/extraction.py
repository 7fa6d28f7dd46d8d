"""Finding every message in the code and the policies, and reading a catalogue: for the tests and for translators."""

import tomllib
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

KEYWORDS = {
    "mark": None,
    "translate": None,
    "say": None,
    "translate_plural": (1, 2),
    "say_plural": (1, 2),
    "rule": (3,),
}


def messages_in(folder: Path) -> set[str]:
    """The messages that the folder's Python files mark and its policies state, plural ones by their singular."""
    found = extract_from_dir(folder, method_map=[("**.py", "python")], keywords=KEYWORDS)
    in_code = {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found if message}
    return in_code | {source for path in folder.glob("policies/*.toml") for source in _sources(path)}


def catalogue(path: Path) -> Catalog:
    """The catalogue in a `.po` file."""
    with path.open("rb") as source:
        return read_po(source)


def _sources(path: Path) -> set[str]:
    sections = tomllib.loads(path.read_text(encoding="utf-8"))
    return {entry["source"] for section in sections.values() for entry in section.values()}
