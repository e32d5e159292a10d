"""One transaction on either engine, entered and left without leaking a connection or a lock.

The ORM's own contexts keep the pooled connection (or SQLite's lock) for ever when BEGIN fails or is cancelled, and
start SQLite transactions as readers, which two processes then cannot both turn into writers.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pymysql.err
from tortoise.backends.sqlite.client import SqliteTransactionWrapper
from tortoise.connection import get_connections
from tortoise.exceptions import TransactionManagementError
from tortoise.transactions import in_transaction

_undoing: set["asyncio.Task[None]"] = set()  # a task that nobody holds may be collected before it ran


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """Commit on a clean exit, roll back on an exception."""
    context = in_transaction()
    try:
        await context.__aenter__()
    except BaseException:
        await _undo(context)
        raise
    try:
        yield
    except BaseException as error:
        await _leave(context, error)
        raise
    await context.__aexit__(None, None, None)


async def _leave(context: Any, error: BaseException) -> None:  # noqa: ANN401 - two unrelated context classes
    # A rollback over a connection that is gone fails in its turn; the first error is the one to tell.
    with suppress(pymysql.err.Error, TransactionManagementError, sqlite3.Error, ConnectionError, RuntimeError):
        await context.__aexit__(type(error), error, error.__traceback__)


async def _undo(context: Any) -> None:  # noqa: ANN401
    entered = getattr(context, "token", None)
    if entered is not None:
        get_connections().reset(entered)
    if (lock := getattr(context, "_trxlock", None)) is not None:
        if entered is not None:  # before that the lock was another's
            _roll_back_later(context.connection._connection)  # noqa: SLF001 - see the module's text
            lock.release()
    elif (connection := getattr(context.client, "_connection", None)) is not None:
        connection.close()
        await context.client._parent._pool.release(connection)  # noqa: SLF001 - see the module's text


def _roll_back_later(connection: Any) -> None:  # noqa: ANN401
    # A BEGIN that was given up goes on waiting in SQLite's thread and takes the file's lock when it comes free. That
    # thread does one thing after the other, so this comes next; nobody needs to wait for it.
    _undoing.add(task := asyncio.ensure_future(_roll_back(connection)))
    task.add_done_callback(_undoing.discard)


async def _roll_back(connection: Any) -> None:  # noqa: ANN401
    with suppress(sqlite3.Error, ValueError):  # closed meanwhile, which is a rollback too
        await connection.rollback()


async def _begin_immediate(self: Any) -> None:  # noqa: ANN401
    try:
        await self._connection.commit()
        await self._connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise TransactionManagementError(str(error)) from error


SqliteTransactionWrapper.begin = _begin_immediate  # type: ignore[method-assign]
