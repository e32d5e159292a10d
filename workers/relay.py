"""From the outbox to the queue. No leader: every worker runs it, and each row is claimed by a conditional update."""

import asyncio

import redis
import structlog
from redis.exceptions import RedisError
from rq import Retry
from rq.exceptions import DuplicateJobError

from bookstore.data import outbox
from bookstore.data.models import OutboxMessage
from workers.jobs import ON
from workers.runtime import Job, inbox_key, queue

log = structlog.get_logger()

RESULT_SECONDS = 600
FAILURE_SECONDS = 7 * 86400


async def relay(queues: frozenset[str], connection: "redis.Redis") -> int:
    """Queue the messages that are due; returns how many. Raises RedisError with the message in hand given back."""
    sent = 0
    for message in await outbox.due(queues, ON):  # other topics are a newer release's: its own workers know them
        send = await outbox.claim(message)
        if send is not None:
            await _enqueue(message, send, connection)
            sent += 1
    return sent


async def _enqueue(message: OutboxMessage, send: int, connection: "redis.Redis") -> None:
    try:
        for job in ON[message.topic]:
            await asyncio.to_thread(_put, message, send, job, connection)
    except RedisError:
        await outbox.give_back(message, send)
        raise


def _put(message: OutboxMessage, send: int, job: Job, connection: "redis.Redis") -> None:
    # The send number is in the id, because a failed or orphaned job of the same id would be refused for days.
    try:
        queue(message.queue, connection).enqueue(
            f"workers.jobs.{job.__name__}",
            args=(message.id, message.body, message.request_id),
            job_id=f"{inbox_key(message.id, job)}-{send}",
            unique=True,
            retry=Retry(max=3),  # without an interval: with one, a job waits for a scheduler that nobody runs
            result_ttl=RESULT_SECONDS,
            failure_ttl=FAILURE_SECONDS,
        )
    except DuplicateJobError:
        log.info("queued before", message=message.id, send=send)


async def sweep(queues: frozenset[str]) -> int:
    """Send again what was sent but never applied: its job failed, or Redis lost it. Returns how many."""
    messages = await outbox.unanswered(queues)
    effects = {message.id: [inbox_key(message.id, job) for job in ON.get(message.topic, [])] for message in messages}
    closed = await outbox.close(effects)
    lost = [message for message in messages if effects[message.id] and message.id not in closed]
    again = [message for message in lost if await outbox.send_again(message)]
    for message in again:
        log.warning("sent again", message=message.id, topic=message.topic, sends=message.sends)
    if len(closed) + len(again) < outbox.BATCH:
        return len(again)
    return len(again) + await sweep(queues)
