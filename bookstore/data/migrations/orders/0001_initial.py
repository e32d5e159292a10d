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
            name='Attempt',
            fields=[
                ('key', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=48)),
                ('order_id', fields.CharField(max_length=36)),
                ('number', fields.IntField()),
                ('method', fields.CharField(max_length=16)),
                ('token', fields.CharField(max_length=64)),
                ('brand', fields.CharField(max_length=16)),
                ('last4', fields.CharField(max_length=4)),
                ('amount_cents', fields.BigIntField()),
                ('outcome', fields.CharField(default='unknown', max_length=16)),
                ('created', Instant()),
            ],
            options={'table': 'orders_attempt', 'app': 'orders', 'unique_together': (('order_id', 'number'),), 'pk_attr': 'key', 'table_description': 'One try to pay. Its key goes to the provider: the same key never charges twice.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Capture',
            fields=[
                ('attempt_key', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=48)),
                ('order_id', fields.CharField(max_length=36)),
                ('amount_cents', fields.BigIntField()),
                ('reference', fields.CharField(unique=True, max_length=64)),
                ('at', Instant()),
            ],
            options={'table': 'orders_capture', 'app': 'orders', 'indexes': [Index(fields=['order_id'])], 'pk_attr': 'attempt_key', 'table_description': 'Money that the provider took.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Order',
            fields=[
                ('id', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36)),
                ('buyer_id', fields.BigIntField()),
                ('buyer_name', fields.CharField(max_length=80)),
                ('status', fields.CharField(default='placed', max_length=16)),
                ('version', fields.IntField(default=0)),
                ('currency', fields.CharField(max_length=3)),
                ('goods_cents', fields.BigIntField()),
                ('shipping_cents', fields.BigIntField(default=0)),
                ('deadline', Instant()),
                ('attempts', fields.IntField(default=0)),
                ('recipient', fields.CharField(null=True, max_length=120)),
                ('address', fields.CharField(null=True, max_length=200)),
                ('city', fields.CharField(null=True, max_length=80)),
                ('country', fields.CharField(null=True, max_length=80)),
                ('created', Instant()),
                ('changed', Instant()),
            ],
            options={'table': 'orders_order', 'app': 'orders', 'indexes': [Index(fields=['buyer_id', 'created']), Index(fields=['status', 'deadline']), Index(fields=['status', 'changed']), Index(fields=['created'])], 'pk_attr': 'id', 'table_description': '`id` is made by the page that shows the buy form, so a repeated request leads to the same order.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='OrderEvent',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('order', fields.ForeignKeyField('orders.Order', source_field='order_id', db_constraint=True, to_field='id', related_name='events', on_delete=OnDelete.RESTRICT)),
                ('seq', fields.IntField()),
                ('parcel_id', fields.BigIntField(null=True)),
                ('before', fields.CharField(null=True, max_length=16)),
                ('after', fields.CharField(max_length=16)),
                ('note', fields.CharField(default='', max_length=64)),
                ('at', Instant()),
            ],
            options={'table': 'orders_event', 'app': 'orders', 'unique_together': (('order', 'seq'),), 'pk_attr': 'id', 'table_description': 'One for each transition, numbered without gaps, `parcel_id` names the parcel whose state it was.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Parcel',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('order', fields.ForeignKeyField('orders.Order', source_field='order_id', db_constraint=True, to_field='id', related_name='parcels', on_delete=OnDelete.RESTRICT)),
                ('seller_id', fields.BigIntField()),
                ('seller_name', fields.CharField(max_length=80)),
                ('status', fields.CharField(default='preparing', max_length=16)),
                ('courier', fields.CharField(null=True, max_length=16)),
                ('shipping_cents', fields.BigIntField(default=0)),
                ('tracking', fields.CharField(null=True, max_length=32)),
                ('goods_cents', fields.BigIntField()),
                ('created', Instant()),
            ],
            options={'table': 'orders_parcel', 'app': 'orders', 'unique_together': (('order', 'seller_id'),), 'indexes': [Index(fields=['seller_id', 'created'])], 'pk_attr': 'id', 'table_description': 'What one seller sends for one order.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='OrderLine',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('order', fields.ForeignKeyField('orders.Order', source_field='order_id', db_constraint=True, to_field='id', related_name='lines', on_delete=OnDelete.RESTRICT)),
                ('parcel', fields.ForeignKeyField('orders.Parcel', source_field='parcel_id', db_constraint=True, to_field='id', related_name='lines', on_delete=OnDelete.RESTRICT)),
                ('book_id', fields.BigIntField()),
                ('quantity', fields.IntField()),
                ('unit_cents', fields.BigIntField()),
                ('title', fields.CharField(max_length=300)),
                ('author', fields.CharField(max_length=300)),
                ('condition', fields.CharField(max_length=16)),
                ('year', fields.SmallIntField(null=True)),
                ('photo', fields.CharField(null=True, max_length=80)),
            ],
            options={'table': 'orders_line', 'app': 'orders', 'unique_together': (('order', 'book_id'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ProviderCharge',
            fields=[
                ('key', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=48)),
                ('outcome', fields.CharField(max_length=16)),
                ('amount_cents', fields.BigIntField()),
                ('reference', fields.CharField(unique=True, max_length=64)),
                ('at', Instant()),
            ],
            options={'table': 'provider_charge', 'app': 'orders', 'pk_attr': 'key', 'table_description': "The simulated provider's ledger: one row a key, whatever is asked and however often."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ProviderRefund',
            fields=[
                ('key', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=80)),
                ('charge_key', fields.CharField(max_length=48)),
                ('amount_cents', fields.BigIntField()),
                ('reference', fields.CharField(unique=True, max_length=64)),
                ('at', Instant()),
            ],
            options={'table': 'provider_refund', 'app': 'orders', 'pk_attr': 'key'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ProviderToken',
            fields=[
                ('token', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ('brand', fields.CharField(max_length=16)),
                ('last4', fields.CharField(max_length=4)),
                ('behaviour', fields.CharField(max_length=16)),
                ('stumbled', fields.BooleanField(default=False)),
            ],
            options={'table': 'provider_token', 'app': 'orders', 'pk_attr': 'token', 'table_description': "The simulated provider's vault: what a card becomes. The number itself is nowhere."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Refund',
            fields=[
                ('key', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=80)),
                ('order_id', fields.CharField(max_length=36)),
                ('attempt_key', fields.CharField(max_length=48)),
                ('parcel_id', fields.BigIntField(null=True)),
                ('amount_cents', fields.BigIntField()),
                ('reference', fields.CharField(null=True, max_length=64)),
                ('at', Instant()),
            ],
            options={'table': 'orders_refund', 'app': 'orders', 'indexes': [Index(fields=['order_id'])], 'pk_attr': 'key', 'table_description': "Money that goes back, owed when it is written and sent by a job. Its key is the provider's idempotency key."},
            bases=['Model'],
        ),
    ]
