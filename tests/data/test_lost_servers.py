"""A server that freezes, ends or loses our answer: said within seconds, and the pool is whole afterwards."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from tortoise.exceptions import IntegrityError

from bookstore.config import Config
from bookstore.data import clock, db
from bookstore.data.failures import Unavailable
from bookstore.data.models import InboxKey
from tests.conftest import MIGRATE, environment
from tests.data.pool import taken
from tests.servers.databases import Missing, mariadb
from tests.servers.process import DIE_WITH_PARENT, Process, free_port
from tests.servers.wire import wire_to

SHORT = 0.5  # seconds, in place of the 5 that a unit has
CROWD = 12
SLACK = 1.0  # seconds that a busy machine may add


@contextmanager
def own_mariadb():
    """A MariaDB that a test may stop."""
    try:
        with mariadb() as server, TemporaryDirectory() as folder:
            env = environment(server.create("shop"), Path(folder))
            subprocess.run([sys.executable, "-c", MIGRATE], env=env, check=True, timeout=50)
            yield server
    except Missing as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def own_server():
    with own_mariadb() as server:
        yield server


@pytest.fixture
async def on_it(own_server, one_engine, tmp_path):
    """Connected to it, empty."""
    own_server.empty("shop")
    await db.connect(Config.from_env(environment(own_server.url("shop"), tmp_path)))
    yield own_server
    await db.close()


@contextmanager
def frozen(server):
    os.kill(server.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server.process.pid, signal.SIGCONT)


async def write(key: str) -> None:
    await InboxKey.create(key=key, applied=clock.utcnow())


async def crowd() -> list[BaseException | None]:
    """More units at once than the pool has connections."""
    return await asyncio.gather(*(db.transact(write, str(number)) for number in range(CROWD)), return_exceptions=True)


@pytest.mark.parametrize("warm", [True, False])
async def test_fault_f08_a_frozen_server_is_given_up_and_nothing_leaks(on_it, monkeypatch, warm):
    monkeypatch.setattr(db, "DEADLINE", SHORT)
    if warm:
        await db.transact(write, "before")
    with frozen(on_it):
        began = time.monotonic()
        assert {type(result) for result in await crowd()} == {Unavailable}
        assert time.monotonic() - began < SHORT + SLACK
    monkeypatch.undo()
    assert taken() == 0
    assert await crowd() == [None] * CROWD


async def test_fault_f08_a_unit_frozen_in_the_middle_is_undone(on_it, monkeypatch):
    monkeypatch.setattr(db, "DEADLINE", SHORT)

    async def unit() -> None:
        await write("first")
        with frozen(on_it):
            await write("second")

    with pytest.raises(Unavailable):
        await db.transact(unit)
    monkeypatch.undo()
    assert taken() == 0
    await db.transact(write, "first")  # its lock is free, its row was not written
    assert await InboxKey.all().values_list("key", flat=True) == ["first"]


async def test_a_unit_has_five_seconds(on_it):
    await db.transact(write, "before")
    with frozen(on_it):
        began = time.monotonic()
        with pytest.raises(Unavailable):
            await db.transact(write, "after")
        assert 4.9 < time.monotonic() - began < 5 + SLACK


async def test_nobody_listening_is_told_at_once(tmp_path):
    await db.connect(Config.from_env(environment(f"mysql://u:p@127.0.0.1:{free_port()}/shop", tmp_path)))
    began = time.monotonic()
    with pytest.raises(Unavailable, match="database"):
        await db.transact(write, "key")
    assert time.monotonic() - began < SLACK
    await db.close()


async def test_fault_f07_a_server_killed_and_started_again_needs_no_restart_of_ours(tmp_path, one_engine):
    with own_mariadb() as server:
        await db.connect(Config.from_env(environment(server.url("shop"), tmp_path)))
        assert await crowd() == [None] * CROWD
        server.process.kill()
        began = time.monotonic()
        assert [type(error) for error in await crowd()] == [Unavailable] * CROWD
        assert time.monotonic() - began < SLACK
        again = Process(server.process.popen.args[len(DIE_WITH_PARENT) :], tmp_path / "again.log")
        try:
            again.ready(server.answers, seconds=30)
            await db.transact(write, "after")
            assert await InboxKey.all().count() == CROWD + 1  # what was confirmed is there
            await db.close()
        finally:
            again.stop()


async def on_the_wire(wire, tmp_path):
    url = f"mysql://bookstore:segredo@127.0.0.1:{wire.port}/shop"
    await db.connect(Config.from_env(environment(url, tmp_path)))
    await write("before")


async def test_fault_f11_a_lost_answer_to_commit_is_unknown_and_the_key_tells(on_it, tmp_path):
    async with wire_to(on_it.port) as wire:
        await on_the_wire(wire, tmp_path)
        wire.cut_after(b"COMMIT")
        with pytest.raises(Unavailable):
            await db.transact(write, "key")
        assert (wire.cuts, taken()) == (1, 0)
        with pytest.raises(IntegrityError):  # it had happened
            await db.transact(write, "key")
        await db.close()


async def test_a_commit_that_the_server_never_heard_did_not_happen(on_it, tmp_path):
    async with wire_to(on_it.port) as wire:
        await on_the_wire(wire, tmp_path)
        wire.cut_before(b"COMMIT")
        with pytest.raises(Unavailable):
            await db.transact(write, "key")
        assert (wire.cuts, taken()) == (1, 0)
        await db.transact(write, "key")
        await db.close()


async def test_a_transaction_that_cannot_begin_leaks_no_connection(on_it, tmp_path):
    async with wire_to(on_it.port) as wire:
        await on_the_wire(wire, tmp_path)
        for number in range(8):  # more than the pool has
            wire.cut_before(b"BEGIN")
            with pytest.raises(Unavailable):
                await db.transact(write, str(number))
        assert (wire.cuts, taken()) == (8, 0)
        await db.transact(write, "key")
        await db.close()
