"""Messages written in the same transaction as the change they follow from; the relay queues them after the commit."""

from datetime import timedelta

from tortoise.expressions import F, Q

from bookstore.data import clock
from bookstore.data.models import InboxKey, OutboxMessage
from bookstore.data.request_id import current_request_id

OVERDUE = timedelta(seconds=20)  # a message sent this long ago and not applied is sent again


async def record(queue: str, topic: str, body: dict[str, str | int], due_in: timedelta = timedelta()) -> None:
    """Write the message; call it inside the transaction of the change. It is sent `due_in` from now at the earliest."""
    due = await clock.read() + due_in
    await OutboxMessage.create(queue=queue, topic=topic, body=body, request_id=current_request_id(), due=due)


async def due(queues: frozenset[str], limit: int = 50) -> list[OutboxMessage]:
    """The messages to send now, oldest first."""
    unsent = OutboxMessage.filter(queue__in=queues, done=False, sent__isnull=True, due__lte=clock.database_now())
    return await unsent.order_by("due", "id").limit(limit)


async def claim(message: OutboxMessage) -> int | None:
    """Mark the message sent and return its send number; None when another relay was first."""
    mine = await OutboxMessage.filter(id=message.id, sends=message.sends, sent__isnull=True).update(
        sent=clock.database_now(), sends=F("sends") + 1
    )
    return message.sends + 1 if mine else None


async def give_back(message: OutboxMessage, send: int) -> None:
    """The queue did not take a claimed message: it is due again at once."""
    await OutboxMessage.filter(id=message.id, sends=send, done=False).update(sent=None)


async def unanswered(queues: frozenset[str], limit: int = 200) -> list[OutboxMessage]:
    """The messages sent so long ago that the queue may have lost them."""
    sent = Q(sent__lte=clock.database_now(-OVERDUE))
    return await OutboxMessage.filter(sent, queue__in=queues, done=False).order_by("sent").limit(limit)


async def settle(message: OutboxMessage, keys: list[str]) -> bool:
    """Close a message whose effects are all written, else make it due again; returns whether it is closed."""
    applied = await InboxKey.filter(key__in=keys).count() == len(set(keys))
    same_send = OutboxMessage.filter(id=message.id, sends=message.sends, done=False)
    await (same_send.update(done=True) if applied else same_send.update(sent=None))
    return applied
