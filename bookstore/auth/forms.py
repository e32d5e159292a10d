"""The two forms of an account."""

import re
import unicodedata
from typing import Any

from wtforms import HiddenField
from wtforms.validators import StopValidation

from bookstore.auth import passwords
from bookstore.auth.models import MOST_EMAIL
from bookstore.texts import gettext, lazy
from bookstore.web.forms import Form, Line, Password
from bookstore.writing import line

MOST_NAME, MOST_MAILBOX = 80, 64
# Plain ASCII: two addresses that look alike are then the same, in every database's collation too.
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
EMAIL = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,{MOST_MAILBOX}}}@{LABEL}(?:\.{LABEL})+")


def lowered(typed: str | None) -> str:
    return line(typed).lower()


def an_address(_form: object, field: Any) -> None:  # noqa: ANN401 - the library's fields are of many classes
    if not EMAIL.fullmatch(field.data):
        raise StopValidation(gettext("Write an e-mail address such as ana@example.org."))


def legible(_form: object, field: Any) -> None:  # noqa: ANN401
    """A name of invisible characters alone would be a person whom nobody sees."""
    if not any(unicodedata.category(character)[0] in "LNS" for character in field.data):
        raise StopValidation(gettext("Write a name that can be read."))


def uncommon(form: Any, field: Any) -> None:  # noqa: ANN401
    guessable = {form.email.data, form.email.data.partition("@")[0], form.name.data.casefold()}
    if passwords.is_common(field.data) or field.data.casefold() in guessable:
        raise StopValidation(gettext("Too easy to guess. Several words in a row make a good password."))


class LogIn(Form):
    email = Line(
        lazy("E-mail"),
        most=MOST_EMAIL,
        filters=(lowered,),
        render_kw={"type": "email", "autocomplete": "username", "autocapitalize": "none"},
    )
    password = Password(lazy("Password"), render_kw={"autocomplete": "current-password"})
    next = HiddenField()


class Registration(Form):
    name = Line(lazy("Name"), [legible], most=MOST_NAME, render_kw={"autocomplete": "name"})
    email = Line(
        lazy("E-mail"),
        [an_address],
        most=MOST_EMAIL,
        filters=(lowered,),
        render_kw={"type": "email", "autocomplete": "email", "autocapitalize": "none"},
    )
    password = Password(lazy("Password"), [uncommon], least=passwords.LEAST, render_kw={"autocomplete": "new-password"})
    next = HiddenField()
