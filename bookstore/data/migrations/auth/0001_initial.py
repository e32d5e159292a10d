from tortoise import migrations
from tortoise.migrations import operations as ops
from bookstore.data.clock import Instant
from tortoise import fields

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='User',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('name', fields.CharField(max_length=80)),
                ('email', fields.CharField(unique=True, max_length=254)),
                ('password_hash', fields.CharField(max_length=255)),
                ('role', fields.CharField(default='member', max_length=16)),
                ('created', Instant()),
            ],
            options={'table': 'auth_user', 'app': 'auth', 'pk_attr': 'id'},
            bases=['Model'],
        ),
    ]
