"""What the entrance and a book's page show of the other books."""

import time
from collections import Counter
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from tortoise import connections

from bookstore.catalog import cards, conditions, search
from bookstore.catalog.cards import Card, Where
from bookstore.catalog.folding import fold

KEPT = 10.0  # seconds that tallies are remembered: they read every listing
_remembered: "WeakKeyDictionary[object, tuple[float, Tallies]]" = WeakKeyDictionary()


@dataclass(frozen=True)
class Tallies:
    """Copies on sale, and listings by language (the most first) and by condition (the best first)."""

    copies: int
    languages: list[tuple[str, int]]
    conditions: list[tuple[str, int]]


async def tallies() -> Tallies:
    """The shop in numbers, at most KEPT seconds old."""
    connection = connections.get("default")
    taken, known = _remembered.get(connection, (-KEPT, None))
    if known is None or time.monotonic() - taken >= KEPT:
        known = await _count()
        _remembered[connection] = (time.monotonic(), known)
    return known


async def _count() -> Tallies:
    where = Where()
    rows = await cards.rows_of(
        f"SELECT language, `condition`, COUNT(*) AS listings, SUM(stock) AS copies FROM catalog_book WHERE {where} "  # noqa: S608
        "GROUP BY language, `condition`",
        where,
    )
    languages, grades = Counter[str](), Counter[str]()
    for row in rows:
        languages[row["language"] or ""] += row["listings"]
        grades[row["condition"]] += row["listings"]
    del languages[""]
    return Tallies(
        copies=sum(int(row["copies"]) for row in rows),
        languages=languages.most_common(),
        conditions=[(name, grades[name]) for name in conditions.NAMES if grades[name]],
    )


async def newest(limit: int) -> list[Card]:
    """What arrived last and is still there."""
    return await cards.cards(Where().and_("stock > 0"), "id DESC", limit)


async def beside(book_id: int, author: str, seller_id: int, limit: int = 6) -> list[Card]:
    """Books in stock to look at next: the author's others, then the seller's newest."""
    others = Where().and_("stock > 0").and_("id <> %s", book_id)
    first_author = fold(author.partition(",")[0]).split()
    found = await cards.cards(search.having(others, first_author), "id DESC", limit) if first_author else []
    if len(found) < limit:
        found += await cards.cards(others.and_("seller_id = %s", seller_id), "id DESC", limit)
    return list({card.id: card for card in found}.values())[:limit]
