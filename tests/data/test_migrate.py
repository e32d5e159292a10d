"""The schema comes to its head once, whoever else is bringing it there."""

import asyncio
import json
import subprocess
import sys

import pytest
from tortoise import connections
from tortoise.migrations.executor import MigrationTarget

from bookstore.catalog.models import Book
from bookstore.config import Config
from bookstore.data import db, migrate
from bookstore.data.failures import Unavailable
from tests.conftest import environment
from tests.data.rivals import rival

TEN = 10
ONE = """
import asyncio, json, bookstore.config as c, bookstore.data.migrate as m
print(json.dumps(asyncio.run(m.migrate(c.Config.from_env()))))
"""


@pytest.fixture
async def empty(one_engine, empty_database_url, tmp_path):
    """The settings of a database without a table."""
    yield Config.from_env(environment(empty_database_url, tmp_path))
    await db.close()


@pytest.mark.every_database
async def test_a_database_is_brought_to_its_head_once(empty):
    applied = await migrate.migrate(empty)
    assert {name.partition(".")[0] for name in applied} == set(db.APPS)
    assert await migrate.migrate(empty) == []
    await db.connect(empty)
    assert await migrate.is_at_head(empty)
    assert await Book.all().count() == 0


@pytest.mark.every_database
async def test_an_empty_database_is_not_at_its_head(empty):
    await db.connect(empty)
    assert not await migrate.is_at_head(empty)


@pytest.mark.every_database
async def test_a_later_releases_migration_does_no_harm(empty):
    await migrate.migrate(empty)
    await db.connect(empty)
    later = "INSERT INTO tortoise_migrations (app, name, applied_at) VALUES ('catalog', '9999_later', '2030-01-01')"
    await connections.get("default").execute_query(later)
    assert await migrate.is_at_head(empty)
    assert await migrate.migrate(empty) == []


@pytest.mark.every_database
async def test_a_release_goes_forward_with_the_rows_it_finds(empty):
    await db.connect(empty)
    executor = migrate._executor(db.tortoise_config(empty))
    await executor.migrate([MigrationTarget(app, "0001_initial") for app in db.APPS])
    rayuela = "INSERT INTO catalog_book VALUES (7, 1, 'Ana', 'Rayuela', 'Cortázar', '', 1450, 2, 'good', {})"
    rest = "NULL, 'es', 1963, NULL, 'rayuela', 'on_sale', 0"
    await connections.get("default").execute_query(rayuela.format(rest))
    assert await migrate.migrate(empty) != []
    await db.connect(empty)
    book = await Book.get(id=7)
    assert (book.title, book.stock, book.author) == ("Rayuela", 2, "Cortázar")


@pytest.mark.every_database
@pytest.mark.timeout(150)
def test_ten_processes_that_start_at_once_all_end_well(empty_database_url, tmp_path):
    env = environment(empty_database_url, tmp_path)
    crowd = [
        subprocess.Popen(
            [sys.executable, "-c", ONE], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(TEN)
    ]
    ends = [process.communicate(timeout=120) for process in crowd]
    assert [process.returncode for process in crowd] == [0] * TEN, [errors for _, errors in ends]
    applied = [json.loads(output) for output, _ in ends]
    assert sum(bool(names) for names in applied) == 1  # one did it all, nine found it done


@pytest.mark.databases("mariadb", "mysql")
async def test_one_connection_is_enough(empty):
    async with asyncio.timeout(20):
        await migrate.migrate(empty.model_copy(update={"database_pool": 1}))


@pytest.mark.databases("mariadb", "mysql")
async def test_a_migration_that_does_not_end_is_waited_for_only_so_long(empty, empty_database_url, monkeypatch):
    monkeypatch.setattr(migrate, "PATIENCE", 1)
    async with rival(empty_database_url) as (_connection, cursor):
        await cursor.execute("SELECT GET_LOCK(%s, 0)", (migrate.LOCK,))
        with pytest.raises(Unavailable, match="another migration"):
            await migrate.migrate(empty)
    assert await migrate.migrate(empty) != []
