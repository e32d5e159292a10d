"""The same message brought five times at once, by five processes: its effect is written once."""

import asyncio
import json
import subprocess
import sys

import pytest

from bookstore.data.models import OutboxMessage
from bookstore.orders import cancelling
from bookstore.orders.models import Capture, ProviderCharge, ProviderRefund, Refund
from tests.conftest import environment
from tests.orders.desk import Desk, status_of
from tests.races.invariants import violations
from tests.stock import ledger_of, lists, stock_of

pytestmark = [pytest.mark.databases("mariadb", "mysql"), pytest.mark.timeout(120)]
TIMES = 5
# What RQ would call, once every process is ready for it.
DELIVERY = """
import asyncio, json, sys
from workers import jobs
job, message, body = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
asyncio.run(getattr(jobs, job)(int(message), json.loads(body), "request"))
"""


async def delivered(topic: str, job: str, env: dict[str, str]) -> str:
    """Let five processes run the message's job in the same moment; returns what they logged."""
    message = await OutboxMessage.filter(topic=topic).order_by("-id").first()
    body = json.dumps(message.body)
    return await asyncio.to_thread(_run, [sys.executable, "-c", DELIVERY, job, str(message.id), body], env)


def _run(command: list[str], env: dict[str, str]) -> str:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    crowd = [subprocess.Popen(command, env=env, text=True, **pipes) for _ in range(TIMES)]
    for process in crowd:
        assert process.stdout.readline() == "ready\n"
    for process in crowd:
        process.stdin.write("go\n")
        process.stdin.flush()
    said = "".join(process.communicate(timeout=60)[0] for process in crowd)
    assert [process.returncode for process in crowd] == [0] * TIMES, said
    return said


@pytest.fixture
def desk(connected) -> Desk:
    return Desk(connected)


@pytest.fixture
def slow(database_url, redis_url, tmp_path) -> dict[str, str]:
    """Where the provider takes its time, so that all five are at it together."""
    return environment(database_url, tmp_path, redis_url) | {"BOOKSTORE_PAYMENT_SECONDS": "1"}


async def test_row_f15_five_charges_take_the_money_once(desk, slow):
    order = await desk.buys(await lists("Rayuela"))
    said = await delivered("order.paying", "take_payment", slow)
    assert said.count("job was done before") == TIMES - 1  # all five had charged before the first wrote it
    assert await Capture.all().count() == await ProviderCharge.all().count() == 1
    assert await status_of(order) == "paid"
    assert await violations() == {}


async def test_row_f15_five_declines_reopen_the_order_once(desk, slow):
    order = await desk.buys(await lists("Rayuela"), card="4000000000000002")
    said = await delivered("order.paying", "take_payment", slow)
    assert said.count("job was done before") == TIMES - 1
    assert await Capture.all().count() == 0
    assert await status_of(order) == "placed"
    assert await violations() == {}


async def test_row_f15_five_refunds_and_five_returns_give_back_once(desk, slow):
    book = await lists("Rayuela", stock=3)
    order = await desk.buys(book, quantity=2)
    await desk.works()
    await cancelling.cancel(order)
    await delivered("refund.owed", "send_refund", slow)
    await delivered("copies.returned", "return_copies", slow)
    assert await ProviderRefund.all().count() == await Refund.exclude(reference=None).count() == 1
    assert await stock_of(book) == await ledger_of(book) == 3
    assert await violations() == {}
