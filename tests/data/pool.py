"""What a test asks of the driver's pool of connections."""

import asyncio
from typing import Any

from tortoise import connections


def pool() -> Any:
    return connections.get("default")._pool


def taken() -> int:
    """How many connections somebody has, or is making; when every unit has ended it must be none."""
    return pool().size - pool().freesize if pool() else 0


def waiting() -> int:
    """How many wait for one."""
    return len(pool()._cond._waiters)


async def turns_until(condition, pause: float = 0) -> None:
    """Let the loop turn until it is so; the test's own time limit ends it."""
    while not condition():  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(pause)
