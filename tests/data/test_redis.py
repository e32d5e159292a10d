"""Redis down or frozen costs half a second, not a request."""

import os
import signal
import time
from contextlib import contextmanager

import pytest
from redis.exceptions import RedisError

from bookstore.config import Config
from bookstore.data import redis
from tests.conftest import environment
from tests.servers.process import free_port
from tests.servers.redis_server import redis_server

SLACK = 0.4  # seconds that a busy machine may add


@pytest.fixture(scope="module")
def own_redis():
    """A Redis that this module may stop."""
    with redis_server() as server:
        yield server


async def connect(url: str, tmp_path) -> None:
    redis.connect(Config.from_env(environment("sqlite:///unused.db", tmp_path, url)))


@pytest.fixture
async def on_it(own_redis, tmp_path):
    await connect(own_redis.url, tmp_path)
    yield own_redis
    await redis.close()


@contextmanager
def frozen(server):
    os.kill(server.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server.process.pid, signal.SIGCONT)


@pytest.mark.parametrize("warm", [True, False])
@pytest.mark.parametrize("seconds", [redis.TIMEOUT, 0.25])
async def test_fault_f05_a_frozen_redis_is_an_error_in_time(on_it, warm, seconds):
    if warm:
        await redis.client(seconds).set("key", "value")
    with frozen(on_it):
        began = time.monotonic()
        with pytest.raises(RedisError):
            await redis.client(seconds).get("key")
        assert seconds <= time.monotonic() - began < seconds + SLACK
    await redis.client(seconds).set("key", "after")
    assert await redis.client(seconds).get("key") == "after"  # and no late answer to an earlier question


async def test_nobody_listening_is_an_error_at_once(tmp_path):
    await connect(f"redis://127.0.0.1:{free_port()}/0", tmp_path)
    began = time.monotonic()
    with pytest.raises(RedisError):
        await redis.client().get("key")
    assert time.monotonic() - began < SLACK
    await redis.close()


async def test_a_client_is_made_once_and_again_after_the_end(on_it):
    first = redis.client()
    assert redis.client() is first
    await redis.close()
    assert redis.client() is not first
    assert await redis.client().ping()
