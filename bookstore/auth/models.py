"""People."""

from tortoise import fields
from tortoise.models import Model

from bookstore.data.clock import Instant

MOST_EMAIL = 254  # characters, as RFC 5321 has it


class User(Model):
    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=80)
    email = fields.CharField(max_length=MOST_EMAIL, unique=True)  # lower case
    password_hash = fields.CharField(max_length=255)
    role = fields.CharField(max_length=16, default="member")  # member or admin
    created = Instant()

    class Meta:
        table = "auth_user"
