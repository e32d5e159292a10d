"""A process that dies at the worst moment: the same request, or another worker, brings the order to its end."""

import asyncio
import signal
import time

import httpx
import pytest

from bookstore.catalog.models import Hold
from bookstore.data.models import InboxKey, OutboxMessage
from bookstore.orders.models import Attempt, Capture, Order, ProviderCharge
from tests.orders.desk import Desk, status_of
from tests.races.crowd import Crowd, logged_in
from tests.races.invariants import violations
from tests.races.sabotaged import (
    impatient,
    killed_after_the_charge,
    killed_before_the_answer,
    killed_before_the_order,
    program,
    stands_still_after_the_charge,
)
from tests.servers.process import wait_until
from tests.servers.shop import BOOKSTORE, Served
from tests.stock import lists, new_key, stock_of

pytestmark = [pytest.mark.databases("mariadb"), pytest.mark.timeout(150)]
LIMIT = 120  # seconds in which an order must end, whatever died
QUIET = {"preparing_seconds": 600}  # the order stays `paid`


@pytest.fixture
def desk(connected) -> Desk:
    return Desk(connected)


async def comes(answers, seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not await answers():  # noqa: ASYNC110 - a database tells nobody
            await asyncio.sleep(0.05)


async def becomes(order: Order, status: str, seconds: float = LIMIT) -> None:
    async def has() -> bool:
        return await status_of(order) == status

    await comes(has, seconds)


async def is_paid_once(order: Order) -> None:
    assert await Capture.filter(order_id=order.id).count() == 1
    assert await ProviderCharge.filter(outcome="captured").count() == 1
    assert (await Hold.get(id=order.id)).status == "confirmed"
    assert await violations() == {}


async def test_row_f02_a_job_killed_between_charge_and_record_is_paid_once(desk, served: Served, tmp_path):
    served.program = program(killed_after_the_charge, tmp_path)
    served.start(webs=0, workers=1, **QUIET)
    order = await desk.buys(await lists("Rayuela"))
    await becomes(order, "paid")
    assert (tmp_path / "charged").exists()  # it was killed
    await is_paid_once(order)


async def test_row_f03_a_worker_killed_with_all_its_own_is_paid_once_by_another(desk, served: Served, tmp_path):
    served.program = program(stands_still_after_the_charge, tmp_path)
    served.start(webs=0, workers=1, **QUIET)
    order = await desk.buys(await lists("Rayuela"))
    await asyncio.to_thread(wait_until, (tmp_path / "charged").exists, 30, "a charge")
    killed = time.monotonic()
    served.workers[0].kill()
    assert await Capture.all().count() == 0
    served.program = BOOKSTORE
    served.start(webs=0, workers=1, **QUIET)
    await becomes(order, "paid", LIMIT - (time.monotonic() - killed))
    await is_paid_once(order)
    assert (await OutboxMessage.get(topic="order.paying")).sends > 1


async def test_row_f25_a_charge_that_comes_after_its_key_was_closed_takes_nothing(desk, served: Served, tmp_path):
    served.program = program(impatient, tmp_path)
    served.start(webs=0, workers=1, payment_seconds=5, **QUIET)
    order = await desk.buys(await lists("Rayuela"))
    await becomes(order, "placed", 30)  # given up while the provider was still at it
    assert (tmp_path / "charging").exists()
    assert not await answered()
    assert (await Hold.get(id=order.id)).status == "held"
    await comes(answered, 30)
    assert await ProviderCharge.all().values_list("outcome", flat=True) == ["closed"]
    assert await Attempt.all().values_list("outcome", flat=True) == ["closed"]
    assert await Capture.all().count() == 0
    assert await status_of(order) == "placed"
    assert await violations() == {}
    served.workers[0].stop()
    served.program = BOOKSTORE
    served.start(webs=0, workers=1, **QUIET)
    await desk.pays(await Order.get(id=order.id))
    await becomes(order, "paid")
    await is_paid_once(order)


@pytest.mark.parametrize("fault", [killed_before_the_order, killed_before_the_answer])
async def test_row_f01_a_buyer_whose_replica_died_sends_again_and_has_one_order(connected, served, tmp_path, fault):
    served.program = program(fault, tmp_path)
    served.start(webs=1)
    served.program = BOOKSTORE
    served.start(webs=1)
    book, key, [beto] = await lists("Rayuela"), new_key(), await logged_in(1000)
    async with Crowd(served.urls, at_once=2) as crowd:
        with pytest.raises(httpx.TransportError):
            await crowd.buy(beto, book.id, 0, key)
        assert served.webs[0].process.popen.wait(5) == -signal.SIGKILL
        assert await Order.all().count() == (fault is killed_before_the_answer)
        assert (await crowd.buy(beto, book.id, 1, key)).location == f"/orders/{key}"
    assert await Order.all().count() == 1
    assert await stock_of(book) == 0
    assert await violations() == {}


async def answered() -> bool:
    return await InboxKey.exists()
