"""Making an account, and proving that one is yours."""

from tortoise.exceptions import IntegrityError

from bookstore.auth import passwords
from bookstore.auth.models import User
from bookstore.data import clock, db


class EmailTaken(Exception):
    """There is an account with this e-mail."""


async def register(name: str, email: str, password: str) -> User:
    """Make a member's account; `email` in lower case. Raises EmailTaken."""
    secret = await passwords.hashed(password)
    try:
        return await db.transact(_add, name, email, secret)
    except IntegrityError:
        raise EmailTaken from None


async def _add(name: str, email: str, secret: str) -> User:
    return await User.create(name=name, email=email, password_hash=secret, created=clock.utcnow())


async def log_in(email: str, password: str) -> User | None:
    """The account with this e-mail and password; neither the answer nor its time tells which of the two was wrong."""
    user = await User.get_or_none(email=email)
    if not await passwords.matches(user.password_hash if user else None, password) or not user:
        return None
    if passwords.is_outdated(user.password_hash):
        await _renew(user, password)
    return user


async def _renew(user: User, password: str) -> None:
    """Store the hash at today's cost, unless the password was changed meanwhile."""
    renewed = await passwords.hashed(password)
    await User.filter(id=user.id, password_hash=user.password_hash).update(password_hash=renewed)
