"""Who is a member and who an administrator."""

from bookstore.auth.models import MOST_EMAIL, User
from bookstore.data import sessions

MEMBER, ADMIN = "member", "admin"


class UnknownEmail(Exception):
    """Nobody has an account with this e-mail."""


async def called(email: str) -> User:
    """Who has this e-mail, as somebody typed it at a terminal: any bytes. Raises UnknownEmail."""
    readable = email.encode(errors="replace").decode()
    key = readable.strip().lower()
    user = await User.get_or_none(email=key) if len(key) <= MOST_EMAIL else None  # the ORM raises for more
    if not user:
        raise UnknownEmail(readable)
    return user


async def grant(email: str) -> None:
    """Make somebody an administrator. Raises UnknownEmail, and RedisError when old sessions could not be ended."""
    await _appoint(email, ADMIN)


async def revoke(email: str) -> None:
    """Make somebody a member again, as `grant` does."""
    await _appoint(email, MEMBER)


async def page(after: int, size: int) -> list[User]:
    """The accounts above an id, oldest first."""
    return await User.filter(id__gt=after).order_by("id").limit(size)


async def _appoint(email: str, role: str) -> None:
    """Sessions copied the role at login: all of that person's end, so that none keeps the old one."""
    user = await called(email)
    await User.filter(id=user.id).update(role=role)
    await sessions.end_all(user.id)
