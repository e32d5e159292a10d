from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from bookstore.data.clock import Instant
from json import dumps, loads
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='InboxKey',
            fields=[
                ('key', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=96)),
                ('applied', Instant()),
            ],
            options={'table': 'data_inbox', 'app': 'data', 'pk_attr': 'key', 'table_description': 'Its transaction wrote the effect of a message: the key is `<outbox id>-<job name>`.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='OutboxMessage',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('queue', fields.CharField(max_length=16)),
                ('topic', fields.CharField(max_length=64)),
                ('body', fields.JSONField(encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('request_id', fields.CharField(max_length=64)),
                ('due', Instant()),
                ('sent', Instant(null=True)),
                ('sends', fields.IntField(default=0)),
                ('done', fields.BooleanField(default=False)),
            ],
            options={'table': 'data_outbox', 'app': 'data', 'indexes': [Index(fields=['done', 'sent', 'due'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
    ]
