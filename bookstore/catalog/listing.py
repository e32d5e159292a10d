"""What a listing may say: each field, from what was typed or written in a file to what is stored."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bookstore import isbn as isbns
from bookstore import money
from bookstore.catalog import conditions, languages
from bookstore.texts import gettext
from bookstore.writing import UNSHOWABLE, is_stacked

# Characters; the columns' own lengths.
TITLE = AUTHOR = 300
DESCRIPTION = 4000
MOST_COPIES = 9999
FIRST_YEAR = -3000  # writing is hardly older
_COPIES = re.compile(r"[0-9]{1,9}")
_YEAR = re.compile(r"-?[0-9]{1,4}")


class Wrong(ValueError):
    """A field cannot stand; `str()` says why, in the reader's language."""


class Faults(Exception):
    """Fields that cannot stand: `args[0]` is {field: why}."""

    @property
    def fields(self) -> dict[str, str]:
        return dict(self.args[0])


@dataclass(frozen=True)
class Listing:
    """A copy as its seller describes it. `isbn` has thirteen digits, `year` is negative before our era."""

    title: str
    author: str
    description: str
    price_cents: int
    stock: int
    condition: str
    isbn: str | None = None
    language: str | None = None
    year: int | None = None


def read(typed: Mapping[str, str]) -> Listing:
    """The listing that the fields make. Raises Faults with every field that cannot stand."""
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for field, reader in READERS.items():
        try:
            values["price_cents" if field == "price" else field] = reader(typed.get(field, ""))
        except Wrong as wrong:
            faults[field] = str(wrong)
    if faults:
        raise Faults(faults)
    return Listing(**values)


def title(typed: str) -> str:
    return _line(typed, TITLE)


def author(typed: str) -> str:
    return _line(typed, AUTHOR)


def description(typed: str) -> str:
    text = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    return _text(text, DESCRIPTION, allowed="\n\t")


def _line(typed: str, most: int) -> str:
    return _text(" ".join(typed.split()), most)


def _text(text: str, most: int, allowed: str = "") -> str:
    if not any(unicodedata.category(letter)[0] in "LNPS" for letter in text):
        raise Wrong(gettext("This is needed."))
    if len(text) > most:
        raise Wrong(gettext("At most %(most)s characters; there are %(here)s.", most=most, here=len(text)))
    if UNSHOWABLE.search(text.translate(dict.fromkeys(map(ord, allowed)))) or is_stacked(text):
        raise Wrong(gettext("There is a character here that cannot be shown. Type the text again."))
    return text


def _needed(typed: str) -> None:
    if not typed.strip():
        raise Wrong(gettext("This is needed."))


def price(typed: str) -> int:
    """Cents."""
    _needed(typed)
    try:
        return money.parse(typed)
    except money.TooMuch:
        raise Wrong(gettext("At most %(most)s.", most=f"{money.MOST_CENTS // 100:_}".replace("_", " "))) from None
    except money.NotMoney:
        raise Wrong(gettext("Write only the number, for example 12.50.")) from None


def stock(typed: str) -> int:
    _needed(typed)
    text = typed.strip()
    if not _COPIES.fullmatch(text) or int(text) > MOST_COPIES:
        raise Wrong(gettext("Write a whole number from 0 to %(most)s.", most=MOST_COPIES))
    return int(text)


def condition(typed: str) -> str:
    if typed not in conditions.NAMES:
        raise Wrong(gettext("Choose one of the seven grades."))
    return typed


def isbn(typed: str) -> str | None:
    """Thirteen digits; None when nothing was typed."""
    if not typed.strip():
        return None
    try:
        return isbns.parse(typed)
    except isbns.WrongCheckDigit as wrong:
        raise Wrong(gettext("The last digit should be %(digit)s. Check the number.", digit=wrong.expected)) from None
    except isbns.NotAnIsbn:
        raise Wrong(gettext("An ISBN has 10 or 13 digits.")) from None


def language(typed: str) -> str | None:
    if not typed.strip():
        return None
    found = languages.code(typed)
    if found is None:
        raise Wrong(gettext("Choose a language of the list."))
    return found


def year(typed: str) -> int | None:
    text = typed.strip()
    if not text:
        return None
    last = datetime.now(UTC).year + 1  # publishers date the autumn's books ahead
    if not _YEAR.fullmatch(text) or not FIRST_YEAR <= int(text) <= last:
        raise Wrong(gettext("Write a year, at most %(last)s.", last=last))
    return int(text)


READERS: Mapping[str, Callable[[str], object]] = {
    "title": title,
    "author": author,
    "description": description,
    "price": price,
    "stock": stock,
    "condition": condition,
    "isbn": isbn,
    "language": language,
    "year": year,
}
