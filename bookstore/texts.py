"""Texts in the reader's language, for pages, rules and jobs alike; knows no HTTP.

Message ids are English. Rules write `gettext("Sold out.")`; a text that is made when a module is
imported (a form's label, a table of names) is written `lazy("Title")`.
"""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = ("es", "en")
CATALOGUES = Path(__file__).parent / "locale"

_current: ContextVar[str] = ContextVar("locale", default=LOCALES[0])


def current() -> str:
    """The locale of this task, one of LOCALES."""
    return _current.get()


def speak(locale: str) -> None:
    """Set the locale of the rest of this task."""
    _current.set(locale)


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Set the locale for a block: a letter is written in its reader's language."""
    token = _current.set(locale)
    try:
        yield
    finally:
        _current.reset(token)


@functools.cache
def catalogue(locale: str) -> NullTranslations:
    """The translations of a locale, compiled in memory from its .po on first use."""
    source = CATALOGUES / locale / "LC_MESSAGES" / "bookstore.po"
    if not source.exists():
        return NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as lines:
        write_mo(compiled, read_po(lines, locale=locale))
    compiled.seek(0)
    return GNUTranslations(compiled)


def gettext(message: str, **names: object) -> str:
    """The message in the reader's language; `%(name)s` in it is filled from `names`."""
    text = catalogue(current()).gettext(message)
    return text % names if names else text


def ngettext(singular: str, plural: str, num: int, **names: object) -> str:
    """The form that fits `num`, which also fills `%(num)s`."""
    return catalogue(current()).ngettext(singular, plural, num) % {"num": num, **names}


class lazy:  # noqa: N801  written like the function it stands for
    """A text that is looked up each time it is shown."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __str__(self) -> str:
        return gettext(self.message)

    def __mod__(self, names: object) -> str:
        return str(self) % names

    def __eq__(self, other: object) -> bool:
        return isinstance(other, lazy) and other.message == self.message

    def __hash__(self) -> int:
        return hash(self.message)

    def __repr__(self) -> str:
        return f"lazy({self.message!r})"
