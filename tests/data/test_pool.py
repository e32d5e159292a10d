"""Connections that are lost in use are made again, and nobody waits for them in vain."""

import asyncio
import socket
import time

import pytest
from tortoise import connections

from bookstore.config import Config
from bookstore.data import clock, db, pool
from bookstore.data.failures import is_unreachable
from bookstore.data.models import InboxKey
from tests.conftest import environment
from tests.data.pool import taken, turns_until, waiting

pytestmark = pytest.mark.databases("mariadb", "mysql")
SIZE = 5
AT_ONCE = 3  # seconds, far less than the 30 that the lost ones would have slept


async def asleep() -> list[asyncio.Task]:
    """Everybody who has a connection, busy with it."""
    sleep = "SELECT SLEEP(30)"
    tasks = [asyncio.create_task(connections.get("default").execute_query(sleep)) for _ in range(SIZE)]
    await connections.get("default").acquire_connection().ensure_connection()
    await turns_until(lambda: taken() == SIZE)
    return tasks


async def write(key: str) -> None:
    await InboxKey.create(key=key, applied=clock.utcnow())


async def test_connections_lost_in_use_make_room_for_all_who_wait(connected):
    sleepers = await asleep()
    waiters = asyncio.gather(*(db.transact(write, str(number)) for number in range(7)))
    await turns_until(lambda: waiting() == 7)
    for sleeper in sleepers:
        sleeper.cancel()
    async with asyncio.timeout(AT_ONCE):
        await waiters
    assert taken() == 0


async def test_readers_outside_a_unit_are_woken_as_well(connected):
    sleepers = await asleep()
    readers = asyncio.gather(*(InboxKey.all().count() for _ in range(7)))
    await turns_until(lambda: waiting() == 7)
    for sleeper in sleepers:
        sleeper.cancel()
    async with asyncio.timeout(AT_ONCE):
        assert await readers == [0] * 7


@pytest.mark.databases("mariadb")
async def test_a_server_that_opens_the_door_and_says_nothing_keeps_nobody_for_ever(monkeypatch, tmp_path):
    monkeypatch.setattr(pool, "CONNECTING", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"mysql://u:p@127.0.0.1:{silent.getsockname()[1]}/shop"
        await db.connect(Config.from_env(environment(url, tmp_path)))
        began = time.monotonic()
        results = await asyncio.gather(*(InboxKey.all().count() for _ in range(3)), return_exceptions=True)
        assert time.monotonic() - began < AT_ONCE
        assert [is_unreachable(result) for result in results] == [True] * 3
        await db.close()
