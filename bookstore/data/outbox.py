"""Messages written in the same transaction as the change they follow from; the relay queues them after the commit."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from tortoise.expressions import F, Q

from bookstore.data import clock
from bookstore.data.models import InboxKey, OutboxMessage
from bookstore.data.request_id import current_request_id

BATCH = 500
OVERDUE = timedelta(seconds=20)  # a message sent this long ago and not applied is sent again


async def record(queue: str, topic: str, body: dict[str, str | int], due_in: timedelta = timedelta()) -> None:
    """Write the message; call it inside the transaction of the change. It is sent `due_in` from now at the earliest."""
    due = await clock.read() + due_in
    await OutboxMessage.create(queue=queue, topic=topic, body=body, request_id=current_request_id(), due=due)


async def due(queues: frozenset[str], topics: Collection[str] | None = None) -> list[OutboxMessage]:
    """BATCH messages at most, to send now, oldest first; of these topics, or of all."""
    unsent = OutboxMessage.filter(queue__in=queues, done=False, sent__isnull=True, due__lte=clock.database_now())
    if topics is not None:
        unsent = unsent.filter(topic__in=list(topics))
    return await unsent.order_by("due", "id").limit(BATCH)


async def claim(message: OutboxMessage) -> int | None:
    """Mark the message sent and return its send number; None when another relay was first."""
    mine = await OutboxMessage.filter(id=message.id, sends=message.sends, sent__isnull=True).update(
        sent=clock.database_now(), sends=F("sends") + 1
    )
    return message.sends + 1 if mine else None


async def give_back(message: OutboxMessage, send: int) -> None:
    """The queue did not take a claimed message: it is due again at once."""
    await OutboxMessage.filter(id=message.id, sends=send, done=False).update(sent=None)


async def unanswered(queues: frozenset[str]) -> list[OutboxMessage]:
    """BATCH messages at most, sent so long ago that the queue may have lost them."""
    sent = Q(sent__lte=clock.database_now(-OVERDUE))
    return await OutboxMessage.filter(sent, queue__in=queues, done=False).order_by("sent").limit(BATCH)


async def close(effects: Mapping[int, Sequence[str]]) -> set[int]:
    """Close the messages (id and inbox keys) whose effects are all written; returns their ids."""
    wanted = {key for keys in effects.values() for key in keys}
    written = {str(key) for key in await InboxKey.filter(key__in=wanted).values_list("key", flat=True)}
    closed = {message_id for message_id, keys in effects.items() if keys and written.issuperset(keys)}
    if closed:
        await OutboxMessage.filter(id__in=closed).update(done=True)
    return closed


async def send_again(message: OutboxMessage) -> bool:
    """Make a message that was sent due once more; False when another sweeper was first."""
    return bool(await OutboxMessage.filter(id=message.id, sends=message.sends, done=False).update(sent=None))
