"""What happens because time passes: each duty by the service that owns the data, each outliving its failures."""

import asyncio

import pytest

from bookstore.config import Config
from bookstore.orders.models import Order
from tests.orders.desk import Desk
from tests.stock import lists
from workers import clock
from workers.clock import Duty


def serving(config: Config, *services: str) -> Config:
    return config.model_copy(update={"services": frozenset(services)})


def test_each_service_does_its_own_duties(connected):
    orders = {duty.name for duty in clock.duties(serving(connected, "orders"))}
    catalog = {duty.name for duty in clock.duties(serving(connected, "catalog"))}
    assert orders == {"relay", "sweep", "expire orders", "close payments"}
    assert catalog == {"relay", "sweep", "release holds"}


async def test_a_duty_that_fails_is_tried_again(connected, monkeypatch):
    monkeypatch.setattr(clock, "LONGEST_PAUSE", 0.02)
    stop, tries = asyncio.Event(), []

    async def stumbles() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise ConnectionError("down")
        stop.set()
        return 1

    async with asyncio.timeout(5):
        await clock._repeat(Duty("stumbling", 0.01, "", stumbles), stop)
    assert len(tries) == 2


async def test_a_round_that_does_not_end_is_given_up(connected, monkeypatch):
    monkeypatch.setattr(clock, "LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(clock, "ROUND", 0.02)
    stop, tries = asyncio.Event(), []

    async def hangs() -> int:
        tries.append(1)
        if len(tries) == 2:
            stop.set()
            return 1
        return await asyncio.Event().wait()

    async with asyncio.timeout(5):
        await clock._repeat(Duty("hanging", 0.01, "", hangs), stop)


@pytest.mark.every_database
async def test_the_clock_runs_its_duties_until_it_is_stopped(connected, database_url):
    desk, stop = Desk(connected), asyncio.Event()
    order = await desk.places(await lists("Rayuela"))
    await Order.filter(id=order.id).update(deadline=order.created)
    running = asyncio.create_task(_until_expired(order, stop))
    await asyncio.gather(*(clock._repeat(duty, stop) for duty in clock.duties(connected)))
    assert await running == "expired"


async def _until_expired(order: Order, stop: asyncio.Event) -> str:
    try:
        async with asyncio.timeout(20):
            while (status := (await Order.get(id=order.id)).status) == "placed":  # noqa: ASYNC110 - a database tells nobody
                await asyncio.sleep(0.05)
    finally:
        stop.set()
    return status
