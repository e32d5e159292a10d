"""The only way from orders to catalog: the copies of an order, reserved, confirmed and given back."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bookstore.catalog import holds
from bookstore.catalog.models import Book
from bookstore.catalog.models import HoldLine as CatalogLine
from bookstore.config import Config
from bookstore.data.gate import Aside, gate


@dataclass(frozen=True)
class HeldLine:
    """One book of a hold, as it was when it was taken; prices in cents."""

    book_id: int
    quantity: int
    unit_cents: int
    title: str
    author: str
    condition: str
    year: int | None
    photo: str | None
    seller_id: int
    seller_name: str


class Refusal(Exception):
    """The shelf does not give the copies; nothing was taken."""


class OtherBody(Refusal):
    """The key belongs to another buyer or to other lines."""


class HoldGone(Refusal):
    """The key's copies went back to the shelf; a new purchase needs a new key."""


@dataclass
class OwnBook(Refusal):
    """The buyer is the seller."""

    book_id: int


@dataclass
class NoSuchBook(Refusal):
    book_id: int


@dataclass
class SoldOut(Refusal):
    """`left` copies are on sale, fewer than were asked for; none when the listing is withdrawn."""

    book_id: int
    left: int
    withdrawn: bool
    title: str  # to look for other copies


@dataclass(frozen=True)
class Reservation:
    lines: list[HeldLine]
    deadline: datetime


class Shelf(Protocol):
    """What orders needs of catalog, in one process or over the network."""

    async def reserve(self, key: str, buyer_id: int, lines: Sequence[tuple[int, int]]) -> Reservation:
        """Hold copies (book id, quantity) under `key`; the same key and lines answer with the stored hold.

        Raises a Refusal: OtherBody, HoldGone, OwnBook, NoSuchBook or SoldOut.
        """
        ...

    async def confirm(self, key: str, attempt: int) -> bool:
        """Keep the copies without a deadline for this payment attempt; False when they are gone for good."""
        ...

    async def reopen(self, key: str, attempt: int) -> None:
        """The attempt was declined: held again, until the same deadline."""
        ...

    async def release(self, key: str, book_ids: Sequence[int] | None = None) -> None:
        """Give the copies back, of the whole hold or of some books; each line goes back once."""
        ...


class LocalShelf:
    """Catalog in the same process. `aside` surrounds a wait behind other buyers of the same book."""

    def __init__(self, config: Config, aside: Aside = nullcontext) -> None:
        self.hold_for = timedelta(minutes=config.hold_minutes)
        self.gated, self.aside = config.locks, aside

    async def reserve(self, key: str, buyer_id: int, lines: Sequence[tuple[int, int]]) -> Reservation:
        wanted = sorted(lines)
        turn = gate([book_id for book_id, _ in wanted], self.aside) if self.gated else nullcontext()
        async with turn:
            try:
                taken = await holds.reserve(key, buyer_id, wanted, self.hold_for)
            except holds.OtherRequest:
                raise OtherBody from None
            except holds.Gone:
                raise HoldGone from None
            except holds.SellersOwn as own:
                raise OwnBook(own.book_id) from None
            except holds.Short as short:
                raise await _why(short.book_id) from None
        return Reservation([_copied(line) for line in taken], await holds.deadline_of(key))

    async def confirm(self, key: str, attempt: int) -> bool:
        return await holds.confirm(key, attempt)

    async def reopen(self, key: str, attempt: int) -> None:
        await holds.reopen(key, attempt)

    async def release(self, key: str, book_ids: Sequence[int] | None = None) -> None:
        await holds.release(key, book_ids)


async def _why(book_id: int) -> Refusal:
    book = await Book.get_or_none(id=book_id)
    if book is None:
        return NoSuchBook(book_id)
    withdrawn = book.status != "on_sale"
    return SoldOut(book_id, 0 if withdrawn else book.stock, withdrawn, book.title)


def _copied(line: CatalogLine) -> HeldLine:
    return HeldLine(
        line.book_id,
        line.quantity,
        line.unit_cents,
        line.title,
        line.author,
        line.condition,
        line.year,
        line.photo,
        line.seller_id,
        line.seller_name,
    )
