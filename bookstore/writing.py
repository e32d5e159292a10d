"""Text as people type it: what of it can be shown, and the one way in which it is kept."""

import re
import unicodedata

LONGEST = 20_000  # characters: above what any field takes
MOST_MARKS = 30  # on one letter: the stream-safe text format of Unicode's annex 15
UNREAD = "\ufffd"  # what decoding leaves where the bytes were not UTF-8
# Control characters, halves of characters, line ends, marks that turn the writing of the text around them, and UNREAD.
UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffd]")


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
