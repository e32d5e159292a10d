"""The queue in front of a much wanted book: short, bounded, and never in the way."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import pytest

from bookstore.config import Config
from bookstore.data import gate as gates
from bookstore.data import redis
from bookstore.data.gate import gate
from tests.conftest import environment
from tests.data.pool import turns_until
from tests.servers.process import free_port
from tests.servers.redis_server import redis_server

SLACK = 0.3  # seconds that a busy machine may add

# Thirty buyers of one book in a process; Redis counts who is inside, over all processes.
STORM = """
import asyncio, bookstore.config as c, bookstore.data.redis as r, bookstore.data.gate as g
g.PATIENCE = 30
async def buyer():
    async with g.gate([1]):
        inside = await r.client().incr("inside")
        await r.client().zadd("crowds", {str(inside): inside})
        await asyncio.sleep(0.005)
        await r.client().decr("inside")
async def storm():
    r.connect(c.Config.from_env())
    await r.client().incr("ready")
    while int(await r.client().get("ready")) < 3:
        await asyncio.sleep(0.01)
    await asyncio.gather(*(buyer() for _ in range(30)))
    await r.close()
asyncio.run(storm())
"""


@pytest.fixture
async def connected_redis(redis_url, tmp_path):
    await connect(redis_url, tmp_path)
    yield redis.client()
    await redis.close()


@pytest.fixture(autouse=True)
def nothing_is_left():
    """A process that has sold a million books must not remember them."""
    yield
    assert (gates._waiting, gates._local) == ({}, {})


async def connect(url: str, tmp_path) -> None:
    redis.connect(Config.from_env(environment("sqlite:///unused.db", tmp_path, url)))


class Crowd:
    """Counts who is inside at the same time."""

    def __init__(self) -> None:
        self.inside = self.most = self.served = 0

    async def buy(self, *book_ids: int) -> None:
        async with gate(book_ids):
            self.inside += 1
            self.most = max(self.most, self.inside)
            await asyncio.sleep(0.002)
            self.inside -= 1
        self.served += 1


async def test_two_buyers_of_a_book_at_a_time_in_one_process(connected_redis):
    crowd = Crowd()
    await asyncio.gather(*(crowd.buy(1) for _ in range(20)))
    assert (crowd.most, crowd.served) == (2, 20)


async def test_buyers_of_other_books_do_not_wait(connected_redis):
    crowd = Crowd()
    await asyncio.gather(*(crowd.buy(number) for number in range(10)))
    assert crowd.most > gates.PER_PROCESS


def test_four_buyers_of_a_book_at_a_time_in_three_processes(redis_url, redis_instance, tmp_path):
    env = environment("sqlite:///unused.db", tmp_path, redis_url)
    storms = [subprocess.Popen([sys.executable, "-c", STORM], env=env) for _ in range(3)]
    assert [storm.wait(50) for storm in storms] == [0, 0, 0]
    with redis_instance.client() as client:
        most = client.zrange("crowds", -1, -1, withscores=True)
        assert 2 < most[0][1] <= gates.TOKENS  # more than one process's share: they did meet


async def test_a_cart_of_several_books_takes_no_token(connected_redis):
    async with gate([1, 2]):
        assert await connected_redis.keys() == []


async def test_carts_that_cross_all_get_through(connected_redis):
    crowd = Crowd()
    await asyncio.gather(*(crowd.buy(*books) for books in [(1, 2), (2, 3), (1, 3), (1, 2, 3)] * 5))
    assert crowd.served == 20


async def test_a_token_ends_by_itself_and_is_given_back_at_once(connected_redis):
    async with gate([1]):
        assert 0 < await connected_redis.pttl("gate:1") <= gates.LEASE
        assert await connected_redis.zcard("gate:1") == 1
    assert await connected_redis.exists("gate:1") == 0


async def test_a_buyer_who_fails_gives_the_token_back(connected_redis):
    with suppress(ZeroDivisionError):
        async with gate([1]):
            raise ZeroDivisionError
    assert await connected_redis.exists("gate:1") == 0


async def test_the_token_of_a_process_that_died_is_free_again(connected_redis, monkeypatch):
    monkeypatch.setattr(gates, "PATIENCE", 5)
    monkeypatch.setattr(gates, "LEASE", 100)
    for dead in "abcd":
        assert await gates._take("gate:1", dead)
    async with gate([1]):
        tokens = set(await connected_redis.zrange("gate:1", 0, -1))
        assert len(tokens - set("abcd")) == 1
        assert len(tokens) <= gates.TOKENS


async def test_waiting_for_a_token_is_bounded(connected_redis):
    for other in "abcd":
        assert await gates._take("gate:1", other)
    began = time.monotonic()
    async with gate([1]):
        assert gates.PATIENCE <= time.monotonic() - began < gates.PATIENCE + SLACK
        assert await connected_redis.zcard("gate:1") == gates.TOKENS
    assert await connected_redis.zcard("gate:1") == gates.TOKENS  # nobody else's was given back


async def test_a_buyer_who_gives_up_waiting_leaves_no_trace(connected_redis):
    crowd, entered = Crowd(), []

    async def slow() -> None:
        async with gate([1]):
            entered.append(1)
            await asyncio.Event().wait()

    inside = [asyncio.create_task(slow()) for _ in range(gates.PER_PROCESS)]
    await turns_until(lambda: len(entered) == gates.PER_PROCESS)
    waiting = [asyncio.create_task(crowd.buy(1)) for _ in range(5)]
    await turns_until(lambda: gates._waiting[1] == 7)
    for task in [*waiting, *inside]:
        task.cancel()
    await asyncio.gather(*waiting, *inside, return_exceptions=True)
    await crowd.buy(1)
    assert crowd.served == 1


async def test_fault_f04_with_redis_down_buyers_go_on(tmp_path):
    await connect(f"redis://127.0.0.1:{free_port()}/0", tmp_path)
    crowd = Crowd()
    await asyncio.gather(*(crowd.buy(1) for _ in range(6)))
    assert (crowd.most, crowd.served) == (2, 6)
    await redis.close()


@pytest.mark.parametrize("moment", ["before", "inside"])
async def test_fault_f05_with_redis_frozen_a_buyer_waits_a_quarter_of_a_second(tmp_path, moment):
    with redis_server() as server:
        await connect(server.url, tmp_path)
        await redis.client(gates.PATIENCE).ping()
        began = time.monotonic()
        if moment == "before":
            os.kill(server.process.pid, signal.SIGSTOP)
        async with gate([1]):
            os.kill(server.process.pid, signal.SIGSTOP)
        assert time.monotonic() - began < gates.PATIENCE + SLACK
        os.kill(server.process.pid, signal.SIGCONT)
        await redis.close()


async def test_only_who_waits_behind_others_steps_aside(connected_redis):
    aside = []

    @contextmanager
    def stepping_aside():
        aside.append("out")
        yield
        aside.append("back")

    async def buy() -> None:
        async with gate([1], stepping_aside):
            await asyncio.sleep(0)

    await asyncio.gather(*(buy() for _ in range(gates.PER_PROCESS)))
    assert aside == []
    await asyncio.gather(*(buy() for _ in range(gates.PER_PROCESS + 3)))
    assert sorted(aside) == ["back"] * 3 + ["out"] * 3
