"""One unit of work: all of it or nothing, and tried again when it was surely rolled back."""

import asyncio

import pytest
from tortoise.exceptions import IntegrityError

from bookstore.data import clock, db
from bookstore.data.models import InboxKey


class Refused(Exception):
    """What a rule raises to undo its unit."""


async def write(*keys: str) -> str:
    for key in keys:
        await InboxKey.create(key=key, applied=clock.utcnow())
    return keys[-1]


async def write_and_refuse(*keys: str) -> None:
    await write(*keys)
    raise Refused


async def written() -> list[str]:
    return sorted(await InboxKey.all().values_list("key", flat=True))


@pytest.mark.every_database
async def test_a_unit_commits_and_returns_what_it_returns(connected):
    assert await db.transact(write, "a", "b") == "b"
    assert await written() == ["a", "b"]


@pytest.mark.every_database
async def test_a_unit_that_raises_changes_nothing(connected):
    with pytest.raises(Refused):
        await db.transact(write_and_refuse, "a", "b")
    assert await written() == []


@pytest.mark.every_database
async def test_a_broken_key_undoes_the_whole_unit_and_is_told_as_such(connected):
    await db.transact(write, "taken")
    with pytest.raises(IntegrityError):
        await db.transact(write, "new", "taken")
    assert await written() == ["taken"]


@pytest.mark.every_database
async def test_a_unit_inside_a_unit_joins_it(connected):
    async def outer() -> None:
        await db.transact(write, "inner")
        raise Refused

    with pytest.raises(Refused):
        await db.transact(outer)
    assert await written() == []


@pytest.mark.every_database
async def test_a_unit_may_catch_what_its_inner_unit_raised(connected):
    async def outer() -> None:
        with pytest.raises(Refused):
            await db.transact(write_and_refuse, "inner")
        await write("outer")

    await db.transact(outer)
    assert await written() == ["inner", "outer"]  # joined, so there is one unit to undo and it was not undone


@pytest.mark.every_database
async def test_units_side_by_side_are_units_of_their_own(connected):
    results = await asyncio.gather(
        db.transact(write, "a"), db.transact(write_and_refuse, "b"), db.transact(write, "c"), return_exceptions=True
    )
    assert [type(result) for result in results] == [str, Refused, str]
    assert await written() == ["a", "c"]


@pytest.mark.every_database
async def test_a_unit_that_is_cancelled_changes_nothing_and_lets_the_next_one_on(connected):
    begun = asyncio.Event()

    async def endless() -> None:
        await write("a")
        begun.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(db.transact(endless))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await db.transact(write, "b")
    assert await written() == ["b"]
