"""`bookstore import`: a file of books for one seller, with a bar to watch."""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import click

from bookstore import money
from bookstore.auth import people
from bookstore.auth.models import User
from bookstore.catalog.importing import Report, Unreadable, import_csv
from bookstore.refusals import Refused


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line, as it was typed."""

    file: Path
    seller: str
    price: str | None
    stock: int | None
    dry_run: bool


async def fulfil(wish: Wish) -> int:
    """List the books, report to the console, and return the exit code: 1 when a row was refused.

    Raises people.UnknownEmail, and Refused when the price or the file is none.
    """
    price_cents = None if wish.price is None else cents(wish.price)
    seller = await people.called(wish.seller)
    began = time.monotonic()
    try:
        report = await _watched(wish, seller, price_cents)
    except Unreadable as reason:
        raise Refused(f"{wish.file}: {reason}") from None
    _tell(report, time.monotonic() - began, dry_run=wish.dry_run)
    return 1 if report.refused else 0


def cents(typed: str) -> int:
    """Raises Refused."""
    try:
        return money.parse(typed)
    except money.NotMoney:
        raise Refused(f"--price {typed} is no amount such as 12.50") from None


async def _watched(wish: Wish, seller: User, price_cents: int | None) -> Report:
    with click.progressbar(length=1, label=wish.file.name, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        return await import_csv(
            wish.file,
            seller.id,
            seller.name,
            price_cents=price_cents,
            stock=wish.stock,
            dry_run=wish.dry_run,
            progress=progress,
        )


def _tell(report: Report, seconds: float, *, dry_run: bool) -> None:
    good = "would be listed" if dry_run else "listed"
    click.echo(f"{report.read} rows read, {report.listed} {good}, {report.refused} refused in {seconds:.1f} s")
    if report.errors_path:
        click.echo(f"What is wrong with the refused rows: {report.errors_path}", err=True)
