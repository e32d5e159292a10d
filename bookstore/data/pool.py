"""The driver's pool, mended: nobody in it waits for ever, however the server went away.

aiomysql wakes a waiter only when a usable connection returns. After a server froze or failed over, all return closed,
and the waiters would sleep on beside an empty pool. And it limits how long a socket may take to open but not what
follows, while whoever connects keeps everybody else out of the pool.
"""

import asyncio
from typing import Any

import aiomysql.pool
from aiomysql.pool import Pool
from pymysql.constants.CR import CR_CONN_HOST_ERROR
from pymysql.err import OperationalError

CONNECTING = 4.0  # seconds, from the first packet until the session is set up; a unit of work has 5

_release = Pool.release
_connect = aiomysql.pool.connect
_tellers: set["asyncio.Task[None]"] = set()  # a task that nobody holds may be collected before it ran


def _release_and_tell(self: Any, connection: Any) -> Any:  # noqa: ANN401 - the driver has no types
    done = _release(self, connection)
    if connection.closed:  # not awaited: whoever is connecting keeps the waiters' lock
        _tellers.add(teller := asyncio.ensure_future(_wake_all(self)))
        teller.add_done_callback(_tellers.discard)
    return done


async def _wake_all(pool: Any) -> None:  # noqa: ANN401
    # All of them: one that then fails to connect would wake no other.
    async with pool._cond:  # noqa: SLF001 - see the module's text
        pool._cond.notify_all()  # noqa: SLF001


async def _connect_in_time(**where: Any) -> Any:  # noqa: ANN401
    try:
        async with asyncio.timeout(CONNECTING):
            return await _connect(**where)
    except TimeoutError as late:
        raise OperationalError(CR_CONN_HOST_ERROR, f"no session within {CONNECTING} s") from late


Pool.release = _release_and_tell
aiomysql.pool.connect = _connect_in_time
