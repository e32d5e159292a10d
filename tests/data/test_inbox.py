"""A message's effect is written once, however many deliveries bring it at the same time."""

import asyncio

import pytest

from bookstore.data import clock, db, inbox
from bookstore.data.models import InboxKey, OutboxMessage
from tests.data.pool import turns_until

WAITING = "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'"


async def effect(key: str) -> None:
    await inbox.apply_once(key)
    await OutboxMessage.create(queue="orders", topic="effect", body={}, request_id="", due=clock.utcnow())


async def effects() -> int:
    return await OutboxMessage.filter(topic="effect").count()


@pytest.mark.every_database
async def test_the_first_delivery_writes_the_effect_and_its_mark(connected):
    assert not await inbox.is_applied("7-pay")
    await db.transact(effect, "7-pay")
    assert await inbox.is_applied("7-pay")
    assert await effects() == 1


@pytest.mark.every_database
async def test_fault_f15_a_second_delivery_changes_nothing_of_its_unit(connected):
    await db.transact(effect, "7-pay")

    async def late() -> None:
        await InboxKey.create(key="before", applied=clock.utcnow())
        await effect("7-pay")

    with pytest.raises(inbox.AlreadyApplied, match="7-pay"):
        await db.transact(late)
    assert not await inbox.is_applied("before")
    assert await effects() == 1


@pytest.mark.every_database
async def test_fault_f15_five_deliveries_at_once_write_one_effect(connected):
    results = await asyncio.gather(*(db.transact(effect, "7-pay") for _ in range(5)), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["AlreadyApplied"] * 4 + ["NoneType"]
    assert await effects() == 1


@pytest.mark.databases("mariadb", "mysql")
@pytest.mark.parametrize("first_commits", [True, False])
async def test_a_twin_waits_to_see_what_becomes_of_the_first(engine, connected, request, first_commits):
    server = request.getfixturevalue(f"{engine}_server")
    applied, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        await effect("7-pay")
        applied.set()
        await go_on.wait()
        if not first_commits:
            raise ZeroDivisionError

    first = asyncio.create_task(db.transact(slow))
    await applied.wait()
    twin = asyncio.create_task(db.transact(effect, "7-pay"))
    await turns_until(lambda: server.run(WAITING) == [(1,)], pause=0.15)  # asked sooner, InnoDB repeats itself
    assert not twin.done()
    go_on.set()
    ends = await asyncio.gather(first, twin, return_exceptions=True)
    assert [type(end).__name__ for end in ends] == (
        ["NoneType", "AlreadyApplied"] if first_commits else ["ZeroDivisionError", "NoneType"]
    )
    assert await effects() == 1
