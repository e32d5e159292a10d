"""Listing the books of a file: what is good is listed, what is not is told in a file of its own."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bookstore.catalog import shelving
from bookstore.catalog.columns import Columns
from bookstore.catalog.complaints import Complaints
from bookstore.catalog.listing import Faults, Listing
from bookstore.catalog.spreadsheet import Row, Sheet, Unreadable, open_sheet
from bookstore.texts import gettext

__all__ = ["Report", "Unreadable", "import_csv"]

BATCH = 200  # rows a transaction
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Report:
    """What became of the rows; `errors_path` is None when none was refused."""

    read: int
    listed: int
    refused: int
    errors_path: Path | None


def _silent(done: int, total: int) -> None:
    """Nobody watches."""


async def import_csv(
    path: Path,
    seller_id: int,
    seller_name: str,
    *,
    price_cents: int | None = None,
    stock: int | None = None,
    dry_run: bool = False,
    progress: Progress = _silent,
    errors_path: Path | None = None,
) -> Report:
    """List every good row for the seller; `progress(rows done, rows in all)` is called after each batch.

    `price_cents` and `stock` fill in for a row that has none. What is wrong goes to `errors_path`, by default a file in
    the working folder that is named after this one. With `dry_run` nothing is listed. Raises Unreadable for a file that
    is none of ours, and data.failures.Unavailable half-way: the batches before are listed then.
    """
    sheet = open_sheet(path)
    columns = Columns(sheet.columns, price_cents, stock)
    if columns.missing:
        names = ", ".join(columns.missing)
        raise Unreadable(gettext("The first line must name the columns. Missing: %(names)s.", names=names))
    total, done, listed = sum(1 for _ in sheet.rows()), 0, 0
    with Complaints(errors_path or Path(f"{path.stem}-errors.csv")) as complaints:
        for rows in _batches(sheet):
            good = _judged(rows, columns, complaints)
            if good and not dry_run:
                await shelving.publish_all(seller_id, seller_name, good)
            done, listed = done + len(rows), listed + len(good)
            progress(done, total)
    return Report(done, listed, complaints.rows, complaints.path if complaints.rows else None)


def _batches(sheet: Sheet) -> Iterator[list[Row]]:
    rows = sheet.rows()
    return iter(lambda: list(islice(rows, BATCH)), [])


def _judged(rows: Sequence[Row], columns: Columns, complaints: Complaints) -> list[Listing]:
    good = []
    for row in rows:
        try:
            good.append(_card(row, columns))
        except Faults as wrong:
            complaints.add(row.line, wrong.fields, columns.typed(row.cells))
    return good


def _card(row: Row, columns: Columns) -> Listing:
    if row.fault:
        raise Faults({"": row.fault})
    return columns.listing(row.cells)
