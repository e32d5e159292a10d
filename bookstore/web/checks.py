"""What a field's value must be like; each check says what is wrong in the reader's language."""

from collections.abc import Callable
from typing import Any

from wtforms.validators import StopValidation

from bookstore.texts import gettext, ngettext
from bookstore.writing import UNSHOWABLE, is_stacked

Check = Callable[[Any, Any], None]


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
