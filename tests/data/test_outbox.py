"""A message is written with its change, claimed by one relay, and sent again until its effect is written."""

import asyncio
from datetime import timedelta

import pytest

from bookstore.data import clock, db, outbox
from bookstore.data.models import InboxKey, OutboxMessage
from bookstore.data.request_id import bind_request_id

pytestmark = pytest.mark.every_database
ORDERS = frozenset({"orders"})
SECOND = timedelta(seconds=1)


async def recorded(due_in: timedelta = timedelta(), queue: str = "orders") -> OutboxMessage:
    await db.transact(outbox.record, queue, "order.paying", {"attempt": "a-1", "number": 7}, due_in)
    return await OutboxMessage.all().order_by("-id").first()


async def sent(ago: timedelta) -> OutboxMessage:
    """A message that was claimed a while ago."""
    message = await recorded()
    assert await outbox.claim(message) == 1
    await OutboxMessage.filter(id=message.id).update(sent=clock.database_now(-ago))
    return await OutboxMessage.get(id=message.id)


async def test_a_message_is_undone_with_its_change(connected):
    async def unit() -> None:
        await outbox.record("orders", "order.paying", {})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await db.transact(unit)
    assert await outbox.due(ORDERS) == []


async def test_a_message_keeps_its_body_and_its_request(connected):
    bind_request_id("the-request")
    await recorded()
    (message,) = await outbox.due(ORDERS)
    assert message.body == {"attempt": "a-1", "number": 7}
    assert (message.queue, message.topic, message.request_id) == ("orders", "order.paying", "the-request")


async def test_a_message_is_due_when_its_time_has_come_and_not_before(connected):
    now, later = await recorded(), await recorded(due_in=60 * SECOND)
    assert [message.id for message in await outbox.due(ORDERS)] == [now.id]
    await OutboxMessage.filter(id=later.id).update(due=clock.database_now())
    assert [message.id for message in await outbox.due(ORDERS)] == [now.id, later.id]


async def test_each_service_sends_its_own_messages(connected):
    await recorded(queue="catalog")
    assert await outbox.due(ORDERS) == []
    assert len(await outbox.due(frozenset({"catalog", "orders"}))) == 1


async def test_the_oldest_go_first_and_not_too_many_at_once(connected, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 2)
    for seconds in (-1, -3, -2):
        await recorded(due_in=seconds * SECOND)
    assert [message.id for message in await outbox.due(ORDERS)] == await oldest(2)


async def oldest(count: int) -> list[int]:
    return await OutboxMessage.all().order_by("due").limit(count).values_list("id", flat=True)


async def test_of_two_relays_one_claims(connected):
    message = await recorded()
    claims = await asyncio.gather(*(outbox.claim(message) for _ in range(2)))
    assert sorted(claims, key=str) == [1, None]
    assert await outbox.due(ORDERS) == []


async def test_what_the_queue_did_not_take_is_due_again_under_the_next_number(connected):
    message = await recorded()
    await outbox.give_back(message, await outbox.claim(message))
    (again,) = await outbox.due(ORDERS)
    assert await outbox.claim(again) == 2


async def test_an_old_claim_gives_nothing_back_that_was_sent_again(connected):
    message = await recorded()
    first = await outbox.claim(message)
    await outbox.give_back(message, first)
    (again,) = await outbox.due(ORDERS)
    await outbox.claim(again)
    await outbox.give_back(message, first)
    assert await outbox.due(ORDERS) == []


async def test_a_stale_reading_claims_nothing(connected):
    stale = await recorded()
    await outbox.give_back(stale, await outbox.claim(stale))
    assert await outbox.claim(stale) is None


async def test_a_message_without_an_effect_is_unanswered_after_twenty_seconds(connected):
    await sent(ago=19 * SECOND)
    old = await sent(ago=21 * SECOND)
    assert [message.id for message in await outbox.unanswered(ORDERS)] == [old.id]


async def test_an_unanswered_message_is_due_again(connected):
    message = await sent(ago=21 * SECOND)
    assert await outbox.close({message.id: [f"{message.id}-take_payment"]}) == set()
    assert await outbox.send_again(message)
    assert await outbox.unanswered(ORDERS) == []
    (again,) = await outbox.due(ORDERS)
    assert await outbox.claim(again) == 2


async def test_a_message_is_done_when_every_job_of_it_is(connected):
    message, keys = await sent(ago=21 * SECOND), ["1-a", "1-b"]
    await InboxKey.create(key="1-a", applied=clock.utcnow())
    assert await outbox.close({message.id: keys}) == set()
    await InboxKey.create(key="1-b", applied=clock.utcnow())
    assert await outbox.close({message.id: keys}) == {message.id}
    assert (await outbox.due(ORDERS), await outbox.unanswered(ORDERS)) == ([], [])
    assert not await outbox.send_again(message)


async def test_a_message_that_no_job_of_ours_follows_is_left_open(connected):
    message = await sent(ago=21 * SECOND)
    assert await outbox.close({message.id: []}) == set()
    assert not (await OutboxMessage.get(id=message.id)).done


async def test_two_sweepers_send_again_once(connected):
    message = await sent(ago=21 * SECOND)
    stale = await OutboxMessage.get(id=message.id)
    assert await outbox.send_again(message)
    (again,) = await outbox.due(ORDERS)
    await outbox.claim(again)
    assert not await outbox.send_again(stale)
    assert await outbox.due(ORDERS) == []
