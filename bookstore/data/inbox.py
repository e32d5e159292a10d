"""The mark that a message's effect is written, in the transaction that writes it."""

from tortoise.exceptions import IntegrityError

from bookstore.data import clock
from bookstore.data.models import InboxKey


class AlreadyApplied(Exception):
    """Another delivery of the same message wrote the effect; this transaction must change nothing."""


async def apply_once(key: str) -> None:
    """Claim the key as the first statement of the effect's transaction.

    A concurrent twin waits here until the first commits. Raises AlreadyApplied, which rolls this transaction back.
    A plain INSERT, because an upsert's row count cannot tell a duplicate once FOUND_ROWS is set.
    """
    try:
        await InboxKey.create(key=key, applied=clock.utcnow())
    except IntegrityError:
        raise AlreadyApplied(key) from None


async def is_applied(key: str) -> bool:
    return await InboxKey.exists(key=key)
