"""More buyers than copies, in one process on SQLite as the shop before this one was run, and on the other databases."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack

import httpx
import pytest

from bookstore.catalog.models import HoldLine
from bookstore.orders.models import OrderLine
from tests.orders.buying import asks_for, shelved
from tests.people import Visitor
from tests.stock import ledger_of, stock_of


@pytest.fixture
def changed():
    """Without the queue in front of a book: the tables alone must hold."""
    return {"locks": "off"}


@pytest.fixture
async def buyers(shop):
    """Forty people, each with a browser and a session."""
    async with AsyncExitStack() as browsers:
        door = httpx.ASGITransport(app=shop)
        opened = [Visitor(f"buyer{number}", "http://shop.test", door) for number in range(40)]
        yield [await (await browsers.enter_async_context(each)).is_known() for each in opened]


@pytest.mark.every_database
@pytest.mark.parametrize(("crowd", "copies"), [(2, 1), (40, 1), (40, 20)])
async def test_flaw_m40_flaw_m40m_no_more_is_sold_than_there_is(ana, buyers, crowd, copies):
    book = await shelved(ana, stock=copies)
    answers = await asyncio.gather(*(asks_for(buyer, book) for buyer in buyers[:crowd]))
    assert Counter(answer.status for answer in answers) == {303: copies, 409: crowd - copies}
    assert await stock_of(book) == await ledger_of(book) == 0
    assert await OrderLine.all().count() == await HoldLine.all().count() == copies


@pytest.mark.every_database
async def test_flaw_m40_the_last_copies_go_to_whoever_asks_for_as_many_as_are_left(ana, buyers):
    book = await shelved(ana, stock=10)
    answers = await asyncio.gather(*(asks_for(buyer, book, quantity=3) for buyer in buyers[:20]))
    assert Counter(answer.status for answer in answers) == {303: 3, 409: 17}
    assert await stock_of(book) == await ledger_of(book) == 1
