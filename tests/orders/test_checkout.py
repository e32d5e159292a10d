"""Placing: an order is what its hold says, under an id that its page made."""

import asyncio

import pytest

from bookstore.catalog.models import Book, Hold, HoldLine
from bookstore.orders import states
from bookstore.orders.models import Order, OrderEvent, OrderLine, Parcel
from bookstore.orders.shelf import HoldGone, NoSuchBook, OtherBody, OwnBook, SoldOut
from tests.orders.desk import story_of
from tests.stock import ANA, BETO, CARLA, lists, new_key, stock_of

pytestmark = pytest.mark.every_database


async def test_row_f3_an_order_is_written_from_its_hold(desk):
    book = await lists("Rayuela", stock=2, cents=1999)
    order = await desk.places(book, quantity=2)
    assert (order.status, order.total_cents, order.buyer_name) == ("placed", 3998, "Beto")
    (line,), (held,) = await OrderLine.filter(order_id=order.id), await HoldLine.filter(hold_id=order.id)
    assert (line.book_id, line.quantity, line.unit_cents) == (held.book_id, held.quantity, held.unit_cents)
    assert order.deadline == (await Hold.get(id=order.id)).deadline
    assert await story_of(order) == [(None, "placed")]


async def test_flaw_m01_the_price_is_the_shelfs_at_that_moment(desk):
    book = await lists("Rayuela", cents=2000)
    order = await desk.places(book)
    await Book.filter(id=book.id).update(price_cents=1)
    assert (await desk.places(book, key=order.id)).goods_cents == 2000


async def test_books_of_two_sellers_make_two_parcels(desk):
    mine, hers = await lists("Rayuela", cents=1000), await lists("Ubik", cents=500, seller=CARLA)
    order = await desk.places(mine, hers)
    parcels = await Parcel.filter(order_id=order.id).order_by("seller_id").prefetch_related("lines")
    assert [(p.seller_name, p.goods_cents, [line.title for line in p.lines]) for p in parcels] == [
        ("Ana", 1000, ["Rayuela"]),
        ("Carla", 500, ["Ubik"]),
    ]
    assert order.goods_cents == 1500


async def test_flaw_m41_a_repeated_request_leads_to_the_same_order(desk):
    book, key = await lists("Rayuela", stock=5), new_key()
    orders = await asyncio.gather(*(desk.places(book, key=key) for _ in range(3)))
    assert {order.id for order in orders} == {key}
    assert await Order.all().count() == await OrderEvent.all().count() == 1
    assert await stock_of(book) == 4


@pytest.mark.parametrize("other", [{"quantity": 2}, {"buyer": CARLA}])
async def test_the_same_id_with_another_body_is_refused(desk, other):
    book = await lists("Rayuela", stock=5)
    order = await desk.places(book)
    with pytest.raises(OtherBody):
        await desk.places(book, key=order.id, **other)
    assert await stock_of(book) == 4


async def test_flaw_m23_nobody_buys_from_themselves(desk):
    with pytest.raises(OwnBook):
        await desk.places(await lists("Rayuela"), buyer=ANA)
    assert not await Order.exists()
    assert not await Hold.exists()


async def test_a_refusal_says_how_many_are_left(desk):
    book = await lists("Rayuela", stock=1)
    with pytest.raises(SoldOut) as refusal:
        await desk.places(book, quantity=2)
    assert (refusal.value.left, refusal.value.withdrawn) == (1, False)
    await Book.filter(id=book.id).update(status="withdrawn")
    with pytest.raises(SoldOut) as refusal:
        await desk.places(book)
    assert (refusal.value.left, refusal.value.withdrawn) == (0, True)


async def test_a_book_that_is_not_there_is_named(desk):
    with pytest.raises(NoSuchBook):
        await desk.shelf.reserve(new_key(), BETO.id, [(987654, 1)])


async def test_a_key_that_was_given_back_needs_a_new_one(desk):
    book, key = await lists("Rayuela"), new_key()
    await desk.shelf.reserve(key, BETO.id, [(book.id, 1)])
    await desk.shelf.release(key)
    with pytest.raises(HoldGone):
        await desk.places(book, key=key)


async def test_a_hold_whose_order_was_never_written_is_taken_up_again(desk):
    book, key = await lists("Rayuela"), new_key()
    await desk.shelf.reserve(key, BETO.id, [(book.id, 1)])  # and then the process died
    assert (await desk.places(book, key=key)).id == key
    assert await stock_of(book) == 0


async def test_every_state_is_reached_and_left_by_the_table_alone(connected):
    assert {after for ways in states.ORDER.values() for after in ways} | {"placed"} == set(states.ORDER)
    assert {after for ways in states.PARCEL.values() for after in ways} | {"preparing"} == set(states.PARCEL)
    with pytest.raises(ValueError, match="no way"):
        await states.move(new_key(), "completed", "paid")
