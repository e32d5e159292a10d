"""Finding books: every word begins a word of title, author or ISBN; pages follow each other by key."""

from collections.abc import Sequence
from dataclasses import dataclass

from bookstore.catalog import cards
from bookstore.catalog.cards import Card, Where
from bookstore.catalog.criteria import Criteria
from bookstore.data import db

PAGE = 24  # fills shelves of 2, 3, 4, 6 and 8
COUNTED = 1000  # more are told as "1,000+"
# What InnoDB leaves out of its index: short words, long ones, and these.
_SHORTEST, _LONGEST = 3, 84
_STOP_WORDS = """
    a about an are as at be by com de en for from how i in is it la of on or that the this to was what when where who
    will with und www
"""
_STOP = frozenset(_STOP_WORDS.split())
_CUT_AT_SPACES = "\u0600"  # scripts before this one are surely cut into words where we put our spaces
_WITHOUT_SPACES = "\u0e00"  # from here on there are scripts that put no space between words
_ORDER = {
    "newest": ("id < %s", "id DESC"),
    "cheapest": ("(price_cents > %s OR (price_cents = %s AND id > %s))", "price_cents, id"),
    "dearest": ("(price_cents < %s OR (price_cents = %s AND id < %s))", "price_cents DESC, id DESC"),
}


@dataclass(frozen=True)
class Found:
    """One page. `after` is where the next one begins, empty on the last; `count` is None on later pages."""

    books: list[Card]
    after: tuple[int, ...]
    count: int | None

    @property
    def is_more(self) -> bool:
        """Whether there are more than were counted."""
        return self.count is not None and self.count > COUNTED


async def find(wanted: Criteria) -> Found:
    """The page of the catalogue that was asked for."""
    if wanted.q and not wanted.words:  # signs only: nothing has such a name
        return Found([], (), 0)
    where = _where(wanted)
    beyond, order = _ORDER[wanted.sort]
    if wanted.after:
        *price, book_id = wanted.after
        books = await cards.cards(where.and_(beyond, *price * 2, book_id), order, PAGE + 1)
        return Found(books[:PAGE], _after(books, wanted.sort), None)
    books = await cards.cards(where, order, PAGE + 1)
    count = len(books) if len(books) <= PAGE else await cards.count(where, COUNTED + 1)
    return Found(books[:PAGE], _after(books, wanted.sort), count)


def _after(books: list[Card], sort: str) -> tuple[int, ...]:
    if len(books) <= PAGE:
        return ()
    last = books[PAGE - 1]
    return (last.id,) if sort == "newest" else (last.price_cents, last.id)


def _where(wanted: Criteria) -> Where:
    where = having(Where(), wanted.words)
    where = _any_of(where, "`condition`", wanted.condition)
    where = _any_of(where, "language", wanted.language)
    if wanted.min_price is not None:
        where = where.and_("price_cents >= %s", wanted.min_price)
    if wanted.max_price is not None:
        where = where.and_("price_cents <= %s", wanted.max_price)
    if wanted.in_stock:
        where = where.and_("stock > 0")
    if wanted.seller is not None:
        where = where.and_("seller_id = %s", wanted.seller)
    return where


def _any_of(where: Where, column: str, values: Sequence[str]) -> Where:
    return where.and_(f"{column} IN ({', '.join(['%s'] * len(values))})", *values) if values else where


def having(where: Where, words: Sequence[str]) -> Where:
    """And all these folded words: they hold letters and digits only, so none is an operator or a wildcard."""
    indexed = [] if db.is_sqlite() else [word for word in words if _is_indexed(word)]
    if indexed:
        all_of_them = " ".join(f"+{word}*" for word in indexed)
        where = where.and_("MATCH (search_text) AGAINST (%s IN BOOLEAN MODE)", all_of_them)
    for word in words:
        if word not in indexed:
            where = where.and_("search_text LIKE %s", f"%{word}%" if max(word) >= _WITHOUT_SPACES else f"% {word}%")
    return where


def _is_indexed(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and word not in _STOP and max(word) < _CUT_AT_SPACES
