"""What the tables themselves refuse, whoever writes to them."""

import pytest
from tortoise.exceptions import BaseORMException

from bookstore.catalog.models import HoldLine
from bookstore.orders.models import Order, OrderEvent, OrderLine, Parcel
from tests.stock import lists, new_key

pytestmark = pytest.mark.every_database


@pytest.mark.parametrize("quantity", [0, -1000])
async def test_flaw_m04_flaw_m05_no_line_is_of_less_than_one_copy(desk, quantity):
    order = await desk.places(await lists("Rayuela", stock=5))
    for line in (OrderLine.filter(order_id=order.id), HoldLine.filter(hold_id=order.id)):
        with pytest.raises(BaseORMException):
            await line.update(quantity=quantity)
    assert await OrderLine.all().values_list("quantity", flat=True) == [1]


@pytest.mark.parametrize("model", [Parcel, OrderLine, OrderEvent])
async def test_flaw_m16_nothing_belongs_to_an_order_that_is_not_there(desk, model):
    order = await desk.places(await lists("Rayuela"))
    with pytest.raises(BaseORMException):
        await model.filter(order_id=order.id).update(order_id=new_key())
    assert await model.filter(order_id=order.id).count() == 1


async def test_flaw_m16_an_order_with_parcels_is_not_taken_away(desk):
    order = await desk.places(await lists("Rayuela"))
    with pytest.raises(BaseORMException):
        await Order.filter(id=order.id).delete()
