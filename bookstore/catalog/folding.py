"""Text as the search compares it: without accents, case and punctuation, the same on every database."""

import unicodedata

from bookstore import isbn

MOST = 700  # characters of `search_text`
# Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "\u0640": ""}
)


def fold(text: str) -> str:
    """Letters and digits in words with one space between: `García-Márquez` is `garcia marquez`."""
    if not text.isascii():
        text = _bare(_bare(text))  # taking a letter apart may bring out a capital
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    return unicodedata.normalize("NFKC", "".join(x for x in letters if not unicodedata.category(x).startswith("M")))


def search_text(title: str, author: str, isbn13: str | None) -> str:
    """What a listing is found by, each word after a space, so that `% word%` finds the beginnings of words.

    The numbers stand first: a text that grows when it is folded loses its end.
    """
    numbers = [isbn13, isbn.to10(isbn13)] if isbn13 else []
    words = [fold(text) for text in (*numbers, title, author) if text]
    return f" {' '.join(words)}"[:MOST]
