"""Taking copies off the shelf for an order, and putting them back: the truth about stock.

A hold goes held -> confirmed | released, each step one conditional update by this database's clock. Nothing is read,
decided on in Python and written back. Lock order everywhere: the hold's header, then books in ascending id.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F

from bookstore.catalog.models import Book, Hold, HoldLine, StockMove
from bookstore.data import clock, db

Wanted = Sequence[tuple[int, int]]  # book id, copies: each book once, in ascending id


class Twin(Exception):
    """The key has a hold already."""


class OtherRequest(Exception):
    """The key belongs to another buyer or to other lines."""


class Gone(Exception):
    """The key's copies went back: it cannot be used again."""


class Short(Exception):
    """Book `args[0]` has too few copies on sale, or is not there."""

    @property
    def book_id(self) -> int:
        return int(self.args[0])


class SellersOwn(Exception):
    """Book `args[0]` is the buyer's."""

    @property
    def book_id(self) -> int:
        return int(self.args[0])


async def reserve(key: str, buyer_id: int, wanted: Wanted, hold_for: timedelta) -> list[HoldLine]:
    """Take the wanted copies under `key`, or answer with what the key holds already.

    Raises OtherRequest, Gone, Short or SellersOwn, and then nothing is taken. Finding too few copies it gives back that
    book's overdue holds and tries once more, so expiry needs no worker to be right.
    """
    deadline = await clock.read() + hold_for
    try:
        return await db.transact(_take, key, buyer_id, wanted, deadline)
    except Twin:
        return await held(key, buyer_id, wanted)
    except Short as short:
        if not await release_overdue(short.book_id):
            raise
    try:
        return await db.transact(_take, key, buyer_id, wanted, deadline)
    except Twin:
        return await held(key, buyer_id, wanted)


async def _take(key: str, buyer_id: int, wanted: Wanted, deadline: datetime) -> list[HoldLine]:
    # The header first, without a foreign key: the twin of a double click waits here and then finds itself, where an
    # UPDATE first would tell it "sold out". No SELECT before the UPDATEs: with a snapshot taken, they fail with 1020.
    now = clock.utcnow()
    try:
        await Hold.create(id=key, buyer_id=buyer_id, deadline=deadline, created=now)
    except IntegrityError:
        raise Twin(key) from None
    for book_id, copies in wanted:
        on_sale = Book.filter(id=book_id, status="on_sale", stock__gte=copies)
        if not await on_sale.update(stock=F("stock") - copies):
            raise Short(book_id)
    books = {book.id: book for book in await Book.filter(id__in=[book_id for book_id, _ in wanted])}
    for book_id, _ in wanted:
        if books[book_id].seller_id == buyer_id:
            raise SellersOwn(book_id)
    lines = [_line(key, books[book_id], copies) for book_id, copies in wanted]
    await HoldLine.bulk_create(lines)
    await StockMove.bulk_create(
        [StockMove(book_id=book_id, hold_id=key, kind="take", delta=-copies, created=now) for book_id, copies in wanted]
    )
    return lines


def _line(key: str, book: Book, copies: int) -> HoldLine:
    return HoldLine(
        hold_id=key,
        book_id=book.id,
        quantity=copies,
        unit_cents=book.price_cents,
        title=book.title,
        author=book.author,
        condition=book.condition,
        year=book.year,
        photo=book.photo,
        seller_id=book.seller_id,
        seller_name=book.seller_name,
    )


async def held(key: str, buyer_id: int, wanted: Wanted) -> list[HoldLine]:
    """What the key holds, as it was taken. Raises OtherRequest or Gone."""
    hold = await Hold.get(id=key)
    lines = await HoldLine.filter(hold_id=key).order_by("book_id")
    if hold.buyer_id != buyer_id or [(line.book_id, line.quantity) for line in lines] != list(wanted):
        raise OtherRequest(key)
    if hold.status == "released" or (hold.status == "held" and hold.deadline <= await clock.read()):
        raise Gone(key)
    return lines


async def deadline_of(key: str) -> datetime:
    deadline: datetime = (await Hold.get(id=key)).deadline
    return deadline


async def confirm(key: str, attempt: int) -> bool:
    """Keep the copies for payment attempt number `attempt`, with no deadline; False when they are gone for good.

    Repeating it changes nothing. The attempt is remembered so that a late repeat of an earlier, declined attempt
    cannot `reopen` what a later one relies on.
    """
    in_time = Hold.filter(id=key, status="held", deadline__gt=clock.database_now())
    if await in_time.update(status="confirmed", attempt=attempt):
        return True
    await Hold.filter(id=key, status="confirmed", attempt__lt=attempt).update(attempt=attempt)
    return await Hold.exists(id=key, status="confirmed")


async def reopen(key: str, attempt: int) -> None:
    """Attempt number `attempt` was declined: the copies are held again, until the same deadline."""
    await Hold.filter(id=key, status="confirmed", attempt=attempt).update(status="held")


async def release(key: str, book_ids: Sequence[int] | None = None) -> None:
    """Put the copies of the whole hold, or of some of its books, back on the shelf; each line goes back once."""
    await db.transact(_release, key, book_ids)


async def _release(key: str, book_ids: Sequence[int] | None) -> None:
    if not await Hold.filter(id=key).update(status=F("status")):  # locks the header
        return
    await _give_back(key, book_ids)
    if not await HoldLine.exists(hold_id=key, status="held"):
        await Hold.filter(id=key).update(status="released")


async def release_overdue(book_id: int | None = None, limit: int = 100) -> int:
    """Put back what was held past its deadline, each hold in its own transaction; returns how many holds."""
    overdue = Hold.filter(status="held", deadline__lte=clock.database_now())
    if book_id is not None:
        overdue = overdue.filter(lines__book_id=book_id)
    keys = await overdue.order_by("deadline").limit(limit).values_list("id", flat=True)
    return sum([await db.transact(_expire, str(key)) for key in keys])


async def _expire(key: str) -> bool:
    overdue = Hold.filter(id=key, status="held", deadline__lte=clock.database_now())
    if not await overdue.update(status="released"):
        return False
    await _give_back(key, None)
    return True


async def _give_back(key: str, book_ids: Sequence[int] | None) -> None:
    # The header is locked by now, so nobody else gives the same lines back.
    lines = HoldLine.filter(hold_id=key, status="held")
    if book_ids is not None:
        lines = lines.filter(book_id__in=list(book_ids))
    for line in await lines.order_by("book_id"):
        await HoldLine.filter(id=line.id).update(status="released")
        await Book.filter(id=line.book_id).update(stock=F("stock") + line.quantity)
        await StockMove.create(
            book_id=line.book_id, hold_id=key, kind="give", delta=line.quantity, created=clock.utcnow()
        )
