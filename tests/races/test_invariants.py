"""Each rule of the checker is broken here once, and the checker says so: a check that cannot fail proves nothing."""

import pytest
from tortoise import connections

from tests.orders.desk import Desk
from tests.races.invariants import WRONG, violations
from tests.stock import lists

PLANTED = {
    "s1": "UPDATE catalog_book SET stock = -1, price_cents = 1",
    "s2": "UPDATE catalog_book SET stock = stock + 1",
    "s3": "UPDATE catalog_hold_line SET quantity = 2",
    "s4": "DELETE FROM catalog_stock_move WHERE kind = 'take'",
    "s5": "UPDATE catalog_hold_line SET status = 'released'",
    "s6": "UPDATE orders_line SET quantity = 2",
    "s7": "UPDATE orders_order SET buyer_id = 77",
    "o2": "UPDATE orders_order SET goods_cents = goods_cents + 1",
    "o5": "UPDATE orders_parcel SET seller_id = (SELECT buyer_id FROM orders_order)",
    "o7": "UPDATE orders_order SET status = 'cancelled'",
    "o8": "DELETE FROM orders_event WHERE seq = 1",
    "p1": "UPDATE orders_capture SET amount_cents = amount_cents + 1",
    "p2": "DELETE FROM orders_capture",
    "p5": "UPDATE provider_charge SET outcome = 'closed'",
    "d1": "UPDATE orders_order SET status = 'placed'",
    "h1": "UPDATE catalog_hold SET status = 'held'",
}


@pytest.fixture
async def story(connected) -> Desk:
    """One order that went all its way."""
    desk = Desk(connected)
    await desk.buys(await lists("Rayuela", stock=3))
    await desk.works_until_rest()
    return desk


async def test_an_order_that_went_all_its_way_breaks_no_rule(story):
    assert await violations() == {}


@pytest.mark.parametrize("rule", WRONG)
async def test_each_rule_that_is_broken_is_found(story, rule):
    database = connections.get("default")
    for trigger in await database.execute_query_dict("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        await database.execute_query(f"DROP TRIGGER {trigger['name']}")  # the database itself would refuse some
    await database.execute_query(PLANTED[rule.partition(":")[0]])
    assert rule in await violations()
