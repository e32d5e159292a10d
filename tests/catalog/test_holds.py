"""Copies leave the shelf once and come back once, on every database."""

import asyncio
from datetime import timedelta

import pytest

from bookstore.catalog import holds
from bookstore.catalog.models import Hold, StockMove
from bookstore.data import clock
from tests.stock import ANA, BETO, CARLA, ledger_of, lists, new_key, stock_of

pytestmark = pytest.mark.every_database
QUARTER = timedelta(minutes=15)


async def expire(key: str) -> None:
    await Hold.filter(id=key).update(deadline=clock.database_now(-timedelta(seconds=1)))


async def test_reserving_takes_copies_and_writes_the_ledger(connected):
    book, key = await lists("Rayuela", stock=3), new_key()
    (line,) = await holds.reserve(key, BETO.id, [(book.id, 2)], QUARTER)
    assert (line.title, line.quantity, line.unit_cents, line.seller_name) == ("Rayuela", 2, 1450, "Ana")
    assert await stock_of(book) == await ledger_of(book) == 1
    left = await holds.deadline_of(key) - await clock.read()
    assert timedelta(minutes=14) < left <= QUARTER


async def test_the_same_key_answers_with_what_it_holds(connected):
    book, key = await lists("Rayuela", stock=1), new_key()
    first = await holds.reserve(key, BETO.id, [(book.id, 1)], QUARTER)
    again = await holds.reserve(key, BETO.id, [(book.id, 1)], QUARTER)
    assert [line.id for line in again] == [line.id for line in await holds.held(key, BETO.id, [(book.id, 1)])]
    assert len(first) == len(again) == 1
    assert await stock_of(book) == 0


async def test_twins_of_a_double_click_on_the_last_copy_both_get_it(connected):
    book, key = await lists("Rayuela", stock=1), new_key()
    both = await asyncio.gather(*(holds.reserve(key, BETO.id, [(book.id, 1)], QUARTER) for _ in range(2)))
    assert [len(lines) for lines in both] == [1, 1]
    assert await Hold.all().count() == 1


@pytest.mark.parametrize(("buyer", "copies"), [(CARLA.id, 1), (BETO.id, 2)])
async def test_a_key_belongs_to_its_buyer_and_lines(connected, buyer, copies):
    book, key = await lists("Rayuela", stock=5), new_key()
    await holds.reserve(key, BETO.id, [(book.id, 1)], QUARTER)
    with pytest.raises(holds.OtherRequest):
        await holds.reserve(key, buyer, [(book.id, copies)], QUARTER)
    assert await stock_of(book) == 4


async def test_too_few_copies_take_nothing_of_any_book(connected):
    plenty, few = await lists("Rayuela", stock=5), await lists("Ubik", stock=1)
    with pytest.raises(holds.Short) as short:
        await holds.reserve(new_key(), BETO.id, sorted([(plenty.id, 2), (few.id, 2)]), QUARTER)
    assert short.value.book_id == few.id
    assert (await stock_of(plenty), await stock_of(few)) == (5, 1)
    assert not await Hold.exists()
    assert await StockMove.filter(kind="take").count() == 0


async def test_a_seller_cannot_take_their_own_book(connected):
    book = await lists("Rayuela")
    with pytest.raises(holds.SellersOwn):
        await holds.reserve(new_key(), ANA.id, [(book.id, 1)], QUARTER)
    assert await stock_of(book) == 1


async def test_flaw_m42_an_overdue_hold_gives_way_to_the_next_buyer_without_a_worker(connected):
    book, old = await lists("Rayuela", stock=1), new_key()
    await holds.reserve(old, BETO.id, [(book.id, 1)], QUARTER)
    await expire(old)
    assert await holds.reserve(new_key(), CARLA.id, [(book.id, 1)], QUARTER)
    assert (await Hold.get(id=old)).status == "released"
    assert await stock_of(book) == await ledger_of(book) == 0


async def test_an_overdue_key_cannot_be_used_again(connected):
    book, key = await lists("Rayuela"), new_key()
    await holds.reserve(key, BETO.id, [(book.id, 1)], QUARTER)
    await expire(key)
    with pytest.raises(holds.Gone):
        await holds.reserve(key, BETO.id, [(book.id, 1)], QUARTER)
    assert not await holds.confirm(key, 1)


async def test_a_confirmed_hold_outlives_its_deadline(connected):
    book, key = await lists("Rayuela"), new_key()
    await holds.reserve(key, BETO.id, [(book.id, 1)], QUARTER)
    assert await holds.confirm(key, 1)
    await expire(key)
    assert await holds.confirm(key, 1)
    assert await holds.release_overdue() == 0
    assert await stock_of(book) == 0


async def test_a_declined_attempt_reopens_only_what_it_confirmed(connected):
    book, key = await lists("Rayuela"), new_key()
    await holds.reserve(key, BETO.id, [(book.id, 1)], QUARTER)
    await holds.confirm(key, 1)
    await holds.reopen(key, 1)
    assert (await Hold.get(id=key)).status == "held"
    await holds.confirm(key, 2)
    await holds.reopen(key, 1)  # the late repeat of the first attempt
    assert (await Hold.get(id=key)).status == "confirmed"


async def test_released_copies_come_back_once(connected):
    book, key = await lists("Rayuela", stock=2), new_key()
    await holds.reserve(key, BETO.id, [(book.id, 2)], QUARTER)
    await asyncio.gather(*(holds.release(key) for _ in range(3)))
    assert await stock_of(book) == await ledger_of(book) == 2
    assert (await Hold.get(id=key)).status == "released"


async def test_one_book_of_a_hold_can_go_back_alone(connected):
    first, second, key = await lists("Rayuela"), await lists("Ubik"), new_key()
    await holds.reserve(key, BETO.id, [(first.id, 1), (second.id, 1)], QUARTER)
    await holds.confirm(key, 1)
    await holds.release(key, [first.id])
    assert (await stock_of(first), await stock_of(second)) == (1, 0)
    assert (await Hold.get(id=key)).status == "confirmed"
    await holds.release(key)
    assert (await stock_of(first), await stock_of(second)) == (1, 1)
    assert (await Hold.get(id=key)).status == "released"


async def test_overdue_holds_go_back_in_one_round(connected):
    book = await lists("Rayuela", stock=3)
    keys = [new_key() for _ in range(3)]
    for key in keys:
        await holds.reserve(key, BETO.id, [(book.id, 1)], QUARTER)
    await expire(keys[0])
    await expire(keys[1])
    assert await holds.release_overdue() == 2
    assert await stock_of(book) == await ledger_of(book) == 2
