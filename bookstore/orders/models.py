"""Orders, their parcels and their money.

Titles, prices, sellers and buyers are copies: no column points at another context.
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from bookstore.data.clock import Instant


class Order(Model):
    """`id` is made by the page that shows the buy form, so a repeated request leads to the same order."""

    id = fields.CharField(primary_key=True, max_length=36)
    buyer_id = fields.BigIntField()
    buyer_name = fields.CharField(max_length=80)
    status = fields.CharField(max_length=16, default="placed")
    version = fields.IntField(default=0)  # the number of its last event
    currency = fields.CharField(max_length=3)
    goods_cents = fields.BigIntField()
    shipping_cents = fields.BigIntField(default=0)
    deadline = Instant()  # of its hold, for the page: whether it has passed is judged by catalog
    attempts = fields.IntField(default=0)
    recipient = fields.CharField(max_length=120, null=True)
    address = fields.CharField(max_length=200, null=True)
    city = fields.CharField(max_length=80, null=True)
    country = fields.CharField(max_length=80, null=True)
    created = Instant()
    changed = Instant()
    lines: fields.ReverseRelation["OrderLine"]
    parcels: fields.ReverseRelation["Parcel"]
    events: fields.ReverseRelation["OrderEvent"]

    class Meta:
        table = "orders_order"
        indexes = [
            Index(fields=("buyer_id", "created")),
            Index(fields=("status", "deadline")),
            Index(fields=("status", "changed")),
            Index(fields=("created",)),
        ]

    @property
    def total_cents(self) -> int:
        return int(self.goods_cents + self.shipping_cents)


class Parcel(Model):
    """What one seller sends for one order."""

    id = fields.BigIntField(primary_key=True)
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField(
        "orders.Order", related_name="parcels", on_delete=fields.RESTRICT
    )
    order_id: str
    seller_id = fields.BigIntField()
    seller_name = fields.CharField(max_length=80)
    status = fields.CharField(max_length=16, default="preparing")
    courier = fields.CharField(max_length=16, null=True)
    shipping_cents = fields.BigIntField(default=0)
    tracking = fields.CharField(max_length=32, null=True)
    goods_cents = fields.BigIntField()
    created = Instant()
    lines: fields.ReverseRelation["OrderLine"]

    class Meta:
        table = "orders_parcel"
        indexes = [Index(fields=("seller_id", "created"))]
        unique_together = (("order", "seller_id"),)


class OrderLine(Model):
    id = fields.BigIntField(primary_key=True)
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField(
        "orders.Order", related_name="lines", on_delete=fields.RESTRICT
    )
    parcel: fields.ForeignKeyRelation[Parcel] = fields.ForeignKeyField(
        "orders.Parcel", related_name="lines", on_delete=fields.RESTRICT
    )
    order_id: str
    parcel_id: int
    book_id = fields.BigIntField()
    quantity = fields.IntField()
    unit_cents = fields.BigIntField()
    title = fields.CharField(max_length=300)
    author = fields.CharField(max_length=300)
    condition = fields.CharField(max_length=16)
    year = fields.SmallIntField(null=True)
    photo = fields.CharField(max_length=80, null=True)

    class Meta:
        table = "orders_line"
        unique_together = (("order", "book_id"),)

    @property
    def sum_cents(self) -> int:
        return int(self.quantity * self.unit_cents)


class OrderEvent(Model):
    """One for each transition, numbered without gaps, `parcel_id` names the parcel whose state it was."""

    id = fields.BigIntField(primary_key=True)
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField(
        "orders.Order", related_name="events", on_delete=fields.RESTRICT
    )
    order_id: str
    seq = fields.IntField()
    parcel_id = fields.BigIntField(null=True)
    before = fields.CharField(max_length=16, null=True)
    after = fields.CharField(max_length=16)
    note = fields.CharField(max_length=64, default="")
    at = Instant()

    class Meta:
        table = "orders_event"
        unique_together = (("order", "seq"),)


class Attempt(Model):
    """One try to pay. Its key goes to the provider: the same key never charges twice."""

    key = fields.CharField(primary_key=True, max_length=48)  # order id, hyphen, number
    order_id = fields.CharField(max_length=36)
    number = fields.IntField()
    method = fields.CharField(max_length=16)
    token = fields.CharField(max_length=64)
    brand = fields.CharField(max_length=16)
    last4 = fields.CharField(max_length=4)
    amount_cents = fields.BigIntField()
    outcome = fields.CharField(max_length=16, default="unknown")  # unknown, captured, declined, closed, dropped
    created = Instant()

    class Meta:
        table = "orders_attempt"
        unique_together = (("order_id", "number"),)


class Capture(Model):
    """Money that the provider took."""

    attempt_key = fields.CharField(primary_key=True, max_length=48)
    order_id = fields.CharField(max_length=36)
    amount_cents = fields.BigIntField()
    reference = fields.CharField(max_length=64, unique=True)
    at = Instant()

    class Meta:
        table = "orders_capture"
        indexes = [Index(fields=("order_id",))]


class Refund(Model):
    """Money that goes back, owed when it is written and sent by a job. Its key is the provider's idempotency key."""

    key = fields.CharField(primary_key=True, max_length=80)
    order_id = fields.CharField(max_length=36)
    attempt_key = fields.CharField(max_length=48)
    parcel_id = fields.BigIntField(null=True)
    amount_cents = fields.BigIntField()
    reference = fields.CharField(max_length=64, null=True)  # the provider's, once sent
    at = Instant()

    class Meta:
        table = "orders_refund"
        indexes = [Index(fields=("order_id",))]


class ProviderToken(Model):
    """The simulated provider's vault: what a card becomes. The number itself is nowhere."""

    token = fields.CharField(primary_key=True, max_length=64)
    brand = fields.CharField(max_length=16)
    last4 = fields.CharField(max_length=4)
    behaviour = fields.CharField(max_length=16)  # approve, decline, or stumble: one temporary error, then approve
    stumbled = fields.BooleanField(default=False)

    class Meta:
        table = "provider_token"


class ProviderCharge(Model):
    """The simulated provider's ledger: one row a key, whatever is asked and however often."""

    key = fields.CharField(primary_key=True, max_length=48)
    outcome = fields.CharField(max_length=16)  # captured, declined, closed
    amount_cents = fields.BigIntField()
    reference = fields.CharField(max_length=64, unique=True)
    at = Instant()

    class Meta:
        table = "provider_charge"


class ProviderRefund(Model):
    key = fields.CharField(primary_key=True, max_length=80)
    charge_key = fields.CharField(max_length=48)
    amount_cents = fields.BigIntField()
    reference = fields.CharField(max_length=64, unique=True)
    at = Instant()

    class Meta:
        table = "provider_refund"
