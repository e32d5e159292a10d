from tortoise import migrations
from tortoise.migrations import operations as ops
from bookstore.data.clock import Instant
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='Book',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('seller_id', fields.BigIntField()),
                ('seller_name', fields.CharField(max_length=80)),
                ('title', fields.CharField(max_length=300)),
                ('author', fields.CharField(max_length=300)),
                ('description', fields.TextField(unique=False)),
                ('price_cents', fields.BigIntField()),
                ('stock', fields.IntField()),
                ('condition', fields.CharField(max_length=16)),
                ('isbn', fields.CharField(null=True, max_length=13)),
                ('language', fields.CharField(null=True, max_length=8)),
                ('year', fields.SmallIntField(null=True)),
                ('photo', fields.CharField(null=True, max_length=80)),
                ('search_text', fields.CharField(max_length=700)),
                ('status', fields.CharField(default='on_sale', max_length=16)),
                ('created', Instant()),
            ],
            options={'table': 'catalog_book', 'app': 'catalog', 'indexes': [Index(fields=['status', 'id']), Index(fields=['status', 'price_cents', 'id']), Index(fields=['seller_id', 'id']), Index(fields=['isbn'])], 'pk_attr': 'id', 'table_description': 'One listing: `stock` copies of one title in one condition, by one seller.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Hold',
            fields=[
                ('id', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36)),
                ('buyer_id', fields.BigIntField()),
                ('status', fields.CharField(default='held', max_length=16)),
                ('attempt', fields.IntField(default=0)),
                ('deadline', Instant()),
                ('created', Instant()),
            ],
            options={'table': 'catalog_hold', 'app': 'catalog', 'indexes': [Index(fields=['status', 'deadline'])], 'pk_attr': 'id', 'table_description': 'Copies taken off the shelf for one order, whose id is the key. held -> confirmed | released.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='HoldLine',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('hold', fields.ForeignKeyField('catalog.Hold', source_field='hold_id', db_constraint=True, to_field='id', related_name='lines', on_delete=OnDelete.RESTRICT)),
                ('book', fields.ForeignKeyField('catalog.Book', source_field='book_id', db_constraint=True, to_field='id', related_name='hold_lines', on_delete=OnDelete.RESTRICT)),
                ('quantity', fields.IntField()),
                ('unit_cents', fields.BigIntField()),
                ('title', fields.CharField(max_length=300)),
                ('author', fields.CharField(max_length=300)),
                ('condition', fields.CharField(max_length=16)),
                ('year', fields.SmallIntField(null=True)),
                ('photo', fields.CharField(null=True, max_length=80)),
                ('seller_id', fields.BigIntField()),
                ('seller_name', fields.CharField(max_length=80)),
                ('status', fields.CharField(default='held', max_length=16)),
            ],
            options={'table': 'catalog_hold_line', 'app': 'catalog', 'unique_together': (('hold', 'book'),), 'pk_attr': 'id', 'table_description': 'One book of a hold, as it was when it was taken, `status` says whether its copies went back.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='StockMove',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('book', fields.ForeignKeyField('catalog.Book', source_field='book_id', db_constraint=True, to_field='id', related_name='moves', on_delete=OnDelete.RESTRICT)),
                ('hold_id', fields.CharField(null=True, max_length=36)),
                ('kind', fields.CharField(max_length=16)),
                ('delta', fields.IntField()),
                ('created', Instant()),
            ],
            options={'table': 'catalog_stock_move', 'app': 'catalog', 'unique_together': (('hold_id', 'book', 'kind'),), 'pk_attr': 'id', 'table_description': "Append-only: a book's stock is the sum of its moves. `initial`, `adjust` (the seller's), `take`, `give`."},
            bases=['Model'],
        ),
    ]
