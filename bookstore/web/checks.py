"""What a field's value must be like; each check says what is wrong in the reader's language."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from wtforms.validators import StopValidation

from bookstore.texts import gettext, ngettext

Check = Callable[[Any, Any], None]

LONGEST = 20_000  # characters: above what any field takes
MOST_MARKS = 30  # on one letter: the stream-safe text format of Unicode's annex 15

# Control characters, halves of characters, line ends and marks that turn the writing of the text around them, and the
# sign that decoding leaves where the bytes were not UTF-8.
UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffd]")


class Required:
    """Not empty. What could not be read says so itself."""

    def __init__(self) -> None:
        self.field_flags = {"required": True}

    def __call__(self, _form: Any, field: Any) -> None:  # noqa: ANN401 - the library's fields are of many classes
        if field.process_errors:
            raise StopValidation
        if field.data is None or field.data == "":
            raise StopValidation(gettext("Fill this in."))


class Optional:
    """Empty, or what the other checks ask for."""

    def __call__(self, _form: Any, field: Any) -> None:  # noqa: ANN401
        if field.process_errors or field.data is None or field.data == "":
            raise StopValidation


class Length:
    """At most so many characters, and at least so many."""

    def __init__(self, most: int, least: int = 0) -> None:
        self.most, self.least = most, least
        self.field_flags = {"maxlength": most} | ({"minlength": least} if least else {})

    def __call__(self, _form: Any, field: Any) -> None:  # noqa: ANN401
        if len(field.data) > self.most:
            raise StopValidation(ngettext("Use at most one character.", "Use at most %(num)s characters.", self.most))
        if len(field.data) < self.least:
            raise StopValidation(
                ngettext("Use at least one character.", "Use at least %(num)s characters.", self.least)
            )


class Range:
    """Between two numbers; `show` writes them for the reader."""

    def __init__(self, least: int, most: int, show: Callable[[int], str] = str) -> None:
        self.least, self.most, self.show = least, most, show

    def __call__(self, _form: Any, field: Any) -> None:  # noqa: ANN401
        if field.data < self.least:
            raise StopValidation(gettext("The least is %(least)s.", least=self.show(self.least)))
        if field.data > self.most:
            raise StopValidation(gettext("The most is %(most)s.", most=self.show(self.most)))


def showable(typed: str) -> None:
    """Raises StopValidation when the text has characters that no page should show."""
    if UNSHOWABLE.search(typed) or is_stacked(typed):
        raise StopValidation(gettext("It has characters that cannot be shown. Type it again."))


def line(typed: str | None) -> str:
    """One line as it is kept: composed characters (NFC), no blanks around."""
    return composed(typed or "").strip(" \t\u00a0")


def prose(typed: str | None) -> str:
    """Several lines as they are kept, each ended by a newline alone."""
    return composed((typed or "").replace("\r\n", "\n")).strip()


def composed(typed: str) -> str:
    """In composed characters (NFC). What will be refused is left as it is: composing takes the square of a stack."""
    if typed.isascii() or len(typed) > LONGEST or is_stacked(typed):
        return typed
    return unicodedata.normalize("NFC", typed)


def is_stacked(typed: str) -> bool:
    """Whether more marks stand on one letter than any language writes."""
    height = 0
    for character in typed[:LONGEST]:
        height = height + 1 if unicodedata.combining(character) else 0
        if height > MOST_MARKS:
            return True
    return False
