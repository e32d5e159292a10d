"""Forms: what is typed is read once, strictly, and answered in the reader's language beside its field.

A field is required unless it says `optional=True`; a missing field, an empty one and one of blanks are the same.
"""

import re
from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

import wtforms
import wtforms.i18n
from quart import request
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import StopValidation

from bookstore import money
from bookstore.texts import current, gettext
from bookstore.web import language
from bookstore.web.checks import Check, Length, Optional, Range, Required, showable
from bookstore.writing import UNREAD, line, prose

DIGITS = re.compile(r"[0-9]{1,9}")
UUID_SHAPE = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
PASSWORD_LENGTH = 256
Pairs = Iterable[tuple[str, object]]


class Form(wtforms.Form):
    """A form whose messages are in the language of the request."""

    class Meta(wtforms.meta.DefaultMeta):
        def get_translations(self, form: Any) -> Any:  # noqa: ANN401 - the library's signature
            del form
            return wtforms.i18n.get_translations([current()])

    @classmethod
    async def read(cls, **more: Any) -> Self:  # noqa: ANN401 - `obj`, `data` and values by name, for the library
        """The form that this request sent; `validate()` is the caller's next step.

        Files stay in the request: a file that came under the name of a text field is a field that was not sent.
        """
        return cls(await request.form, **more)

    def refuse(self, field: str, message: str) -> None:
        """Add what a rule found wrong, beside its field."""
        self[field].errors = [*self[field].errors, message]


class Line(wtforms.StringField):
    """A single line of at most `most` characters; empty where that is allowed."""

    data: str

    def __init__(
        self,
        label: object,
        checks: Iterable[Check] = (),
        *,
        most: int,
        optional: bool = False,
        **more: Any,  # noqa: ANN401
    ) -> None:
        more = {"filters": (line,), "default": ""} | more
        super().__init__(label, chain(Length(most), *checks, optional=optional), **more)  # type: ignore[arg-type]

    def pre_validate(self, _form: object) -> None:
        showable(self.data or "")


class Prose(wtforms.TextAreaField):
    """Several lines of at most `most` characters in all."""

    data: str

    def __init__(self, label: object, *, most: int, optional: bool = False, **more: Any) -> None:  # noqa: ANN401
        more = {"filters": (prose,), "default": ""} | more
        super().__init__(label, chain(Length(most), optional=optional), **more)  # type: ignore[arg-type]

    def pre_validate(self, _form: object) -> None:
        showable((self.data or "").translate({ord("\n"): None, ord("\t"): None}))


class Password(wtforms.PasswordField):
    """Taken as it was typed, to the last blank; never shown again."""

    data: str

    def __init__(self, label: object, checks: Iterable[Check] = (), *, least: int = 0, **more: Any) -> None:  # noqa: ANN401
        length = Length(PASSWORD_LENGTH, least)
        super().__init__(label, chain(length, *checks, optional=False), default="", **more)  # type: ignore[arg-type]

    def pre_validate(self, _form: object) -> None:
        if UNREAD in (self.data or ""):  # bytes that were no UTF-8: any others would open the account too
            raise StopValidation(gettext("It has characters that cannot be shown. Type it again."))


class Typed(wtforms.StringField):
    """A line that is read as something else; what could not be read is shown again as it was typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data: Any = None
        if typed := line(valuelist[0] if valuelist else ""):
            self.data = self.parse(typed)

    def parse(self, typed: str) -> object:
        """What was typed. Raises ValueError with the reader's message."""
        raise NotImplementedError

    def show(self, value: Any) -> str:  # noqa: ANN401 - each field's own type
        """The value for editing, which `parse` reads back."""
        return str(value)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.show(self.data)


class Money(Typed):
    """An amount typed in major units; `data` is an int of cents."""

    def __init__(self, label: object, *, least: int = 1, optional: bool = False, **more: Any) -> None:  # noqa: ANN401
        checks = chain(Range(least, money.MOST_CENTS, language.money), optional=optional)
        more = {"render_kw": {"inputmode": "decimal", "autocomplete": "off"}} | more
        super().__init__(label, checks, **more)  # type: ignore[arg-type]

    def parse(self, typed: str) -> int:
        try:
            return money.parse(typed)
        except money.TooMuch:
            most = language.money(money.MOST_CENTS)
            raise ValueError(gettext("The most is %(most)s.", most=most)) from None
        except money.NotMoney:
            raise ValueError(gettext("Write an amount such as 12.50, without thousands marks.")) from None

    def show(self, value: int) -> str:
        return money.typed(value)


class Count(Typed):
    """A whole number in plain digits; `data` is an int."""

    def __init__(self, label: object, *, least: int, most: int, optional: bool = False, **more: Any) -> None:  # noqa: ANN401
        more = {"render_kw": {"inputmode": "numeric", "autocomplete": "off"}} | more
        super().__init__(label, chain(Range(least, most), optional=optional), **more)  # type: ignore[arg-type]

    def parse(self, typed: str) -> int:
        if not DIGITS.fullmatch(typed):
            raise ValueError(gettext("Write a whole number in digits."))
        return int(typed)


class Key(Typed):
    """A UUID that our own page made; `data` is a UUID."""

    widget = wtforms.widgets.HiddenInput()

    def __init__(self, label: object = "", **more: Any) -> None:  # noqa: ANN401
        super().__init__(label, chain(optional=False), **more)  # type: ignore[arg-type]

    def parse(self, typed: str) -> UUID:
        if not UUID_SHAPE.fullmatch(typed):
            raise ValueError(gettext("The page was incomplete. Reload it and try again."))
        return UUID(typed)


class _OneOf:
    def pre_validate(self, _form: object) -> None:
        known = {str(choice[0]) for choice in self.iter_choices()}  # type: ignore[attr-defined]
        if self.data not in {None, ""} and self.data not in known:  # type: ignore[attr-defined]
            raise StopValidation(gettext("Choose one of these."))


class Choice(_OneOf, wtforms.SelectField):
    """One of `choices` from a list; `data` is its value, a str."""

    def __init__(self, label: object, choices: Pairs, *, optional: bool = False, **more: Any) -> None:  # noqa: ANN401
        checks = chain(optional=optional)
        super().__init__(label, checks, choices=options(choices), coerce=plain, **more)  # type: ignore[arg-type]


class Radio(_OneOf, wtforms.RadioField):
    """One of `choices`, all shown at once."""

    def __init__(self, label: object, choices: Pairs, *, optional: bool = False, **more: Any) -> None:  # noqa: ANN401
        checks = chain(optional=optional)
        super().__init__(label, checks, choices=options(choices), coerce=plain, **more)  # type: ignore[arg-type]


def options(choices: Pairs) -> list[SelectChoice]:
    """Pairs of value and label as the library wants them; a label may be lazy."""
    return [SelectChoice(value, label) for value, label in choices]


def plain(value: object) -> str:
    return "" if value is None else str(value)


def chain(*checks: Check, optional: bool) -> list[Check]:
    """The checks of a field, from whether it may be empty on."""
    return [Optional() if optional else Required(), *checks]
