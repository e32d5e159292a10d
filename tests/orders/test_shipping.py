"""A parcel's way: each step once, none before its time."""

import pytest

from bookstore.orders import couriers, reading, shipping
from bookstore.orders.models import Order, OrderEvent, Parcel
from bookstore.orders.states import WrongState
from tests.orders.desk import HOME, status_of, statuses
from tests.stock import ANA, BETO, CARLA, lists

pytestmark = pytest.mark.every_database


async def test_row_f5_a_paid_parcel_travels_and_completes_its_order(desk):
    order = await desk.buys(await lists("Rayuela"))
    await desk.works_until_rest()
    assert await status_of(order) == "completed"
    parcel = await Parcel.get(order_id=order.id)
    assert parcel.status == "delivered"
    assert parcel.tracking.startswith("ENV")
    steps = await OrderEvent.filter(parcel_id=parcel.id).order_by("seq").values_list("after", flat=True)
    assert steps == ["shipped", "in_transit", "delivered"]


async def test_every_event_of_an_order_is_numbered_without_a_gap(desk):
    order = await desk.buys(await lists("Rayuela"), await lists("Ubik", seller=CARLA))
    await desk.works_until_rest()
    seqs = await OrderEvent.filter(order_id=order.id).order_by("seq").values_list("seq", flat=True)
    assert seqs == list(range(len(seqs)))
    assert (await Order.get(id=order.id)).version == seqs[-1]


async def test_fault_f15_steps_delivered_twice_are_taken_once(desk):
    order = await desk.buys(await lists("Rayuela"))
    await desk.works(rounds=6, times=3)
    assert await status_of(order) == "completed"
    assert await OrderEvent.filter(order_id=order.id).count() == 7


async def test_fault_f16_a_courier_who_comes_too_early_finds_nothing(desk):
    order = await desk.places(await lists("Rayuela"))
    parcel = await Parcel.get(order_id=order.id)
    await shipping.collect(parcel.id, desk.pace, "early-collect")
    await shipping.advance(parcel.id, "shipped", desk.pace, "early-advance")
    assert statuses(await Parcel.all()) == ["preparing"]


async def test_the_seller_hands_over_before_the_courier_comes(desk):
    order = await desk.buys(await lists("Rayuela"))
    parcel = await Parcel.get(order_id=order.id)
    with pytest.raises(WrongState):
        await shipping.hand_over(parcel, desk.pace)
    await desk.works()
    await shipping.hand_over(parcel, desk.pace)
    with pytest.raises(WrongState):
        await shipping.hand_over(parcel, desk.pace)
    await desk.works_until_rest()
    assert await status_of(order) == "completed"
    assert await OrderEvent.filter(parcel_id=parcel.id, after="shipped").count() == 1


async def test_keep_m10_the_courier_is_part_of_the_total_and_can_be_changed(desk):
    order = await desk.places(await lists("Rayuela", cents=1000), await lists("Ubik", cents=500, seller=CARLA))
    await couriers.choose(order, {ANA.id: "dhl", CARLA.id: "servientrega"}, HOME)
    assert (await Order.get(id=order.id)).total_cents == 1500 + 5000 + 1500
    await desk.chooses(order, "fedex")
    changed = await Order.get(id=order.id)
    assert (changed.total_cents, changed.city) == (1500 + 9000, "Medellín")


async def test_flaw_m14_delivery_is_fixed_once_payment_began(desk):
    order = await desk.buys(await lists("Rayuela"))
    with pytest.raises(WrongState):
        await desk.chooses(order, "dhl")
    assert (await Parcel.get(order_id=order.id)).courier == "envia"


async def test_flaw_m07_orders_and_parcels_are_found_through_whose_they_are(desk):
    order = await desk.buys(await lists("Rayuela"))
    await desk.works()
    parcel = await Parcel.get(order_id=order.id)
    assert await reading.of_buyer(CARLA.id, order.id) is None
    assert await reading.sold_parcel(CARLA.id, parcel.id) is None
    assert [o.id for o in (await reading.history(BETO.id)).items] == [order.id]
    assert [p.id for p in (await reading.sales(ANA.id)).items] == [parcel.id]
    assert not (await reading.sales(BETO.id)).items


async def test_history_goes_on_page_by_page(desk, monkeypatch):
    monkeypatch.setattr(reading, "PAGE", 2)
    book = await lists("Rayuela", stock=5)
    placed = [(await desk.places(book)).id for _ in range(5)]
    seen, after = [], None
    for _ in range(3):
        page = await reading.history(BETO.id, after)
        seen += [order.id for order in page.items]
        after = page.next
    assert sorted(seen) == sorted(placed)
    assert after is None
