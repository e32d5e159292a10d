"""Ending early: copies and money each go back once."""

import asyncio
from datetime import timedelta

import pytest

from bookstore.catalog.models import Hold
from bookstore.data import clock
from bookstore.orders import cancelling, shipping
from bookstore.orders.models import Order, Parcel, ProviderRefund, Refund
from bookstore.orders.states import WrongState
from tests.orders.desk import money_of, status_of, statuses, story_of
from tests.stock import CARLA, ledger_of, lists, stock_of

pytestmark = pytest.mark.every_database


async def test_a_buyer_drops_an_unpaid_order_and_the_book_is_on_the_shelf_again(desk):
    book = await lists("Rayuela")
    order = await desk.places(book)
    await cancelling.cancel(order)
    await desk.works()
    assert await status_of(order) == "cancelled"
    assert await stock_of(book) == await ledger_of(book) == 1
    assert await money_of(order) == (0, 0)


async def paid(desk, *books) -> Order:
    order = await desk.buys(*books)
    await desk.works(rounds=1)
    assert await status_of(order) == "paid"
    return order


async def test_a_paid_order_is_refunded_and_restocked_once_however_often_it_is_cancelled(desk):
    mine, hers = await lists("Rayuela", cents=1000), await lists("Ubik", cents=500, seller=CARLA)
    order = await paid(desk, mine, hers)
    results = await asyncio.gather(*(cancelling.cancel(order) for _ in range(3)), return_exceptions=True)
    assert sum(isinstance(result, WrongState) for result in results) == 2
    await desk.works(rounds=2, times=2)
    assert await money_of(order) == (5500, 5500)
    assert sum(row.amount_cents for row in await ProviderRefund.all()) == 5500
    assert (await stock_of(mine), await stock_of(hers)) == (1, 1)
    assert all(refund.reference for refund in await Refund.all())


async def test_nothing_is_cancelled_once_a_parcel_was_handed_over(desk):
    mine, hers = await lists("Rayuela"), await lists("Ubik", seller=CARLA)
    order = await paid(desk, mine, hers)
    parcel = await Parcel.get(order_id=order.id, seller_id=CARLA.id)
    await shipping.hand_over(parcel, desk.pace)
    with pytest.raises(WrongState):
        await cancelling.cancel(order)
    assert await status_of(order) == "paid"
    assert sorted(statuses(await Parcel.all())) == ["preparing", "shipped"]
    assert await money_of(order) == (1450 * 2 + 4000, 0)


async def test_a_seller_cancels_their_parcel_and_that_part_goes_back(desk):
    mine, hers = await lists("Rayuela", cents=1000), await lists("Ubik", cents=500, seller=CARLA)
    order = await paid(desk, mine, hers)
    await cancelling.cancel_parcel(await Parcel.get(order_id=order.id, seller_id=CARLA.id))
    await desk.works_until_rest()
    assert await money_of(order) == (5500, 2500)
    assert (await stock_of(mine), await stock_of(hers)) == (0, 1)
    assert await status_of(order) == "completed"


async def test_an_order_whose_sellers_all_cancel_is_cancelled(desk):
    mine, hers = await lists("Rayuela"), await lists("Ubik", seller=CARLA)
    order = await paid(desk, mine, hers)
    for parcel in await Parcel.filter(order_id=order.id):
        await cancelling.cancel_parcel(parcel)
    await desk.works_until_rest()
    assert await status_of(order) == "cancelled"
    captured, refunded = await money_of(order)
    assert captured == refunded
    assert (await Hold.get(id=order.id)).status == "released"


@pytest.mark.parametrize("how_far", ["placed", "shipped"])
async def test_a_parcel_is_only_cancelled_while_paid_and_preparing(desk, how_far):
    order = await desk.places(await lists("Rayuela"))
    if how_far == "shipped":
        await desk.chooses(order)
        await desk.pays(order)
        await desk.works(rounds=2)
    with pytest.raises(WrongState):
        await cancelling.cancel_parcel(await Parcel.get(order_id=order.id))
    assert not await Refund.exists()


async def run_out(order: Order) -> None:
    past = clock.database_now(-timedelta(seconds=1))
    await Order.filter(id=order.id).update(deadline=past)
    await Hold.filter(id=order.id).update(deadline=past)


async def test_flaw_m42_an_unpaid_order_expires_by_itself(desk):
    book = await lists("Rayuela")
    order = await desk.places(book)
    assert await cancelling.expire_overdue() == 0
    await run_out(order)
    assert await cancelling.expire_overdue() == 1
    await desk.works()
    assert await story_of(order) == [(None, "placed"), ("placed", "expired")]
    assert await stock_of(book) == await ledger_of(book) == 1


async def test_expiring_frees_a_hold_that_a_dead_attempt_left_confirmed(desk):
    book = await lists("Rayuela")
    order = await desk.places(book)
    await desk.shelf.confirm(order.id, 1)
    await run_out(order)
    await cancelling.expire_overdue()
    await desk.works()
    assert await stock_of(book) == 1
