"""The demo's books."""

import pytest

from bookstore.catalog.models import Book, StockMove
from bookstore.catalog.seeding import demo_books, seed_books

SELLERS = {"ana": (1, "Ana"), "beto": (2, "Beto"), "carla": (3, "Carla")}


@pytest.mark.every_database
async def test_seeding_twice_is_seeding_once(connected):
    assert await seed_books(SELLERS) == len(demo_books())
    assert await seed_books(SELLERS) == 0
    assert await Book.all().count() == await StockMove.all().count() == len(demo_books())


async def test_what_is_missing_is_added_and_nothing_else(connected):
    await seed_books(SELLERS)
    book = await Book.first()
    await StockMove.filter(book_id=book.id).delete()
    await book.delete()
    assert await seed_books(SELLERS) == 1


def test_the_demo_is_about_sixty_books_of_many_languages():
    books = [book for _seller, book in demo_books()]
    assert 60 <= len(books) <= 70
    assert len({book.language for book in books}) > 20
    assert {seller for seller, _book in demo_books()} == set(SELLERS)
