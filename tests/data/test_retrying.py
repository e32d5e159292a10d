"""A unit that the server rolled back is run again, whole: deadlocks and lock waits provoked between two connections."""

import asyncio

import aiomysql
import pytest
from tortoise import connections

from bookstore.data import clock, db
from bookstore.data.failures import Unavailable
from bookstore.data.models import InboxKey
from tests.data.pool import taken
from tests.data.rivals import rival

pytestmark = pytest.mark.databases("mariadb", "mysql")
TOUCH = "UPDATE data_inbox SET applied = applied + 1 WHERE `key` = %s"


async def touch(key: str) -> None:
    await InboxKey.filter(key=key).update(applied=clock.database_now())


@pytest.fixture
async def rows(connected):
    for key in ("a", "b"):
        await InboxKey.create(key=key, applied=clock.utcnow())


async def test_a_deadlocks_victim_runs_again_whole(rows, database_url):
    tries = []

    async def unit() -> None:
        tries.append(await InboxKey.filter(key__startswith="mine").count())
        await InboxKey.create(key=f"mine {len(tries)}", applied=clock.utcnow())
        await touch("a")
        if len(tries) == 1:
            crossing.append(asyncio.create_task(cursor.execute(TOUCH, "a")))
        await touch("b")

    crossing: list[asyncio.Task] = []
    async with rival(database_url) as (connection, cursor):
        for number in range(50):  # the server gives up the transaction that has written less
            await cursor.execute("INSERT INTO data_inbox VALUES (%s, 0)", f"weight {number}")
        await cursor.execute(TOUCH, "b")
        ending = asyncio.create_task(commit_after(crossing, connection))
        await db.transact(unit)
        await ending
    assert tries == [0, 0]  # of the first try nothing was left
    assert await InboxKey.filter(key__startswith="mine").values_list("key", flat=True) == ["mine 2"]
    assert taken() == 0


async def commit_after(crossing: list[asyncio.Task], connection: aiomysql.Connection) -> None:
    while not crossing:  # noqa: ASYNC110 - the unit's first try tells
        await asyncio.sleep(0.001)
    await crossing[0]
    await connection.commit()


async def test_a_lock_waited_for_in_vain_is_tried_again(rows, database_url):
    tries = []

    async def unit() -> None:
        tries.append(await InboxKey.exists(key="mine"))
        await connections.get("default").execute_query("SET innodb_lock_wait_timeout = 1")
        await InboxKey.create(key="mine", applied=clock.utcnow())
        if len(tries) == 2:
            await connection.rollback()
        await touch("a")

    async with rival(database_url) as (connection, cursor):
        await cursor.execute(TOUCH, "a")
        await db.transact(unit)
    assert tries == [False, False]  # 1205 undoes only its statement; the rest was undone by us
    assert await InboxKey.exists(key="mine")
    assert taken() == 0


async def test_a_lock_that_never_comes_is_an_unavailable_database(rows, database_url, monkeypatch):
    monkeypatch.setattr(db, "DEADLINE", 0.5)
    async with rival(database_url) as (_connection, cursor):
        await cursor.execute(TOUCH, "a")
        with pytest.raises(Unavailable, match="database"):
            await db.transact(touch, "a")
    assert taken() == 0
    await db.transact(touch, "a")


async def test_a_deadlock_at_every_try_ends_as_unavailable(rows, monkeypatch):
    monkeypatch.setattr(db, "DEADLINE", 30)
    tries = []

    async def unit() -> None:
        tries.append(1)
        await InboxKey.create(key="mine", applied=clock.utcnow())
        signal = "SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'Deadlock found'"
        await connections.get("default").execute_query(signal)

    with pytest.raises(Unavailable):
        await db.transact(unit)
    assert len(tries) == db.TRIES
    assert not await InboxKey.exists(key="mine")
    assert taken() == 0


async def test_an_error_of_the_statement_is_not_tried_again(rows):
    tries = []

    async def unit() -> None:
        tries.append(1)
        await connections.get("default").execute_query("SELECT nothing FROM data_inbox")

    with pytest.raises(Exception, match="Unknown column"):
        await db.transact(unit)
    assert len(tries) == 1


async def test_fault_f09_a_writer_that_became_a_reader_loses_its_connections(rows, engine, request):
    server = request.getfixturevalue(f"{engine}_server")
    await touch("a")
    old = set(connections.get("default")._pool._free)
    server.run("SET GLOBAL read_only = 1")
    try:
        with pytest.raises(Unavailable):
            await db.transact(touch, "a")
    finally:
        server.run("SET GLOBAL read_only = 0")
    await db.transact(touch, "a")
    assert all(connection.closed for connection in old)
    assert taken() == 0
