"""Money as integers in the currency's minor units; what people type is read strictly."""

import re

# One copy costs at most a million; a sum of lines stays far below a signed 64-bit integer.
MOST_CENTS = 100_000_000
_TYPED = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,2})?")


class NotMoney(ValueError):
    """What was typed is no amount."""


class TooMuch(NotMoney):
    """The amount is above MOST_CENTS."""


def parse(typed: str) -> int:
    """Cents of an amount in major units: 12.50, 12,50 or 12, with at most two decimals.

    Signs, exponents, thousands marks and digits of other scripts are refused, not guessed at:
    1.234 is twelve hundred to one reader and a little over one to another. Raises NotMoney.
    """
    text = typed.strip()
    if not _TYPED.fullmatch(text):
        raise NotMoney(text[:40])
    whole, _, decimals = text.replace(",", ".").partition(".")
    cents = int(whole) * 100 + int(decimals.ljust(2, "0"))
    if cents > MOST_CENTS:
        raise TooMuch(text)
    return cents


def typed(cents: int) -> str:
    """The amount as a form shows it for editing, which `parse` reads back: 12.50."""
    return f"{cents // 100}.{cents % 100:02d}"
