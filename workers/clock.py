"""Everything that happens because time passes, in one table."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from bookstore.catalog import holds
from bookstore.config import Config
from bookstore.data import db
from bookstore.data import redis as redis_server
from bookstore.orders import cancelling, paying
from bookstore.orders.provider import Provider
from bookstore.orders.shelf import LocalShelf
from bookstore.orders.shipping import Pace
from workers.relay import relay, sweep
from workers.runtime import connect

log = structlog.get_logger()

ROUND = 60.0  # seconds that one round of a duty may take: a read from a database that is gone without a word never ends
LONGEST_PAUSE = 5.0  # seconds between tries of a duty whose dependency is down


@dataclass(frozen=True)
class Duty:
    """One thing to do every `seconds`, by workers of the service that owns the data."""

    name: str
    seconds: float
    service: str
    run: Callable[[], Awaitable[int]]


def duties(config: Config) -> list[Duty]:
    """What this worker does, of the whole table."""
    connection, shelf = connect(config), LocalShelf(config)
    provider, pace = Provider(config.payment_seconds), Pace.of(config)
    table = [
        Duty("relay", 0.3, "", lambda: relay(config.services, connection)),
        Duty("sweep", 5, "", lambda: sweep(config.services)),
        Duty("expire orders", 1, "orders", cancelling.expire_overdue),
        Duty("close payments", 15, "orders", lambda: paying.close_overdue(shelf, provider, pace)),
        Duty("release holds", 5, "catalog", holds.release_overdue),
    ]
    return [duty for duty in table if not duty.service or duty.service in config.services]


async def run(config: Config, stop: asyncio.Event) -> None:
    """Do this worker's duties until `stop` is set; the one under way is finished."""
    await db.connect(config)
    redis_server.connect(config)
    try:
        await asyncio.gather(*(_repeat(duty, stop) for duty in duties(config)))
    finally:
        await redis_server.close()
        await db.close()


async def _repeat(duty: Duty, stop: asyncio.Event) -> None:
    pause = duty.seconds
    while not stop.is_set():
        try:
            async with asyncio.timeout(ROUND):
                done = await duty.run()
            if done:
                log.info("duty done", duty=duty.name, count=done)
            pause = duty.seconds
        except Exception:  # a duty outlives whatever it meets: the next round may find it mended
            log.exception("duty failed", duty=duty.name)
            pause = min(max(pause, 0.5) * 2, max(LONGEST_PAUSE, duty.seconds))
        await _sleep(pause, stop)


async def _sleep(seconds: float, stop: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
