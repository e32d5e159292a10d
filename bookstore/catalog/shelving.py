"""Putting books on the shelf, changing what their card says, and taking them off."""

from collections.abc import Sequence
from dataclasses import asdict
from secrets import token_hex
from typing import Any

from bookstore.catalog.folding import search_text
from bookstore.catalog.listing import Listing
from bookstore.catalog.models import Book, StockMove
from bookstore.data import clock, db


class NotYours(Exception):
    """There is no such book of this seller: not there and not theirs are the same."""


class Withdrawn(Exception):
    """The book is no longer on the shelf, so its card cannot be changed."""


class StockChanged(Exception):
    """Copies were sold or given back since the seller looked: `args[0]` are there now."""

    @property
    def now(self) -> int:
        return int(self.args[0])


async def own(book_id: int, seller_id: int) -> Book:
    """The seller's own book, on sale or withdrawn. Raises NotYours."""
    book = await Book.get_or_none(id=book_id, seller_id=seller_id)
    if book is None:
        raise NotYours(book_id)
    return book


async def publish(seller_id: int, seller_name: str, listing: Listing, photo: str | None = None) -> int:
    """Put the copies on sale; returns the book's id. `photo` is a name in the media folder."""
    return await db.transact(_shelve, seller_id, seller_name, listing, photo)


async def _shelve(seller_id: int, seller_name: str, listing: Listing, photo: str | None) -> int:
    book = _book(seller_id, seller_name, listing)
    book.photo = photo
    await book.save()
    await StockMove.create(book_id=book.id, kind="initial", delta=book.stock, created=book.created)
    return int(book.id)


async def publish_all(seller_id: int, seller_name: str, listings: Sequence[Listing]) -> None:
    """Put many on sale in one transaction: a few hundred, so that it ends in time."""
    await db.transact(_shelve_all, seller_id, seller_name, listings)


async def _shelve_all(seller_id: int, seller_name: str, listings: Sequence[Listing]) -> None:
    # MySQL does not tell the ids of several new rows, so these are found again by a status of their own.
    ours = f"new {token_hex(6)}"
    await Book.bulk_create([_book(seller_id, seller_name, listing, status=ours) for listing in listings])
    books = await Book.filter(status=ours).only("id", "stock", "created")
    moves = [StockMove(book_id=book.id, kind="initial", delta=book.stock, created=book.created) for book in books]
    await StockMove.bulk_create(moves)
    await Book.filter(status=ours).update(status="on_sale")


def _book(seller_id: int, seller_name: str, listing: Listing, status: str = "on_sale") -> Book:
    seller = {"seller_id": seller_id, "seller_name": seller_name}
    return Book(**seller, **_card(listing), stock=listing.stock, status=status, created=clock.utcnow())


async def edit(book_id: int, seller_id: int, listing: Listing, stock_seen: int, photo: str | None = None) -> None:
    """Change the card; the copies become `listing.stock` only if there are still `stock_seen`.

    A sale between looking and saving is thus never undone. Without a `photo` the present one stays. Raises NotYours,
    Withdrawn or StockChanged, and then nothing is changed.
    """
    await db.transact(_edit, book_id, seller_id, listing, stock_seen, photo)


async def _edit(book_id: int, seller_id: int, listing: Listing, stock_seen: int, photo: str | None) -> None:
    card = _card(listing) | ({"photo": photo} if photo else {})
    same = Book.filter(id=book_id, seller_id=seller_id, status="on_sale")
    if listing.stock == stock_seen:
        changed = await same.update(**card)
    else:
        changed = await same.filter(stock=stock_seen).update(**card, stock=listing.stock)
    if not changed:
        await _refuse(book_id, seller_id)
    if listing.stock != stock_seen:
        delta = listing.stock - stock_seen
        await StockMove.create(book_id=book_id, kind="adjust", delta=delta, created=clock.utcnow())


async def _refuse(book_id: int, seller_id: int) -> None:
    book = await own(book_id, seller_id)
    raise StockChanged(book.stock) if book.status == "on_sale" else Withdrawn(book_id)


async def withdraw(book_id: int, seller_id: int) -> None:
    """Take the book off sale for good; it is kept, for its orders. Repeating it changes nothing. Raises NotYours."""
    if not await Book.filter(id=book_id, seller_id=seller_id).update(status="withdrawn"):
        raise NotYours(book_id)


def _card(listing: Listing) -> dict[str, Any]:
    card = asdict(listing)
    del card["stock"]
    return card | {"search_text": search_text(listing.title, listing.author, listing.isbn)}
