"""How often somebody may try: counted in Redis for all replicas together.

An address may be a classroom behind one router, so its own limits are wide; what is narrow is one account from one
address. Nobody can lock another person out: from elsewhere the account's owner still gets in.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address, ip_network
from typing import Any, TypeVar

import structlog
from quart import request
from redis.exceptions import RedisError
from werkzeug.exceptions import TooManyRequests

from bookstore.data import redis
from bookstore.web.session import current_user
from bookstore.web.settings import settings

View = TypeVar("View", bound=Callable[..., Any])
log = structlog.get_logger("limits")


@dataclass(frozen=True)
class Limit:
    """At most `times` in `seconds`, for each answer of `who`; where `vital`, no answer from Redis is no permission."""

    name: str
    times: int
    seconds: int
    who: Callable[[], Awaitable[str]]
    vital: bool = True

    async def key(self) -> str:
        return f"limit:{self.name}:{await self.who()}"


def client_address() -> str:
    """As the outermost trusted proxy saw it."""
    return str((request.scope.get("client") or ("",))[0])


async def by_address() -> str:
    """The client's address; of IPv6 its network, which is one customer's."""
    client = client_address()
    try:
        address = ip_address(client)
    except ValueError:
        return sha256(client.encode()).hexdigest()[:32]
    return str(address if address.version == 4 else ip_network((address, 64), strict=False))  # noqa: PLR2004


async def by_account() -> str:
    """The client's address and the e-mail that it tries."""
    email = (await request.form).get("email", "").strip().lower()
    return f"{await by_address()}:{account_hash(email)}"


def account_hash(email: str) -> str:
    """What stands for an e-mail where it should not be read: people type passwords into the wrong field."""
    return sha256(email.encode()).hexdigest()[:32]


async def by_person() -> str:
    person = current_user()
    return str(person.id) if person else await by_address()


PASSWORD = Limit("password", 10, 300, by_account)
LOGIN = Limit("login", 300, 300, by_address)
REGISTER = Limit("register", 100, 600, by_address)
BUY = Limit("buy", 30, 60, by_person)
SEARCH = Limit("search", 1200, 60, by_address, vital=False)


def limited(*limits: Limit) -> Callable[[View], View]:
    """Count every request to the view; `guard.admit` answers 429 above a limit."""

    def mark(view: View) -> View:
        view.__dict__["limits"] = limits
        return view

    return mark


async def check(limits: tuple[Limit, ...], *, count: bool) -> None:
    """Count this request and raise TooManyRequests above a limit; without `count` only look. Raises RedisError."""
    for limit in limits if settings().rate_limits else ():
        try:
            times, left = await _counted(limit, await limit.key(), 1 if count else 0)
        except (RedisError, OSError, TimeoutError) as error:
            if limit.vital:
                raise
            log.warning("limit not counted", limit=limit.name, error=repr(error))
            continue
        if times > limit.times - (0 if count else 1):
            log.warning("limit reached", limit=limit.name)
            raise TooManyRequests(retry_after=max(1, left))


async def forgive(limit: Limit) -> None:
    """Start this client's count again. Raises RedisError."""
    if settings().rate_limits:
        await redis.client().delete(await limit.key())


async def _counted(limit: Limit, key: str, times: int) -> tuple[int, int]:
    async with redis.client().pipeline(transaction=True) as steps:
        steps.set(key, 0, ex=limit.seconds, nx=True)
        steps.incrby(key, times)
        steps.ttl(key)
        _, counted, left = await steps.execute()
    return int(counted), int(left)
