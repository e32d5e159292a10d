"""Real servers, a fresh database and an empty Redis for whoever asks; journeys last."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path

import httpx
import pytest
from tortoise.backends.base.executor import EXECUTOR_CACHE

from tests.people import Visitor
from tests.servers.databases import Database, Missing, mariadb, mysql
from tests.servers.redis_server import RedisServer, redis_server
from tests.servers.shop import Served

ENGINES = ("sqlite", "mariadb", "mysql")
# In a process of its own: the ORM keeps one global context a process, and that one is the tests'.
MIGRATE = (
    "import asyncio, bookstore.config as c, bookstore.data.migrate as m; asyncio.run(m.migrate(c.Config.from_env()))"
)
_numbers = count(1)


def pytest_configure() -> None:
    """A run that is told to end ends its servers and folders as after Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Playwright leaves a running loop behind: async tests after a journey would fail, before it they pass."""
    items.sort(key=lambda item: "journeys" in item.path.parts)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" not in metafunc.fixturenames:
        return
    names = next((mark.args for mark in metafunc.definition.iter_markers("databases")), ("sqlite",))
    if metafunc.definition.get_closest_marker("every_database"):
        names = ENGINES
    metafunc.parametrize("engine", names, scope="session")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """`sqlite`, or what the marks `every_database` and `databases(…)` of the test name."""
    return request.param


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[Database]:
    yield from _started(mariadb)


@pytest.fixture(scope="session")
def mysql_server() -> Iterator[Database]:
    yield from _started(mysql)


@pytest.fixture(scope="session")
def redis_instance() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
def redis_url(redis_instance: RedisServer) -> str:
    """An empty Redis."""
    with redis_instance.client() as client:
        client.flushall()
    return redis_instance.url


@pytest.fixture
def empty_database_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table, of the test's own."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server, name = _server(engine, request), f"empty_{next(_numbers)}"
    yield server.create(name)
    server.drop(name)


@pytest.fixture(scope="session")
def schema_url(engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """One database an engine with the schema at head, made by the shop's own migrations."""
    folder = tmp_path_factory.mktemp(f"schema-{engine}")
    url = f"sqlite:///{folder / 'shop.db'}" if engine == "sqlite" else _server(engine, request).create("shop")
    subprocess.run([sys.executable, "-c", MIGRATE], env=environment(url, folder), check=True, timeout=50)
    return url


@pytest.fixture
def database_url(engine: str, schema_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with the schema and no row: a copied file on SQLite, emptied tables elsewhere."""
    if engine == "sqlite":
        fresh = shutil.copy(schema_url.removeprefix("sqlite:///"), tmp_path / "shop.db")
        return f"sqlite:///{fresh}"
    _server(engine, request).empty("shop")
    return schema_url


@pytest.fixture
def one_engine() -> None:
    """The ORM remembers statements by table, for the life of a process; here the next engine may be another one."""
    EXECUTOR_CACHE.clear()


@pytest.fixture
async def connected(one_engine, database_url: str, redis_url: str, tmp_path: Path):
    """This process connected to an empty database and Redis, without an app: for rules. The value is its Config."""
    from bookstore.config import Config
    from bookstore.data import db, redis

    config = Config.from_env(environment(database_url, tmp_path, redis_url))
    await db.connect(config)
    redis.connect(config)
    yield config
    await redis.close()
    await db.close()


@pytest.fixture
def changed() -> dict[str, object]:
    """Settings in which `shop` differs from the tests' own, by field name; a module or a class overrides it."""
    return {}


@pytest.fixture
async def shop(one_engine, database_url: str, redis_url: str, tmp_path: Path, changed: dict[str, object]):
    """The shop inside this process: a Quart app that serves, for `shop.test_client()`."""
    from bookstore.app import create_app
    from bookstore.config import Config

    settings = {f"BOOKSTORE_{name.upper()}": str(value) for name, value in changed.items()}
    app = create_app(Config.from_env(environment(database_url, tmp_path, redis_url) | settings))
    async with app.test_app():
        yield app


@pytest.fixture
def served(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Served]:
    """The shop as real processes: `served.start(webs=4, workers=2)`; all are ended after the test."""
    shop = Served(environment(database_url, tmp_path, redis_url), tmp_path)
    try:
        yield shop
    finally:
        shop.stop()


@pytest.fixture
async def visitor(shop):
    """Opens browsers: `await visitor("dora")` is somebody who has just come to the shop."""
    async with AsyncExitStack() as open_browsers:

        async def arrives(name: str) -> Visitor:
            browser = Visitor(name, "http://shop.test", httpx.ASGITransport(app=shop))
            return await open_browsers.enter_async_context(browser)

        yield arrives


@pytest.fixture
async def anybody(visitor) -> Visitor:
    """A visitor who is not logged in."""
    return await visitor("anybody")


@pytest.fixture
async def ana(visitor) -> Visitor:
    """She sells."""
    return await (await visitor("ana")).is_known()


@pytest.fixture
async def beto(visitor) -> Visitor:
    """He buys."""
    return await (await visitor("beto")).is_known()


@pytest.fixture
async def carla(visitor) -> Visitor:
    """A stranger: nothing of ana's or beto's is hers."""
    return await (await visitor("carla")).is_known()


def environment(database_url: str, media: Path, redis_url: str = "redis://127.0.0.1:1/0") -> dict[str, str]:
    """The process environment of one shop of the tests; nothing of the caller's own settings gets in."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BOOKSTORE_")}
    return inherited | {
        "BOOKSTORE_DATABASE_URL": database_url,
        "BOOKSTORE_REDIS_URL": redis_url,
        "BOOKSTORE_SECRET_KEY": "a secret of the tests, long enough to be one",
        "BOOKSTORE_MEDIA_DIR": str(media),
        "BOOKSTORE_RATE_LIMITS": "off",
        "BOOKSTORE_DRAIN_SECONDS": "0",
        "BOOKSTORE_PAYMENT_SECONDS": "0",
        "BOOKSTORE_PREPARING_SECONDS": "0",
        "BOOKSTORE_SHIPPING_STEP_SECONDS": "0",
    }


def _server(engine: str, request: pytest.FixtureRequest) -> Database:
    return request.getfixturevalue(f"{engine}_server")


def _started(make) -> Iterator[Database]:
    try:
        with make() as server:
            yield server
    except Missing as reason:
        pytest.skip(str(reason))
