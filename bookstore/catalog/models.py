"""Listings, the copies held for orders, and the ledger of every copy that came or went.

No column points at another context's table: people and orders cross as plain ids with the names copied beside them.
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from bookstore.data.clock import Instant


class Book(Model):
    """One listing: `stock` copies of one title in one condition, by one seller."""

    id = fields.BigIntField(primary_key=True)
    seller_id = fields.BigIntField()
    seller_name = fields.CharField(max_length=80)
    title = fields.CharField(max_length=300)
    author = fields.CharField(max_length=300)
    description = fields.TextField()
    price_cents = fields.BigIntField()
    stock = fields.IntField()
    condition = fields.CharField(max_length=16)
    isbn = fields.CharField(max_length=13, null=True)  # ISBN-13 without hyphens
    language = fields.CharField(max_length=8, null=True)
    year = fields.SmallIntField(null=True)  # negative before our era
    photo = fields.CharField(max_length=80, null=True)  # its name in the media folder
    search_text = fields.CharField(max_length=700)  # title, author and ISBN, folded
    status = fields.CharField(max_length=16, default="on_sale")  # on_sale or withdrawn
    created = Instant()

    class Meta:
        table = "catalog_book"
        indexes = [
            Index(fields=("status", "id")),
            Index(fields=("status", "price_cents", "id")),
            Index(fields=("seller_id", "id")),
            Index(fields=("isbn",)),
        ]


class Hold(Model):
    """Copies taken off the shelf for one order, whose id is the key. held -> confirmed | released."""

    id = fields.CharField(primary_key=True, max_length=36)
    buyer_id = fields.BigIntField()
    status = fields.CharField(max_length=16, default="held")
    attempt = fields.IntField(default=0)  # the payment attempt that confirmed it last
    deadline = Instant()
    created = Instant()

    class Meta:
        table = "catalog_hold"
        indexes = [Index(fields=("status", "deadline"))]


class HoldLine(Model):
    """One book of a hold, as it was when it was taken, `status` says whether its copies went back."""

    id = fields.BigIntField(primary_key=True)
    hold: fields.ForeignKeyRelation[Hold] = fields.ForeignKeyField(
        "catalog.Hold", related_name="lines", on_delete=fields.RESTRICT
    )
    book: fields.ForeignKeyRelation[Book] = fields.ForeignKeyField(
        "catalog.Book", related_name="hold_lines", on_delete=fields.RESTRICT
    )
    hold_id: str
    book_id: int
    quantity = fields.IntField()
    unit_cents = fields.BigIntField()
    title = fields.CharField(max_length=300)
    author = fields.CharField(max_length=300)
    condition = fields.CharField(max_length=16)
    year = fields.SmallIntField(null=True)
    photo = fields.CharField(max_length=80, null=True)
    seller_id = fields.BigIntField()
    seller_name = fields.CharField(max_length=80)
    status = fields.CharField(max_length=16, default="held")  # held or released

    class Meta:
        table = "catalog_hold_line"
        unique_together = (("hold", "book"),)


class StockMove(Model):
    """Append-only: a book's stock is the sum of its moves. `initial`, `adjust` (the seller's), `take`, `give`."""

    id = fields.BigIntField(primary_key=True)
    book: fields.ForeignKeyRelation[Book] = fields.ForeignKeyField(
        "catalog.Book", related_name="moves", on_delete=fields.RESTRICT
    )
    book_id: int
    hold_id = fields.CharField(max_length=36, null=True)
    kind = fields.CharField(max_length=16)
    delta = fields.IntField()
    created = Instant()

    class Meta:
        table = "catalog_stock_move"
        unique_together = (("hold_id", "book", "kind"),)
