"""Two wishes that exclude each other, at the same moment at two replicas: one is granted, and the books balance."""

import asyncio

import pytest

from bookstore.data.models import InboxKey, OutboxMessage
from bookstore.orders.models import Attempt, Capture, Order
from tests.orders.desk import HOME
from tests.races.crowd import Answer, Crowd, Person, logged_in
from tests.races.invariants import violations
from tests.stock import lists

pytestmark = [pytest.mark.databases("mariadb", "mysql"), pytest.mark.timeout(120)]
TIMES = 16
DELIVERY = {"courier": "envia", "name": HOME.name, "address": HOME.address, "city": HOME.city, "country": HOME.country}
PAYMENT = DELIVERY | {"method": "card", "card_number": "4242 4242 4242 4242"}


async def placed(crowd: Crowd, stock: int = TIMES) -> list[tuple[Person, str]]:
    """An order of each of some people, and its address."""
    book = await lists("Rayuela", stock=stock)
    people = await logged_in(1000, TIMES)
    answers = await asyncio.gather(*(crowd.buy(who, book.id, number) for number, who in enumerate(people)))
    return [(who, answer.location) for who, answer in zip(people, answers, strict=True)]


async def statuses() -> set[str]:
    return set(await Order.all().distinct().values_list("status", flat=True))


async def rest(ends: set[str]) -> None:
    """Wait until every order has ended and every message was applied."""
    async with asyncio.timeout(60):
        while await statuses() - ends or await InboxKey.all().count() < await OutboxMessage.all().count():  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def test_flaw_m10_three_clicks_on_pay_are_one_payment(crowd: Crowd):
    orders = await placed(crowd)
    clicks = await asyncio.gather(
        *(crowd.post(who, f"{order}/payment", replica, **PAYMENT) for who, order in orders for replica in range(3))
    )
    assert {click.status for click in clicks} == {303}
    assert len({click.replica for click in clicks}) == 3
    await rest({"completed"})
    assert await Attempt.all().count() == await Capture.all().count() == TIMES
    assert await violations() == {}


async def test_paying_and_cancelling_at_once_do_one_of_the_two(crowd: Crowd):
    orders = await placed(crowd)

    async def both(who: Person, order: str, number: int) -> tuple[Answer, Answer]:
        wishes = [(f"{order}/payment", PAYMENT), (f"{order}/cancellation", {})]
        # A cancellation has less to do: now and then it gives the payment a start.
        delays = [0, 0.005 * (number % 8)]
        return await asyncio.gather(
            *(
                after(delay, crowd.post(who, path, number + replica, **fields))
                for replica, ((path, fields), delay) in enumerate(zip(wishes, delays, strict=True))
            )
        )

    done = await asyncio.gather(*(both(who, order, number) for number, (who, order) in enumerate(orders)))
    await rest({"completed", "cancelled"})
    assert await statuses() == {"completed", "cancelled"}  # now this one was quicker, now that one
    assert {answer.status for pair in done for answer in pair} == {303, 409}
    assert await violations() == {}


async def test_cancelling_while_the_courier_collects_refunds_or_ships(crowd: Crowd):
    orders = await placed(crowd)
    await asyncio.gather(*(crowd.post(who, f"{order}/payment", 0, **PAYMENT) for who, order in orders))

    async def insists(who: Person, order: str) -> None:
        """Cancel from the moment of paying on, until it is done or too late."""
        key, ended = order.rpartition("/")[2], {"cancelled", "completed"}
        while (await Order.get(id=key)).status not in ended:
            await crowd.post(who, f"{order}/cancellation", who.id)

    await asyncio.gather(*(insists(who, order) for who, order in orders))
    await rest({"completed", "cancelled"})
    assert "cancelled" in await statuses()
    assert {answer.status for answer in crowd.answers} == {303, 409}
    assert await violations() == {}


async def after(seconds: float, doing) -> Answer:
    await asyncio.sleep(seconds)
    return await doing
