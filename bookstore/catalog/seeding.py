"""The demo's books: real ones, of many languages, on the shelves of the demo's people."""

import csv
from collections.abc import Mapping
from pathlib import Path

from bookstore.catalog import listing, shelving
from bookstore.catalog.listing import Listing
from bookstore.catalog.models import Book

BOOKS = Path(__file__).with_name("demo_books.csv")


async def seed_books(sellers: Mapping[str, tuple[int, str]]) -> int:
    """List the books that are not there yet; returns how many. `sellers` is {name in the file: (id, name to show)}."""
    ids = [seller_id for seller_id, _ in sellers.values()]
    there = set(await Book.filter(seller_id__in=ids).values_list("seller_id", "title"))
    missing = [
        (sellers[seller], book) for seller, book in demo_books() if (sellers[seller][0], book.title) not in there
    ]
    for (seller_id, name), book in reversed(missing):  # the file's first book is the newest
        await shelving.publish(seller_id, name, book)
    return len(missing)


def demo_books() -> list[tuple[str, Listing]]:
    """The books with their sellers' names in the file."""
    with BOOKS.open(encoding="utf-8", newline="") as file:
        return [(row["seller"], listing.read(row)) for row in csv.DictReader(file)]
