"""`bookstore web`: one process, one server, and an end that loses no request."""

import asyncio
import contextlib
import ctypes
import logging
import signal
import socket

from hypercorn.asyncio import serve
from hypercorn.config import Config as ServerConfig
from quart import Quart

from bookstore import logs
from bookstore.app import create_app
from bookstore.config import Config
from bookstore.data import db, redis
from bookstore.supervision.listening import BACKLOG
from bookstore.web import health

GRACE = 25  # seconds that requests under way have for their end
EMBEDDED_GRACE = 5  # `bookstore up` promises to stop within 10
KEEP_ALIVE = 75  # seconds: longer than the balancers' own 60, so that they never write into a closing connection
M_MMAP_THRESHOLD = -3  # malloc.h


def run(config: Config, listener: socket.socket) -> None:
    """Serve on a bound socket until SIGTERM or Ctrl-C, then let every request under way finish."""
    logs.configure("web")
    keep_memory_small()
    asyncio.run(_serve(create_app(config), config, listener))


def keep_memory_small() -> None:
    """Give large blocks (19 MiB for each password that is hashed) back to the system when they are freed.

    What MALLOC_MMAP_THRESHOLD_ does for a process that is told in time; 60 registrations leave half the memory behind.
    """
    with contextlib.suppress(AttributeError):  # glibc only
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, 1_000_000)


async def _serve(app: Quart, config: Config, listener: socket.socket) -> None:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)

    async def drained() -> None:
        await told.wait()
        health.start_draining(app)
        await asyncio.sleep(config.drain_seconds)

    try:
        await serve(app, _server_config(config, listener), shutdown_trigger=drained)
    finally:  # a start that failed half-way would leave the database's thread, and so the process, hanging
        await redis.close()
        await db.close()


def _server_config(config: Config, listener: socket.socket) -> ServerConfig:
    server = ServerConfig()
    server.bind = [f"fd://{listener.detach()}"]
    server.graceful_timeout = EMBEDDED_GRACE if config.embedded else GRACE
    server.keep_alive_timeout = KEEP_ALIVE
    server.backlog = BACKLOG
    server.errorlog = logging.getLogger("hypercorn.error")
    server.include_server_header = False
    return server
