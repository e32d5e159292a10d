"""`bookstore` with a fault built in, of which it knows nothing: `python -m tests.races.sabotaged FAULT FOLDER web`."""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

from tortoise.expressions import F

from bookstore.__main__ import main
from bookstore.catalog import holds
from bookstore.catalog.models import Book, Hold, HoldLine, StockMove
from bookstore.data import clock
from bookstore.orders import checkout, paying
from bookstore.orders.provider import Provider
from workers import clock as duties


def read_then_write(folder: Path) -> None:
    """Stock is read, decided on in Python and written back: what the conditional update is there to prevent."""

    async def take(key, buyer_id, wanted, deadline):
        now = clock.utcnow()
        await Hold.create(id=key, buyer_id=buyer_id, deadline=deadline, created=now)
        lines = []
        for book_id, copies in wanted:
            book = await Book.get(id=book_id)
            if book.stock < copies:
                raise holds.Short(book_id)
            book.stock -= copies
            await book.save(update_fields=["stock"])
            lines.append(holds._line(key, book, copies))
            await StockMove.create(book_id=book_id, hold_id=key, kind="take", delta=-copies, created=now)
        await HoldLine.bulk_create(lines)
        return lines

    holds._take = take


def takes_before_its_key(folder: Path) -> None:
    """The copies are taken first and the hold's header is written after: a twin then finds nothing left."""
    take = holds._take

    async def taken_first(key, buyer_id, wanted, deadline):
        for book_id, copies in wanted:
            on_sale = Book.filter(id=book_id, status="on_sale", stock__gte=copies)
            if not await on_sale.update(stock=F("stock") - copies):
                raise holds.Short(book_id)
            await Book.filter(id=book_id).update(stock=F("stock") + copies)  # our row now; the rest as it should be
        return await take(key, buyer_id, wanted, deadline)

    holds._take = taken_first


def killed_after_the_charge(folder: Path) -> None:
    """The first process that has charged and not yet written it is killed."""
    settle = paying.settle

    async def killed(*args, **more):
        if not (folder / "charged").exists():
            (folder / "charged").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        await settle(*args, **more)

    paying.settle = killed


def stands_still_after_the_charge(folder: Path) -> None:
    """Whoever has charged says so and does not write it."""

    async def still(*args, **more):
        (folder / "charged").touch()
        await asyncio.sleep(3600)

    paying.settle = still


def impatient(folder: Path) -> None:
    """A payment is closed as soon as the provider is at it, not after ten minutes without an answer."""
    charge, close, duty = Provider.charge, paying.close_overdue, duties.Duty

    async def charge_and_say(*args):
        (folder / "charging").touch()
        return await charge(*args)

    async def close_soon(*args):
        if (folder / "charging").exists():
            paying.PATIENCE = timedelta()
        return await close(*args)

    Provider.charge, paying.close_overdue = charge_and_say, close_soon
    duties.Duty = lambda name, seconds, *rest: duty(name, min(seconds, 0.5), *rest)


def killed_before_the_order(folder: Path) -> None:
    """The web process that has the copies held, and not yet the order written, is killed."""

    async def killed(*args):
        os.kill(os.getpid(), signal.SIGKILL)

    checkout._write = killed


def killed_before_the_answer(folder: Path) -> None:
    """The web process that has written the order, and not yet said so, is killed."""
    place = checkout.place

    async def killed(*args):
        await place(*args)
        os.kill(os.getpid(), signal.SIGKILL)

    checkout.place = killed


FAULTS = {fault.__name__: fault for fault in (read_then_write, takes_before_its_key, impatient)}
FAULTS |= {fault.__name__: fault for fault in (killed_after_the_charge, stands_still_after_the_charge)}
FAULTS |= {fault.__name__: fault for fault in (killed_before_the_order, killed_before_the_answer)}


def program(fault, folder: Path) -> tuple[str, ...]:
    """What to start in place of `bookstore`."""
    return sys.executable, "-m", "tests.races.sabotaged", fault.__name__, str(folder)


if __name__ == "__main__":
    FAULTS[sys.argv[1]](Path(sys.argv[2]))
    main(sys.argv[3:])
