"""What the documents say is what the code does."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from pipelines import batches
from pipelines.schema.dictionary import dictionary
from pipelines.wording import LOCALES

ROOT = Path(__file__).parents[1]
PACKAGES = ("dashboard", "pipelines")


def test_the_data_dictionary_is_the_schema() -> None:
    stale = "data/README.md is stale: run `make data-readme`"
    assert (ROOT / "data" / "README.md").read_text(encoding="utf-8") == dictionary(), stale


def test_all_that_lies_in_a_data_folder_is_in_the_dictionary(sample: Path, tmp_path: Path) -> None:
    data = shutil.copytree(sample, tmp_path / "data")
    batches.undo(data)
    found = {path.name for path in data.iterdir()} | {f"*{path.suffix}" for path in (data / "batches").iterdir()}
    assert {"resolved", ".lock", "*.undone"} <= found
    assert not [name for name in found if f"`{name}`" not in dictionary()]


def test_every_command_is_in_the_readme() -> None:
    from pipelines.cli import main

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [name for name in main.list_commands(None) if f"okr {name}" not in readme]  # type: ignore[arg-type]
    assert not missing


def test_every_link_in_the_documents_leads_somewhere() -> None:
    for document in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / document).read_text(encoding="utf-8"))
        assert not [target for target in targets if not (ROOT / target).exists()], document


@pytest.mark.parametrize("package", PACKAGES)
def test_every_message_is_translated(package: str) -> None:
    from pipelines.wording.extraction import messages_in

    translated = {entry for path in LOCALES.glob("zh_CN/LC_MESSAGES/*.po") for entry in _translated(path)}
    assert not sorted(messages_in(ROOT / package) - translated)


def test_no_translation_is_left_over() -> None:
    from pipelines.wording.extraction import messages_in

    used = set().union(*(messages_in(ROOT / package) for package in PACKAGES))
    left = {entry for path in LOCALES.glob("zh_CN/LC_MESSAGES/*.po") for entry in _translated(path)} - used
    assert not sorted(left)


def test_every_translation_fills_the_same_places() -> None:
    from pipelines.wording.extraction import catalogue

    for path in LOCALES.glob("zh_CN/LC_MESSAGES/*.po"):
        for message in catalogue(path):
            source = message.id[-1] if isinstance(message.id, tuple) else message.id
            target = message.string[0] if isinstance(message.string, tuple) else message.string
            places = [set(re.findall(r"(?<!\{)\{(\w+)", str(text))) for text in (source, target)]
            assert not message.id or places[1] <= places[0], message.id


def _translated(path: Path) -> set[str]:
    from pipelines.wording.extraction import catalogue

    return {
        message.id[0] if isinstance(message.id, tuple) else message.id
        for message in catalogue(path)
        if message.id and message.string and not message.fuzzy
    }


def test_no_message_is_translated_twice() -> None:
    counted = Counter(entry for path in LOCALES.glob("zh_CN/LC_MESSAGES/*.po") for entry in _translated(path))
    assert not sorted(message for message, count in counted.items() if count > 1)
