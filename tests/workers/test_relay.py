"""From the outbox to the queue and back: nothing is queued twice, nothing is lost with Redis."""

from datetime import timedelta

import pytest
import redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

from bookstore.data import clock, db, inbox, outbox
from bookstore.data.models import OutboxMessage
from workers import runtime
from workers.relay import relay, sweep

ORDERS = frozenset({"orders"})


@pytest.fixture
def queue(connected, redis_url) -> Queue:
    return Queue("orders", connection=runtime.connect(connected), serializer=JSONSerializer)


async def record(topic: str = "refund.owed", **kwargs) -> OutboxMessage:
    await outbox.record("orders", topic, {"refund": "r-1"}, **kwargs)
    return await OutboxMessage.all().order_by("-id").first()


async def test_a_due_message_is_queued_once_with_its_request_id(queue):
    message = await record()
    assert await relay(ORDERS, queue.connection) == 1
    assert await relay(ORDERS, queue.connection) == 0
    (job,) = queue.jobs
    assert job.id == f"{message.id}-send_refund-1"
    assert list(job.args) == [message.id, {"refund": "r-1"}, message.request_id]


async def test_a_message_waits_for_its_time(queue):
    await record(due_in=timedelta(seconds=60))
    assert await relay(ORDERS, queue.connection) == 0
    await OutboxMessage.all().update(due=clock.database_now())
    assert await relay(ORDERS, queue.connection) == 1


async def test_a_service_leaves_the_others_messages_alone(queue):
    await record()
    assert await relay(frozenset({"catalog", "auth"}), queue.connection) == 0


async def test_a_newer_releases_topic_is_left_for_its_own_workers(queue):
    message = await record("order.gift_wrapped")
    assert await relay(ORDERS, queue.connection) == 0
    assert (await OutboxMessage.get(id=message.id)).sent is None


async def test_a_newer_releases_messages_do_not_stand_in_the_way(queue, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 3)
    for _ in range(3):
        await record("order.gift_wrapped")
    await record()
    assert await relay(ORDERS, queue.connection) == 1


async def test_fault_f04_a_message_that_redis_did_not_take_is_due_again(queue):
    message = await record()
    with pytest.raises(RedisError):
        await relay(ORDERS, redis.Redis(port=1, socket_connect_timeout=0.2))
    assert (await OutboxMessage.get(id=message.id)).sent is None
    assert await relay(ORDERS, queue.connection) == 1
    assert queue.job_ids == [f"{message.id}-send_refund-2"]


async def sent_long_ago(message: OutboxMessage) -> None:
    await OutboxMessage.filter(id=message.id).update(sent=clock.database_now(-outbox.OVERDUE))


async def test_fault_f06_a_message_that_redis_lost_is_sent_again_under_a_new_id(queue):
    message = await record()
    await relay(ORDERS, queue.connection)
    queue.connection.flushall()
    assert await sweep(ORDERS) == 0  # not yet
    await sent_long_ago(message)
    assert await sweep(ORDERS) == 1
    await relay(ORDERS, queue.connection)
    assert queue.job_ids == [f"{message.id}-send_refund-2"]


async def test_a_message_whose_effect_is_written_is_closed(queue):
    message = await record()
    await relay(ORDERS, queue.connection)
    await db.transact(inbox.apply_once, f"{message.id}-send_refund")
    await sent_long_ago(message)
    assert await sweep(ORDERS) == 0
    assert (await OutboxMessage.get(id=message.id)).done
