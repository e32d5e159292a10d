"""The database: how a process connects, and the one way to change it."""

import asyncio
import importlib.util
import random
import ssl
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr
from tortoise import Tortoise, connections

from bookstore.config import Config
from bookstore.data import pool as _mended_pool  # noqa: F401 - what matters is that it is imported
from bookstore.data.failures import Unavailable, is_unreachable, is_worth_retrying, serves_no_writes
from bookstore.data.transaction import transaction

P = ParamSpec("P")
T = TypeVar("T")

DEADLINE = 5.0  # seconds for one unit of work with its retries: a frozen server has no read time-out of its own
TRIES = 6
_inside: ContextVar[bool] = ContextVar("inside_a_unit", default=False)

APPS = ("auth", "catalog", "orders", "data")
# Two statements, because the one-variable forms each exist on only one of MariaDB and MySQL.
INIT = "SET time_zone='+00:00', innodb_lock_wait_timeout=5; SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"
FOUND_ROWS = 2  # an UPDATE then counts the rows it matched, as SQLite does


async def connect(config: Config) -> None:
    """Make the tables' models usable in this process. Connections are opened at the first query."""
    if importlib.util.find_spec("asyncmy"):  # the ORM would silently take it in place of aiomysql
        raise RuntimeError("asyncmy is installed; BookStore's database driver is aiomysql")
    # The lifespan and the requests of a server are different tasks, so the context must be the process's own.
    await Tortoise.init(config=tortoise_config(config), _enable_global_fallback=True)


async def close() -> None:
    await Tortoise.close_connections()


def tortoise_config(config: Config, url: SecretStr | None = None) -> dict[str, Any]:
    """The ORM's own configuration; `url` names another database user, for migrations."""
    return {
        "connections": {"default": _connection(config, (url or config.database_url).get_secret_value())},
        "apps": {
            app: {
                "models": [f"bookstore.{app}.models"],
                "migrations": f"bookstore.data.migrations.{app}",
                "default_connection": "default",
            }
            for app in APPS
        },
        "use_tz": True,
        "timezone": "UTC",
    }


def _connection(config: Config, url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        pragmas = {"busy_timeout": 5000, "synchronous": "NORMAL"}
        return {"engine": "tortoise.backends.sqlite", "credentials": {"file_path": sqlite_path(url), **pragmas}}
    credentials: dict[str, Any] = {
        "host": parts.hostname,
        "port": parts.port or 3306,
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "database": parts.path.strip("/"),
        "minsize": 1,
        "maxsize": config.database_pool,
        "charset": "utf8mb4",
        "connect_timeout": 3,
        "pool_recycle": 300,
        "client_flag": FOUND_ROWS,
        "init_command": INIT,
    }
    if config.database_ca:
        credentials["ssl"] = ssl.create_default_context(cafile=str(config.database_ca))
    return {"engine": "tortoise.backends.mysql", "credentials": credentials}


def sqlite_path(url: str) -> str:
    """`sqlite:///relative` and `sqlite:////absolute`, as a path."""
    return unquote(urlsplit(url).path[1:]) or ":memory:"


async def transact(unit: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `unit` as one transaction and return what it returns; inside another unit it joins that one.

    The whole unit is run again after a deadlock and its kind, so it must do nothing outside the database, and its first
    write must be an INSERT under a unique key or a conditional UPDATE. Raises Unavailable when the database cannot be
    reached or has not answered within DEADLINE seconds: what happened then is unknown, and only the unit's key tells.
    """
    if _inside.get():
        return await unit(*args, **kwargs)
    token = _inside.set(True)
    try:
        async with asyncio.timeout(DEADLINE):
            return await _tried(unit, *args, **kwargs)
    except Exception as error:
        if isinstance(error, TimeoutError) or is_unreachable(error):
            raise Unavailable("database") from error
        raise
    finally:
        _inside.reset(token)


async def _tried(unit: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
    for last in (*[False] * (TRIES - 1), True):
        try:
            async with transaction():
                return await unit(*args, **kwargs)
        except Exception as error:
            if serves_no_writes(error):
                await _drop_pool()
            if last or not is_worth_retrying(error):
                raise
        await asyncio.sleep(random.uniform(0.001, 0.02))  # noqa: S311 - jitter, so that two losers do not meet again
    raise AssertionError("the last try returns or raises")


async def _drop_pool() -> None:
    """After a failover the old writer answers read-only for as long as its connections are kept."""
    pool = getattr(connections.get("default"), "_pool", None)
    if pool is not None:
        await pool.clear()


def is_sqlite() -> bool:
    return str(connections.get("default").capabilities.dialect) == "sqlite"
