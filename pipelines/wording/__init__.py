"""Every word a reader sees: English in the code, Simplified Chinese in the catalogues beside this file."""

import gettext
import io
import os
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("en", "zh_CN")
LOCALES = Path(__file__).parent / "locales"


def mark(message: str) -> str:
    """The message itself, marked so that extraction finds it where it is defined."""
    return message


def translate(message: str, language: str = "en", **values: object) -> str:
    """The message in the language, its {named} places filled; English where no translation exists."""
    text = _text(message, language)
    return text.format(**values) if values else text


def translate_plural(one: str, many: str, count: int, language: str = "en", **values: object) -> str:
    """The form of the message that suits the count, which fills the place {count}."""
    return _catalogue(language).ngettext(one, many, count).format(count=count, **values)


def language_of(locale: str | None) -> str:
    """The product's language for a locale name such as `zh-CN` or `de_DE.UTF-8`."""
    return "zh_CN" if (locale or "").casefold().startswith("zh") else "en"


def command_language() -> str:
    """The language of the command line, from OKR_LANG or else the usual locale variables."""
    names = ("OKR_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    return language_of(next((os.environ[name] for name in names if os.environ.get(name)), None))


@cache
def _text(message: str, language: str) -> str:
    return _catalogue(language).gettext(message)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    catalogue = gettext.NullTranslations()
    for path in sorted((LOCALES / language / "LC_MESSAGES").glob("*.po")):
        compiled = io.BytesIO()
        with path.open("rb") as source:
            write_mo(compiled, read_po(source, locale=language))
        compiled.seek(0)
        part = gettext.GNUTranslations(compiled)
        part.add_fallback(catalogue)
        catalogue = part
    return catalogue
