"""Orders a second and their p99, by hand: `python -m tests.bench.orders`. Compare only rows of one run, as ratios.

Every round runs every row, one after the other, so that a busy machine is busy for all of them; a row is the median.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import aiomysql

from bookstore.config import Config
from bookstore.data import db, redis
from tests.conftest import MIGRATE, environment
from tests.races.crowd import Answer, Crowd, Person, logged_in
from tests.servers.databases import Database, mariadb, mysql
from tests.servers.redis_server import redis_server
from tests.servers.shop import Served
from tests.stock import lists

BUYERS, BESIDE, REPLICAS = 32, 20, 2
PLENTY = 1_000_000
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Row:
    """What one scenario came to in one round."""

    rate: float  # orders a second
    p99: float  # milliseconds
    cpu: float  # milliseconds of the web processes for each order
    failed: int


@dataclass
class Bench:
    """Two shops over one database: with the gate and without."""

    server: Database
    shops: dict[str, Served]
    seconds: float
    numbers: Iterator[int]

    async def distinct(self, locks: str) -> Row:
        books = [(await lists(f"Book {number}", PLENTY)).id for number in range(BUYERS)]
        return await self._measured(locks, books, [])

    async def hot(self, locks: str) -> Row:
        return await self._measured(locks, [(await lists("Hot", PLENTY)).id] * BUYERS, [])

    async def beside(self, locks: str) -> Row:
        """Buyers of other books while 200 storm one; only the others are counted."""
        others = [(await lists(f"Book {number}", PLENTY)).id for number in range(BESIDE)]
        return await self._measured(locks, others, [(await lists("Hot", PLENTY)).id] * 200)

    async def _measured(self, locks: str, books: list[int], storm: list[int]) -> Row:
        shop = self.shops[locks]
        people = await logged_in(next(self.numbers), len(books) + len(storm))
        async with Crowd(shop.urls, at_once=len(people)) as crowd:
            used, began = _cpu(shop), time.monotonic()
            loops = [self._buys(crowd, who, book, began) for who, book in zip(people, books + storm, strict=True)]
            answers = [answer for each in (await asyncio.gather(*loops))[: len(books)] for answer in each]
            took, all_answers = time.monotonic() - began, len(crowd.answers)
        return _row(answers, took, (_cpu(shop) - used) / max(1, all_answers))

    async def _buys(self, crowd: Crowd, who: Person, book: int, began: float) -> list[Answer]:
        answers = []
        while time.monotonic() - began < self.seconds:
            answers.append(await crowd.buy(who, book, who.id))
        return answers

    async def raw(self, locks: str) -> Row:
        """What the database alone can do: an UPDATE and three INSERTs in a transaction, without web, ORM or Redis."""
        url = urlsplit(self.server.url("shop"))
        login = {"host": url.hostname, "port": url.port, "user": url.username, "password": url.password, "db": "shop"}
        books = [(await lists(f"Raw {number}", PLENTY)).id for number in range(BUYERS)]
        pool = await aiomysql.create_pool(minsize=BUYERS, maxsize=BUYERS, **login)
        began = time.monotonic()
        async with pool:
            loops = await asyncio.gather(*(self._raw_loop(pool, book, began) for book in books))
        times = sorted(each for loop in loops for each in loop)
        return Row(len(times) / (time.monotonic() - began), 1000 * times[int(len(times) * 0.99)], 0, 0)

    async def _raw_loop(self, pool: aiomysql.Pool, book: int, start: float) -> list[float]:
        times = []
        async with pool.acquire() as connection, connection.cursor() as cursor:
            while (began := time.monotonic()) - start < self.seconds:
                await connection.begin()
                await cursor.execute("UPDATE catalog_book SET stock = stock - 1 WHERE id = %s AND stock >= 1", book)
                for _ in range(3):
                    move = "INSERT INTO catalog_stock_move (book_id, kind, delta, created) VALUES (%s, 'adjust', 0, 0)"
                    await cursor.execute(move, book)
                await connection.commit()
                times.append(time.monotonic() - began)
        return times


def _row(answers: list[Answer], took: float, cpu: float) -> Row:
    times = sorted(answer.ended - answer.began for answer in answers)
    failed = sum(answer.status != 303 for answer in answers)
    return Row(len(times) / took, 1000 * times[int(len(times) * 0.99)], cpu, failed)


def _cpu(shop: Served) -> float:
    """Milliseconds of processor that the web processes have used."""
    fields = [Path(f"/proc/{web.process.pid}/stat").read_text().rpartition(")")[2].split() for web in shop.webs]
    return sum(1000 * (int(each[11]) + int(each[12])) / TICKS for each in fields)


async def rounds(bench: Bench, times: int) -> None:
    rows: dict[str, tuple[Callable[[str], Awaitable[Row]], str]] = {
        "raw transaction, distinct": (bench.raw, "on"),
        "distinct books": (bench.distinct, "on"),
        "hot book, gate on": (bench.hot, "on"),
        "hot book, gate off": (bench.hot, "off"),
        "others beside a storm, on": (bench.beside, "on"),
        "others beside a storm, off": (bench.beside, "off"),
    }
    seen: dict[str, list[Row]] = {name: [] for name in rows}
    for _ in range(times):
        for name, (scenario, locks) in rows.items():
            seen[name].append(await scenario(locks))
    show(seen)


def show(seen: dict[str, list[Row]]) -> None:
    base = statistics.median(row.rate for row in seen["distinct books"])
    lines = [f"{'row':28} {'orders/s':>9} {'to distinct':>11} {'p99 ms':>8} {'web ms/order':>13} {'failed':>7}"]
    for name, found in seen.items():
        rate, p99, cpu = (statistics.median(getattr(row, field) for row in found) for field in ("rate", "p99", "cpu"))
        failed = sum(row.failed for row in found)
        lines.append(f"{name:28} {rate:9.0f} {rate / base:11.2f} {p99:8.0f} {cpu:13.2f} {failed:7}")
    sys.stdout.write("\n".join(lines) + "\n")


@contextmanager
def opened(engine: str, seconds: float) -> Iterator[tuple[Bench, Config]]:
    with ExitStack() as stack:
        server = stack.enter_context({"mariadb": mariadb, "mysql": mysql}[engine]())
        cache = stack.enter_context(redis_server())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        env = environment(server.create("shop"), folder, cache.url)
        subprocess.run([sys.executable, "-c", MIGRATE], env=env, check=True)
        shops = {}
        for locks in ("on", "off"):
            (folder / locks).mkdir()
            shops[locks] = Served(env, folder / locks)
            stack.callback(shops[locks].stop)
            shops[locks].start(webs=REPLICAS, locks=locks)
        yield Bench(server, shops, seconds, count(1000, 1000)), Config.from_env(env)


async def run(bench: Bench, config: Config, times: int) -> None:
    await db.connect(config)
    redis.connect(config)
    try:
        await rounds(bench, times)
    finally:
        await redis.close()
        await db.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=("mariadb", "mysql"), default="mariadb")
    parser.add_argument("--seconds", type=float, default=3, help="of each row in each round")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with opened(asked.engine, asked.seconds) as (bench, config):
        asyncio.run(run(bench, config, asked.rounds))


if __name__ == "__main__":
    main()
