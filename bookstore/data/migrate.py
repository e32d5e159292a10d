"""The schema, brought to its head by one process at a time, however many start at once."""

import asyncio
import fcntl
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tortoise import Tortoise, connections
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget

from bookstore.config import Config
from bookstore.data.db import APPS, sqlite_path, tortoise_config
from bookstore.data.failures import Unavailable

LOCK = "bookstore-migrate"
PATIENCE = 60  # seconds to wait for another process's migration


async def migrate(config: Config) -> list[str]:
    """Bring every table to its head and return the names of the migrations applied. Idempotent, forward only."""
    url = config.migrate_database_url or config.database_url
    settings = tortoise_config(config, url)
    credentials = settings["connections"]["default"]["credentials"]
    credentials.pop("init_command", None)
    if "maxsize" in credentials:
        credentials["maxsize"] = 5  # one keeps the lock, the tool wants more than one; the shop's own limit may be 1
    await Tortoise.init(config=settings, _enable_global_fallback=True)
    try:
        async with _alone(url.get_secret_value()):
            pending = await _pending(settings)
            if pending:
                with warnings.catch_warnings():  # the recorder's own table "already exists"
                    warnings.simplefilter("ignore")
                    await _executor(settings).migrate([MigrationTarget(app, "__latest__") for app in APPS])
            return pending
    finally:
        await Tortoise.close_connections()


async def is_at_head(config: Config) -> bool:
    """Whether the connected database has every migration of this release; a later release's own do no harm."""
    return not await _pending(tortoise_config(config))


async def _pending(settings: dict[str, Any]) -> list[str]:
    executor = _executor(settings)
    await executor.loader.build_graph()
    applied = set(await executor.recorder.applied_migrations())
    return sorted(f"{key.app_label}.{key.name}" for key in executor.loader.disk_migrations if key not in applied)


def _executor(settings: dict[str, Any]) -> MigrationExecutor:
    # Not the ORM's `migrate` function: it starts by closing the connection that holds our lock.
    return MigrationExecutor(connections.get("default"), settings["apps"])


@asynccontextmanager
async def _alone(url: str) -> AsyncIterator[None]:
    lock = _file_lock(Path(sqlite_path(url))) if url.startswith("sqlite") else _server_lock()
    async with lock:
        yield


@asynccontextmanager
async def _file_lock(database: Path) -> AsyncIterator[None]:
    database.parent.mkdir(parents=True, exist_ok=True)
    with database.with_name(f"{database.name}.migrating").open("w") as handle:
        await asyncio.to_thread(fcntl.flock, handle, fcntl.LOCK_EX)
        yield


@asynccontextmanager
async def _server_lock() -> AsyncIterator[None]:
    """A named lock lives on one connection, so that connection is kept aside until the end."""
    client: Any = connections.get("default")
    await client.execute_query("SELECT 1")
    connection = await client._pool.acquire()  # noqa: SLF001 - the ORM hands out no connection to keep
    try:
        async with connection.cursor() as cursor:
            await cursor.execute("SELECT GET_LOCK(%s, %s)", (LOCK, PATIENCE))
            if (await cursor.fetchone())[0] != 1:
                raise Unavailable(f"database: another migration has held its lock for {PATIENCE} s")
            yield
            await cursor.execute("SELECT RELEASE_LOCK(%s)", (LOCK,))
    finally:
        await client._pool.release(connection)  # noqa: SLF001
