"""SQLite has one writer among all processes: a unit that could not begin keeps no lock, neither ours nor the file's."""

import asyncio
import sqlite3
import time

import pytest
from tortoise import connections

from bookstore.data import clock, db
from bookstore.data.failures import Unavailable
from bookstore.data.models import InboxKey

WRITE = "INSERT INTO data_inbox VALUES (?, 0)"


async def write(key: str) -> None:
    await InboxKey.create(key=key, applied=clock.utcnow())


@pytest.fixture
def other(connected, database_url):
    """Another process's connection, as far as SQLite can tell."""
    connection = sqlite3.connect(database_url.removeprefix("sqlite:///"), timeout=0, isolation_level=None)
    yield connection
    connection.close()


async def patience(milliseconds: int) -> None:
    await connections.get("default").execute_query(f"PRAGMA busy_timeout = {milliseconds}")


async def test_a_unit_that_cannot_begin_is_tried_again_then_unavailable(other):
    await patience(10)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="database"):
        await db.transact(write, "key")
    other.execute("COMMIT")
    async with asyncio.timeout(1):
        await db.transact(write, "key")


async def test_a_unit_waits_for_another_process_to_end_its_own(other):
    other.execute("BEGIN IMMEDIATE")
    unit = asyncio.create_task(db.transact(write, "mine"))
    await asyncio.sleep(0.05)
    assert not unit.done()
    other.execute(WRITE, ("theirs",))
    other.execute("COMMIT")
    await unit
    assert sorted(await InboxKey.all().values_list("key", flat=True)) == ["mine", "theirs"]


async def test_a_unit_cancelled_while_it_waits_keeps_nothing_locked(other):
    await patience(2000)
    other.execute("BEGIN IMMEDIATE")
    unit = asyncio.create_task(db.transact(write, "mine"))
    await asyncio.sleep(0.05)  # it is in SQLite's own wait by now, where nothing can reach it
    unit.cancel()
    with pytest.raises(asyncio.CancelledError):
        await unit
    other.execute("COMMIT")
    await anyone_may_write(other)
    await db.transact(write, "next")
    assert sorted(await InboxKey.all().values_list("key", flat=True)) == ["next", "theirs"]


async def test_a_unit_past_its_deadline_keeps_nothing_locked(other, monkeypatch):
    monkeypatch.setattr(db, "DEADLINE", 0.05)
    await patience(2000)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable):
        await db.transact(write, "mine")
    other.execute("COMMIT")
    await anyone_may_write(other)


async def anyone_may_write(other: sqlite3.Connection) -> None:
    """Wait out what the cancelled unit's thread still does, then write as the other process; fails when it cannot."""
    await InboxKey.all().count()  # through the same thread, so after whatever it was at
    began = time.monotonic()
    while True:
        try:
            other.execute(WRITE, ("theirs",))
        except sqlite3.OperationalError:
            assert time.monotonic() - began < 1, "our process still has the lock of the file"
            await asyncio.sleep(0.02)
        else:
            return


async def test_a_single_statement_is_no_part_of_somebody_elses_unit(connected):
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def unit() -> None:
        await write("inside")
        begun.set()
        await go_on.wait()
        raise ZeroDivisionError

    task = asyncio.create_task(db.transact(unit))
    await begun.wait()
    beside = asyncio.create_task(write("beside"))
    await asyncio.sleep(0.05)
    go_on.set()
    with pytest.raises(ZeroDivisionError):
        await task
    await beside
    assert await InboxKey.all().values_list("key", flat=True) == ["beside"]
