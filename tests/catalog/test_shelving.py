"""Copies put on the shelf, counted again and taken off: on every engine the ledger agrees."""

from asyncio import gather
from dataclasses import replace
from datetime import timedelta

import pytest
from tortoise.exceptions import BaseORMException

from bookstore.catalog import holds, shelving
from bookstore.catalog.listing import Listing
from bookstore.catalog.models import Book, StockMove
from tests.stock import ANA, BETO, ledger_of, new_key

pytestmark = pytest.mark.every_database

CARD = Listing("Rayuela", "Julio Cortázar", "Leída.", 1250, 5, "good")
HOUR = timedelta(hours=1)


@pytest.fixture
async def book(connected):
    return await Book.get(id=await shelving.publish(ANA.id, ANA.name, CARD))


async def beto_takes(book, copies):
    await holds.reserve(new_key(), BETO.id, [(book.id, copies)], HOUR)


async def test_what_is_published_is_in_the_ledger(book):
    assert (book.stock, await ledger_of(book)) == (5, 5)
    assert [move.kind for move in await StockMove.filter(book_id=book.id)] == ["initial"]


async def test_editing_the_stock_moves_the_difference(book):
    await shelving.edit(book.id, ANA.id, replace(CARD, stock=3), stock_seen=5)
    await book.refresh_from_db()
    assert (book.stock, await ledger_of(book)) == (3, 3)
    assert [move.delta for move in await StockMove.filter(kind="adjust")] == [-2]


async def test_keep_m06_a_sale_since_the_seller_looked_is_not_undone(book):
    await beto_takes(book, 2)
    with pytest.raises(shelving.StockChanged) as changed:
        await shelving.edit(book.id, ANA.id, replace(CARD, stock=9, title="Otra"), stock_seen=5)
    await book.refresh_from_db()
    assert changed.value.now == 3
    assert (book.stock, book.title, await ledger_of(book)) == (3, "Rayuela", 3)


async def test_a_card_is_saved_although_copies_were_sold_when_the_seller_left_the_stock(book):
    await beto_takes(book, 2)
    await shelving.edit(book.id, ANA.id, replace(CARD, title="Otra"), stock_seen=5)
    await book.refresh_from_db()
    assert (book.stock, book.title, await ledger_of(book)) == (3, "Otra", 3)


async def test_of_two_edits_of_one_stock_one_wins(book):
    edits = [shelving.edit(book.id, ANA.id, replace(CARD, stock=n), stock_seen=5) for n in (7, 8)]
    answers = await gather(*edits, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", "StockChanged"]
    await book.refresh_from_db()
    assert book.stock == await ledger_of(book)


async def test_flaw_m21_another_sellers_book_is_not_there(book):
    with pytest.raises(shelving.NotYours):
        await shelving.edit(book.id, BETO.id, CARD, stock_seen=5)
    with pytest.raises(shelving.NotYours):
        await shelving.withdraw(book.id, BETO.id)
    with pytest.raises(shelving.NotYours):
        await shelving.own(book.id, BETO.id)


async def test_flaw_m22_a_withdrawn_book_is_kept_with_its_copies_and_its_holds(book):
    await beto_takes(book, 1)
    await shelving.withdraw(book.id, ANA.id)
    await shelving.withdraw(book.id, ANA.id)
    await book.refresh_from_db()
    assert (book.status, book.stock, await ledger_of(book)) == ("withdrawn", 4, 4)
    with pytest.raises(holds.Short):
        await beto_takes(book, 1)


async def test_a_withdrawn_card_stays_as_it_is(book):
    await shelving.withdraw(book.id, ANA.id)
    with pytest.raises(shelving.Withdrawn):
        await shelving.edit(book.id, ANA.id, CARD, stock_seen=5)


async def test_a_card_without_a_new_photo_keeps_the_old_one(book):
    await shelving.edit(book.id, ANA.id, CARD, stock_seen=5, photo="a.webp")
    await shelving.edit(book.id, ANA.id, CARD, stock_seen=5)
    await book.refresh_from_db()
    assert book.photo == "a.webp"


async def test_the_card_is_found_by_what_it_says_now(book):
    await shelving.edit(book.id, ANA.id, replace(CARD, title="Bestiario"), stock_seen=5)
    await book.refresh_from_db()
    assert book.search_text == " bestiario julio cortazar"


async def test_many_are_published_in_one_transaction_or_none(connected):
    await shelving.publish_all(ANA.id, ANA.name, [replace(CARD, stock=n) for n in (1, 2, 3)])
    assert [await ledger_of(book) for book in await Book.all().order_by("id")] == [1, 2, 3]
    with pytest.raises(BaseORMException):
        await shelving.publish_all(ANA.id, ANA.name, [CARD, replace(CARD, stock=-1)])
    assert await Book.all().count() == 3


@pytest.mark.parametrize("wrong", [{"stock": -1}, {"price_cents": -1}])
async def test_flaw_m18_the_database_itself_refuses_less_than_nothing(book, wrong):
    with pytest.raises(BaseORMException):
        await Book.filter(id=book.id).update(**wrong)
