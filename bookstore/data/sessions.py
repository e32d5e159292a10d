"""Who is logged in: one Redis key a session, so that its end is its end on every replica.

The key is a hash of the id, so that whoever reads Redis cannot become anybody. A second key lists the sessions of a
person, to end them all. Every key runs out by itself.
"""

import json
import secrets
import time
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from bookstore.data import redis

IDLE = 14 * 24 * 3600  # seconds without a visit
ABSOLUTE = 30 * 24 * 3600  # seconds since the login, however often it is used
REFRESH = 60  # the idle time is put back at most once in so many seconds
ID_LENGTH = 43  # 256 random bits in URL-safe base64

Data = dict[str, Any]


@dataclass(frozen=True)
class Stored:
    """A session as Redis has it."""

    data: Data
    seconds_left: int

    @property
    def is_due(self) -> bool:
        """Whether its idle time should be put back."""
        return self.seconds_left < _allowed(self.data) - REFRESH


async def begin(data: Data, replacing: str | None = None) -> str:
    """Store a new session of `data["user_id"]` that began at `data["started"]` and return its id.

    The session that it replaces ends in the same step. Raises RedisError.
    """
    new, owner = secrets.token_urlsafe(32), _owner(data["user_id"])
    async with redis.client().pipeline(transaction=True) as steps:
        if replacing:
            steps.delete(_key(replacing))
            steps.zrem(owner, _key(replacing))
        steps.set(_key(new), json.dumps(data), ex=_allowed(data))
        steps.zremrangebyscore(owner, "-inf", time.time())
        steps.zadd(owner, {_key(new): data["started"] + ABSOLUTE})
        steps.expire(owner, ABSOLUTE)
        await steps.execute()
    return new


async def load(session_id: str) -> Stored | None:
    """The live session with this id. Raises RedisError."""
    if len(session_id) != ID_LENGTH:
        return None
    async with redis.client().pipeline(transaction=False) as steps:
        steps.get(_key(session_id))
        steps.ttl(_key(session_id))
        text, left = await steps.execute()
    data = json.loads(text) if text else None
    return Stored(data, left) if data and _allowed(data) > 0 else None


async def keep(session_id: str, data: Data) -> None:
    """Put its idle time back. Raises RedisError."""
    await redis.client().expire(_key(session_id), max(1, _allowed(data)))


async def change(session_id: str, data: Data) -> None:
    """Store other data under it; a session that ended meanwhile stays ended. Raises RedisError."""
    await redis.client().set(_key(session_id), json.dumps(data), xx=True, keepttl=True)


async def end(session_id: str, user_id: int) -> None:
    """End it for every replica. Raises RedisError."""
    async with redis.client().pipeline(transaction=True) as steps:
        steps.delete(_key(session_id))
        steps.zrem(_owner(user_id), _key(session_id))
        await steps.execute()


async def end_all(user_id: int) -> None:
    """End every session of a person: what it says of them is no longer true. Raises RedisError."""
    keys = await redis.client().zrange(_owner(user_id), 0, -1)
    await redis.client().delete(_owner(user_id), *keys)


def _allowed(data: Data) -> int:
    """Seconds that a session may live on from now."""
    return min(IDLE, int(data["started"] + ABSOLUTE - time.time()))


def _key(session_id: str) -> str:
    return f"session:{sha256(session_id.encode()).hexdigest()}"


def _owner(user_id: int) -> str:
    return f"sessions-of:{user_id}"
