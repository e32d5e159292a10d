"""Paying: one attempt at a time, charged once at most, whatever is repeated or dies."""

import asyncio
from datetime import timedelta

import pytest

from bookstore.catalog.models import Hold
from bookstore.data import clock
from bookstore.data.models import InboxKey, OutboxMessage
from bookstore.orders import cancelling, paying, provider
from bookstore.orders.models import Attempt, Capture, Order, Parcel, ProviderCharge, ProviderToken
from bookstore.orders.shelf import HoldGone
from bookstore.orders.states import WrongState
from tests.orders.desk import DECLINED, STUMBLES, money_of, status_of, story_of
from tests.stock import lists, stock_of

pytestmark = pytest.mark.every_database


async def test_row_f4_an_approved_card_pays_the_order(desk):
    order = await desk.buys(await lists("Rayuela", cents=1450))
    assert await status_of(order) == "paying"
    await desk.works()
    assert await story_of(order) == [(None, "placed"), ("placed", "paying"), ("paying", "paid")]
    assert (await Attempt.get(order_id=order.id)).last4 == "4242"
    assert (await Hold.get(id=order.id)).status == "confirmed"


async def test_flaw_m09_what_is_captured_is_the_orders_total(desk):
    order = await desk.buys(await lists("Rayuela", cents=1450), quantity=1)
    await desk.works()
    assert await money_of(order) == (1450 + 2000, 0)


async def test_flaw_m10_a_second_payment_is_refused(desk):
    order = await desk.buys(await lists("Rayuela"))
    with pytest.raises(WrongState):
        await desk.pays(order)
    await desk.works()
    with pytest.raises(WrongState):
        await desk.pays(order)
    assert await Attempt.filter(order_id=order.id).count() == 1


async def test_flaw_m14_nothing_is_paid_before_delivery_is_chosen(desk):
    order = await desk.places(await lists("Rayuela"))
    with pytest.raises(paying.DeliveryMissing):
        await desk.pays(order)
    assert await status_of(order) == "placed"
    assert await Attempt.all().count() == 0


async def test_a_declined_card_leaves_the_books_held_for_another_try(desk):
    book = await lists("Rayuela")
    order = await desk.buys(book, card=DECLINED)
    await desk.works()
    assert await status_of(order) == "placed"
    assert (await Hold.get(id=order.id)).status == "held"
    await desk.pays(order)
    await desk.works()
    assert await status_of(order) == "paid"
    assert [a.outcome for a in await Attempt.filter(order_id=order.id).order_by("number")] == ["declined", "captured"]
    assert await stock_of(book) == 0


class Unasked(provider.Provider):
    async def charge(self, key, token, amount_cents):
        raise AssertionError(f"{key} was decided")


async def test_a_decided_attempt_is_not_taken_up_again(desk):
    order = await desk.buys(await lists("Rayuela"), card=DECLINED)
    await desk.works()
    attempt = await Attempt.get(order_id=order.id)
    await paying.charge(desk.shelf, Unasked(0), desk.pace, attempt.key, "a-late-message")
    assert await InboxKey.exists(key="a-late-message")
    assert (await Hold.get(id=order.id)).status == "held"


async def test_a_provider_that_stumbles_once_is_asked_again_under_the_same_key(desk):
    order = await desk.buys(await lists("Rayuela"), card=STUMBLES)
    await desk.works()
    assert len(desk.failures) == 1
    assert await status_of(order) == "paid"
    assert await ProviderCharge.all().count() == await Attempt.all().count() == 1


async def test_fault_f15_a_job_delivered_five_times_charges_once(desk):
    order = await desk.buys(await lists("Rayuela"))
    await desk.works(times=5)
    assert await Capture.filter(order_id=order.id).count() == 1
    assert await status_of(order) == "paid"


async def test_fault_f15_five_deliveries_at_the_same_time_charge_once(desk):
    order = await desk.buys(await lists("Rayuela"))
    attempt = await Attempt.get(order_id=order.id)
    message = await OutboxMessage.get(topic="order.paying")
    deliveries = [
        paying.charge(desk.shelf, desk.provider, desk.pace, attempt.key, f"{message.id}-take_payment") for _ in range(5)
    ]
    await asyncio.gather(*deliveries, return_exceptions=True)
    assert await Capture.filter(order_id=order.id).count() == 1
    assert await InboxKey.all().count() == 1
    assert await OutboxMessage.filter(topic="parcel.waiting").count() == 1


async def test_fault_f02_a_job_that_died_after_the_charge_finds_its_capture(desk):
    order = await desk.buys(await lists("Rayuela"))
    attempt = await Attempt.get(order_id=order.id)
    await desk.provider.charge(attempt.key, attempt.token, attempt.amount_cents)  # and then the worker was killed
    await desk.works()
    assert await status_of(order) == "paid"
    assert await ProviderCharge.all().count() == 1


async def test_copies_that_went_back_expire_the_order_and_nothing_is_charged(desk):
    order = await desk.places(await lists("Rayuela"))
    await desk.chooses(order)
    await Hold.filter(id=order.id).update(deadline=clock.database_now(-timedelta(seconds=1)))
    with pytest.raises(HoldGone):
        await desk.pays(order)
    await desk.works()
    assert await story_of(order) == [(None, "placed"), ("placed", "paying"), ("paying", "expired")]
    assert not await ProviderCharge.exists()


async def test_a_web_process_that_died_before_confirming_leaves_it_to_the_job(desk):
    book = await lists("Rayuela")
    order = await desk.buys(book)
    await Hold.filter(id=order.id).update(status="held", attempt=0)
    await desk.works()
    assert await status_of(order) == "paid"
    assert (await Hold.get(id=order.id)).status == "confirmed"


async def overdue(order: Order) -> None:
    await Order.filter(id=order.id).update(changed=clock.database_now(-paying.PATIENCE))


async def close(desk) -> int:
    return await paying.close_overdue(desk.shelf, desk.provider, desk.pace)


async def test_an_attempt_without_an_answer_is_closed_and_the_buyer_tries_again(desk):
    order = await desk.buys(await lists("Rayuela"))
    assert await close(desk) == 0
    await overdue(order)
    assert await close(desk) == 1
    assert await status_of(order) == "placed"
    assert (await Attempt.get(order_id=order.id)).outcome == "closed"
    await desk.works()  # the slow charge arrives at last, and finds its key closed
    assert not await Capture.exists()
    await desk.pays(order)
    await desk.works()
    assert await status_of(order) == "paid"
    assert await Capture.filter(order_id=order.id).count() == 1


async def test_closing_finds_a_capture_that_was_made_after_all(desk):
    order = await desk.buys(await lists("Rayuela"))
    attempt = await Attempt.get(order_id=order.id)
    await desk.provider.charge(attempt.key, attempt.token, attempt.amount_cents)
    await overdue(order)
    await close(desk)
    assert await status_of(order) == "paid"
    await desk.works()
    assert await Capture.filter(order_id=order.id).count() == 1


async def test_a_capture_for_an_order_that_moved_on_is_refunded_with_its_record(desk):
    order = await desk.buys(await lists("Rayuela"))
    attempt = await Attempt.get(order_id=order.id)
    await Order.filter(id=order.id).update(status="expired")
    answer = await desk.provider.charge(attempt.key, attempt.token, attempt.amount_cents)
    await paying.settle(desk.shelf, desk.pace, attempt, answer)
    captured, refunded = await money_of(order)
    assert captured == refunded == attempt.amount_cents


async def test_the_card_number_is_nowhere(desk):
    order = await desk.buys(await lists("Rayuela"))
    token = await ProviderToken.get(token=(await Attempt.get(order_id=order.id)).token)
    assert "4242424242424242" not in str(dict(token)) + str(dict(await Attempt.get(order_id=order.id)))


@pytest.mark.parametrize("method", ["paypal", "bank_transfer"])
async def test_keep_m09_other_methods_need_no_card(desk, method):
    order = await desk.places(await lists("Rayuela"))
    await desk.chooses(order)
    await paying.start(desk.shelf, order, method, await provider.tokenize(method, None))
    await desk.works()
    assert await status_of(order) == "paid"


async def test_paying_and_cancelling_at_once_end_in_one_of_them(desk):
    book = await lists("Rayuela")
    order = await desk.places(book)
    await desk.chooses(order)
    await asyncio.gather(desk.pays(order), cancelling.cancel(order), return_exceptions=True)
    await desk.works(rounds=2)
    captured, refunded = await money_of(order)
    kept = await status_of(order) == "paid"
    assert captured - refunded == (3450 if kept else 0)
    assert await stock_of(book) == (0 if kept else 1)
    assert {parcel.status for parcel in await Parcel.all()} <= ({"preparing", "shipped"} if kept else {"cancelled"})
