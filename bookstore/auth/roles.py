"""Who is an administrator."""

from bookstore.auth.models import User
from bookstore.data import sessions

ADMIN, MEMBER = "admin", "member"


class NobodyThere(Exception):
    """No person has this e-mail address; the text says it."""


async def give(email: str, role: str) -> None:
    """Give the person the role and log them out everywhere, because a session says what its owner was at login.

    Idempotent. Raises NobodyThere, and RedisError when the role is given but the sessions could not be ended.
    """
    person = await User.get_or_none(email=email.strip().lower())
    if person is None:
        raise NobodyThere(f"nobody here has the e-mail address {email}")
    await User.filter(id=person.id).update(role=role)
    await sessions.end_all(person.id)
