"""ISBN-10 and ISBN-13: check digits, and the way from one to the other."""

import re

_MARKS = re.compile(r"[\s\u00a0\u2010-\u2015-]+")
_TEN = re.compile(r"[0-9]{9}[0-9X]")
_THIRTEEN = re.compile(r"97[89][0-9]{10}")
BOOKLAND = "978"


class NotAnIsbn(ValueError):
    """The text has not the form of an ISBN."""


class WrongCheckDigit(NotAnIsbn):
    """The last digit does not fit the others; `expected` would."""

    def __init__(self, text: str, expected: str) -> None:
        super().__init__(text)
        self.expected = expected


def parse(typed: str) -> str:
    """The thirteen digits of an ISBN typed with or without hyphens and spaces.

    An ISBN-10 is converted. Raises NotAnIsbn, or WrongCheckDigit when only the last digit is off.
    """
    text = compact(typed)
    if _TEN.fullmatch(text):
        _check(text, check10(text[:9]))
        return to13(text)
    if _THIRTEEN.fullmatch(text):
        _check(text, check13(text[:12]))
        return text
    raise NotAnIsbn(text[:40])


def _check(text: str, expected: str) -> None:
    if text[-1] != expected:
        raise WrongCheckDigit(text, expected)


def compact(typed: str) -> str:
    """Without hyphens and spaces, X in upper case."""
    return _MARKS.sub("", typed).upper()


def is_valid(typed: str) -> bool:
    try:
        parse(typed)
    except NotAnIsbn:
        return False
    return True


def check10(nine: str) -> str:
    """The tenth character: weights 10 to 2, modulo 11, X for ten."""
    rest = -sum((10 - i) * int(digit) for i, digit in enumerate(nine)) % 11
    return "X" if rest == 10 else str(rest)  # noqa: PLR2004


def check13(twelve: str) -> str:
    """The thirteenth digit: weights 1 and 3 in turn, modulo 10."""
    return str(-sum((3 if i % 2 else 1) * int(digit) for i, digit in enumerate(twelve)) % 10)


def to13(ten: str) -> str:
    """The ISBN-13 of a valid ISBN-10."""
    twelve = BOOKLAND + ten[:9]
    return twelve + check13(twelve)


def to10(thirteen: str) -> str | None:
    """The ISBN-10 of a valid ISBN-13, or None: those that begin with 979 have none."""
    if not thirteen.startswith(BOOKLAND):
        return None
    nine = thirteen[3:12]
    return nine + check10(nine)
