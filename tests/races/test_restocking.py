"""A seller changes the copies while people buy them: no sale is undone, and no copy comes from nowhere."""

import asyncio
from collections import Counter

import pytest

from bookstore.catalog.models import Book
from bookstore.orders.models import Order
from tests.races.crowd import Crowd, logged_in
from tests.races.invariants import violations
from tests.stock import ANA, ledger_of, lists, stock_of

pytestmark = [pytest.mark.databases("mariadb", "mysql"), pytest.mark.timeout(120)]
TABS, EDITS, BUYERS = 4, 10, 120
CARD = {"author": "Julio Cortázar", "description": "Una copia leída.", "price": "14,50", "condition": "good"}


async def test_row_f21_an_edit_never_undoes_a_sale(crowd: Crowd):
    book = await lists("Rayuela", stock=40)
    [seller] = await logged_in(ANA.id)
    edits: Counter[tuple[int, bool]] = Counter()

    async def tab(number: int) -> None:
        for _ in range(EDITS):
            seen = (await Book.get(id=book.id)).stock
            wished = seen if number == 0 else seen + number  # one tab corrects only the title
            sent = CARD | {"title": f"Rayuela {number}", "stock": wished, "stock_seen": seen}
            answer = await crowd.post(seller, f"/books/{book.id}", number, **sent)
            edits[answer.status, wished != seen] += 1

    people = await logged_in(1000, BUYERS)
    buying = [crowd.buy(who, book.id, number) for number, who in enumerate(people)]
    await asyncio.gather(*(tab(number) for number in range(TABS)), *buying)
    assert set(edits) == {(303, False), (303, True), (409, True)}  # only who changes the copies can be too late
    assert await violations() == {}
    assert await stock_of(book) == await ledger_of(book)
    assert await Order.all().count() > 0
    assert set(crowd.statuses) == {303, 409}
