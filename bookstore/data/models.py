"""What a context writes beside its own change: the message that follows, and the mark that one was applied."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from bookstore.data.clock import Instant


class OutboxMessage(Model):
    id = fields.BigIntField(primary_key=True)
    queue = fields.CharField(max_length=16)
    topic = fields.CharField(max_length=64)
    body = fields.JSONField[dict[str, str | int]]()
    request_id = fields.CharField(max_length=64)
    due = Instant()
    sent = Instant(null=True)
    sends = fields.IntField(default=0)
    done = fields.BooleanField(default=False)

    class Meta:
        table = "data_outbox"
        indexes = [Index(fields=("done", "sent", "due"))]


class InboxKey(Model):
    """Its transaction wrote the effect of a message: the key is `<outbox id>-<job name>`."""

    key = fields.CharField(primary_key=True, max_length=96)
    applied = Instant()

    class Meta:
        table = "data_inbox"
