"""The back of a book in the shop window: classes that the stylesheet turns into cloth and bands."""

from bookstore.catalog.covers.chance import Chance, fold

LONG_TITLE = 27
SERIF_TITLE = 21
GROUNDS = 12
DEAR_CENTS = 10_000
DEAREST_CENTS = 100_000
# Most continental spines read upwards, English ones downwards.
DOWNWARDS = {"en"}


def spine(title: str, language: str | None, price_cents: int) -> tuple[str, str]:
    """Classes of the list item and of its link; wide enough for the price on its label."""
    chance = Chance(fold(title))
    width = max(chance.pick((1, 2, 2, 3, 3, 4)), _least_width(price_cents))
    height = 5 if len(title) > LONG_TITLE else chance.pick((1, 2, 3, 4, 5))
    serif = chance.below(3) == 0 and len(title) <= SERIF_TITLE
    item = ("en" if language in DOWNWARDS else "es") + (" se" if serif else "")
    return item, f"w{width} h{height} g{chance.below(GROUNDS)} k{chance.pick((0, 0, 0, 1, 2))}"


def _least_width(price_cents: int) -> int:
    return 1 + 2 * (price_cents >= DEAR_CENTS) + (price_cents >= DEAREST_CENTS)
