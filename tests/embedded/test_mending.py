"""What `bookstore up` does when a part of it ends by itself."""

import asyncio
import contextlib
import os
import signal
import sqlite3

import httpx

from tests.embedded.standing import role, roles
from tests.orders.buying import pays
from tests.people import Visitor
from tests.servers.family import children
from tests.servers.process import wait_until
from tests.stock import new_key


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def test_a_killed_web_is_back_and_nobody_is_turned_away(standing):
    shop, url = standing.up()
    web = role(shop, "bookstore-web")
    os.kill(web, signal.SIGKILL)
    assert httpx.get(url, timeout=10).status_code == 200  # it waited in line
    assert role(shop, "bookstore-web") != web
    assert "bookstore: web ended (signal 9) and is started again in 0.1 s" in shop.output


async def test_a_killed_valkey_comes_back_with_what_it_knew(standing):
    shop, url = standing.up()
    async with Visitor("ana", url) as ana:
        await ana.registers()
        os.kill(role(shop, "valkey-server"), signal.SIGKILL)
        wait_until(lambda: httpx.get(f"{url}/readyz").json()["redis"] == "ok", 10, "Redis again")
        assert (await ana.get("/orders")).status == 200


def test_killed_workers_are_started_again(standing):
    shop, _url = standing.up()
    for name in ("bookstore-queue", "bookstore-clock"):
        first = role(shop, name)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda name=name, first=first: roles(shop).get(name, first) != first, 10, f"another {name}")


def test_three_quick_ends_of_one_part_stop_it_all(standing):
    shop, _url = standing.up()
    for _ in range(3):
        os.kill(role(shop, "bookstore-web"), signal.SIGKILL)
        wait_until(lambda: "bookstore-web" not in roles(shop), 5, "its end")
    assert shop.popen.wait(10) == 1
    assert "Error: web ended 3 times (signal 9)" in shop.output
    assert standing.left() == set()


def test_a_part_that_cannot_start_is_told_by_its_own_last_line(standing):
    shop, _url = standing.up()
    assert shop.stop() == 0
    [increments] = (standing.place / "var/redis/appendonlydir").glob("*.incr.aof")
    increments.write_bytes(b"this is no log of commands\n" * 3)
    broken = standing.start("--port", 0)
    assert broken.popen.wait(20) == 1
    assert "Error: valkey ended 3 times (exit code 1); its last line: " in broken.output
    assert "append only file" in broken.output.splitlines()[-1]
    assert standing.left() == set()


async def test_valkey_killed_under_a_payment_charges_once_all_the_same(standing):
    shop, url = standing.up(payment_seconds="2", preparing_seconds="600")
    async with Visitor("ana", url) as ana, Visitor("beto", url) as beto:
        await ana.registers()
        order = await _ordered(await beto.registers(), await ana.publishes())
        await asyncio.to_thread(wait_until, lambda: children(role(shop, "bookstore-queue")), 10, "a job in hand")
        os.kill(role(shop, "valkey-server"), signal.SIGKILL)
        await asyncio.to_thread(wait_until, lambda: _rows(standing, "orders_capture") == 1, 20, "the charge")
        await asyncio.to_thread(wait_until, lambda: "bookstore-queue" in roles(shop), 10, "a queue's worker")
        async with asyncio.timeout(20):
            while 'data-status="paid"' not in (await beto.get(order)).text:  # noqa: ASYNC110 - as her browser does
                await asyncio.sleep(0.2)
    assert _rows(standing, "orders_capture") == 1


async def _ordered(buyer: Visitor, book: int) -> str:
    """Bought and paid for by the forms; the charge is the workers'. Returns the order's address."""
    answer = await buyer.post("/orders", {"order_id": new_key(), "book_id": book, "quantity": 1})
    assert answer.status == 303
    assert (await pays(buyer, answer.location)).status == 303
    return answer.location


def _rows(standing, table: str) -> int:
    with contextlib.closing(sqlite3.connect(standing.place / "var/bookstore.db")) as database:
        return database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
