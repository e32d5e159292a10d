"""Somebody else at the same database."""

from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import aiomysql


@asynccontextmanager
async def rival(url: str):
    """Somebody else's transaction, on a connection that is not ours."""
    server = urlsplit(url)
    login = {"host": server.hostname, "port": server.port, "user": server.username, "password": server.password}
    async with aiomysql.connect(db=server.path[1:], **login) as connection, connection.cursor() as cursor:
        await cursor.execute("SET innodb_lock_wait_timeout = 20")
        yield connection, cursor
