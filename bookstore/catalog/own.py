"""A seller's own books, and what became of them."""

import re
from dataclasses import dataclass

from bookstore.catalog import cards
from bookstore.catalog.cards import Card, Where

PAGE = 50
_AFTER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Page:
    """Books of one status, the newest first; `after` begins the next page, None on the last."""

    status: str
    books: list[Card]
    after: int | None


@dataclass(frozen=True)
class Tallies:
    """Listings by status, and copies by where they are."""

    on_sale: int
    withdrawn: int
    copies: int
    held: int
    sold: int


async def page(seller_id: int, status: str, after: str) -> Page:
    where = Where("seller_id = %s", seller_id).and_("status = %s", status)
    if _AFTER.fullmatch(after):
        where = where.and_("id < %s", int(after))
    books = await cards.cards(where, "id DESC", PAGE + 1)
    return Page(status, books[:PAGE], books[PAGE - 1].id if len(books) > PAGE else None)


async def tallies(seller_id: int) -> Tallies:
    mine = Where("b.seller_id = %s", seller_id)
    listed = await cards.rows_of(
        f"SELECT status, COUNT(*) AS listings, SUM(stock) AS copies FROM catalog_book b WHERE {mine} GROUP BY status",  # noqa: S608
        mine,
    )
    taken = await cards.rows_of(
        "SELECT h.status, SUM(l.quantity) AS copies FROM catalog_book b "  # noqa: S608
        "JOIN catalog_hold_line l ON l.book_id = b.id JOIN catalog_hold h ON h.id = l.hold_id "
        f"WHERE {mine} AND l.status = 'held' GROUP BY h.status",
        mine,
    )
    listings = {row["status"]: int(row["listings"]) for row in listed}
    on_shelf = {row["status"]: int(row["copies"]) for row in listed}
    gone = {row["status"]: int(row["copies"]) for row in taken}
    return Tallies(
        on_sale=listings.get("on_sale", 0),
        withdrawn=listings.get("withdrawn", 0),
        copies=on_shelf.get("on_sale", 0),
        held=gone.get("held", 0),
        sold=gone.get("confirmed", 0),
    )
