"""The system's Chromium for Playwright, and shops to walk into; no browser is downloaded."""

import os
import shutil

import pytest

from tests.journeys.backstage import Backstage
from tests.journeys.opening import opened
from tests.journeys.reader import Reader, window
from tests.servers.redis_server import redis_server

QUIET = (
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-gpu",
    "--disable-dev-shm-usage",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first journey of a shop waits for its database, its schema and its processes as well."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.timeout(120))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("no Chromium here (`make test` tries to install it)")
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox refuses to run as root
    return browser_type_launch_args | {"executable_path": chromium, "args": [*QUIET, *as_root]}


@pytest.fixture(scope="session")
def redis_of():
    """Gives out the address of an empty Redis for each shop."""
    with redis_server() as server:
        yield lambda number: server.url.removesuffix("0") + str(number)


@pytest.fixture(scope="session")
def town(mariadb_server, redis_of, tmp_path_factory):
    """One shop on MariaDB for all journeys: its people and books are each journey's own."""
    with opened(mariadb_server.create("journeys"), redis_of(0), tmp_path_factory.mktemp("town")) as shop:
        yield shop


@pytest.fixture(scope="session")
def on_mysql(mysql_server, redis_of, tmp_path_factory):
    with opened(mysql_server.create("journeys"), redis_of(1), tmp_path_factory.mktemp("mysql")) as shop:
        yield shop


@pytest.fixture(scope="session")
def calm(mariadb_server, redis_of, tmp_path_factory):
    """A shop whose couriers take their time, so that its orders stay as they are."""
    pace = {"preparing_seconds": 600, "shipping_step_seconds": 600}
    with opened(mariadb_server.create("calm"), redis_of(2), tmp_path_factory.mktemp("calm"), **pace) as shop:
        yield shop


@pytest.fixture(scope="session")
def still(redis_of, tmp_path_factory):
    """A shop without a worker, on SQLite: nothing in it moves."""
    folder = tmp_path_factory.mktemp("still")
    with opened(f"sqlite:///{folder / 'shop.db'}", redis_of(3), folder, workers=0) as shop:
        yield shop


@pytest.fixture(scope="session")
def hasty(town) -> str:
    """A door of the town where books are set aside for three seconds."""
    return town.other_door(hold_minutes=0.05)


@pytest.fixture
def backstage(town) -> Backstage:
    return town.backstage


@pytest.fixture
def comes(new_context, request):
    """Opens browsers: `comes("ana", language="en", width=390)`. What went wrong in any of them fails the test."""
    readers = []

    def arrive(name: str, language: str = "es", scripts: bool = True, url: str = "", **more: object) -> Reader:
        url = url or request.getfixturevalue("town").url
        context = new_context(**window(language, scripts=scripts, **more))
        readers.append(Reader(context, url, name, language, scripts))
        return readers[-1]

    yield arrive
    assert not [problem for reader in readers for problem in reader.watch.problems]
