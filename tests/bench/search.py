"""How long the catalogue and the search take with a file of books: `python -m tests.bench.search FILE.csv [ENGINE]`.

Run by hand, from the project's folder. It starts a database of its own (mariadb, mysql or sqlite), a Redis and one web
process, imports the file, and prints for each kind of page the median and the 95th percentile of its time in the rule
alone and over HTTP, one request after the other, by an anonymous reader.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx

from bookstore.catalog import criteria, search
from bookstore.catalog.importing import import_csv
from bookstore.config import Config
from bookstore.data import db, migrate
from tests.conftest import environment
from tests.servers.databases import mariadb, mysql
from tests.servers.redis_server import redis_server
from tests.servers.shop import Served

ROUNDS = 200
PAGES = {
    "the catalogue": "/books",
    "its 100th page": "/books?after=7600",
    "the cheapest first": "/books?sort=cheapest",
    "filters": "/books?condition=good&language=en&max_price=12&in_stock=1",
    "an author": "/books?q=garcia+marquez",
    "a common word": "/books?q=love",
    "a common word, cheapest": "/books?q=love&sort=cheapest",
    "a stop word": "/books?q=the",
    "a short word": "/books?q=it",
    "an ISBN": "/books?q=978-0-439-02348-1",
    "a word that is nowhere": "/books?q=zyzzyva",
    "a book": "/books/5000",
    "the entrance": "/",
}


def main(file: Path, engine: str) -> None:
    with ExitStack() as running, tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/shop.db"
        if engine != "sqlite":
            url = running.enter_context({"mariadb": mariadb, "mysql": mysql}[engine]()).create("bench")
        named = environment(url, Path(folder), running.enter_context(redis_server()).url)
        asyncio.run(rules(Config.from_env(named), file, Path(folder) / "errors.csv"))
        shop = Served(named, Path(folder))
        try:
            asyncio.run(pages(shop.start(webs=1).url))
        finally:
            shop.stop()


async def rules(config: Config, file: Path, errors: Path) -> None:
    await migrate.migrate(config)
    await db.connect(config)
    try:
        began = time.monotonic()
        report = await import_csv(file, 1, "Ana", errors_path=errors)
        print(f"{report.listed} of {report.read} rows listed in {time.monotonic() - began:.1f} s")  # noqa: T201
        for name, path in PAGES.items():
            if path.startswith("/books?") or path == "/books":
                wanted = criteria.read(parse_qs(urlsplit(path).query))
                await measure(f"rule: {name}", lambda wanted=wanted: search.find(wanted))
    finally:
        await db.close()


async def pages(url: str) -> None:
    async with httpx.AsyncClient(base_url=url) as reader:
        for name, path in PAGES.items():
            await measure(f"page: {name}", lambda path=path: reader.get(path))


async def measure(name: str, ask: Callable[[], Awaitable[object]]) -> None:
    times = []
    for _ in range(ROUNDS + 5):
        began = time.perf_counter()
        await ask()
        times.append(1000 * (time.perf_counter() - began))
    times = times[5:]
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{name:32} p50 {statistics.median(times):6.1f} ms   p95 {p95:6.1f} ms")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "mariadb")
