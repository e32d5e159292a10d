"""A thousand buyers and a hundred copies, over four replicas: a hundred orders, nine hundred friendly refusals."""

import asyncio

import pytest

from bookstore.catalog.models import Hold
from bookstore.orders.models import Order
from tests.races.conftest import REPLICAS
from tests.races.crowd import Crowd, logged_in
from tests.races.invariants import violations
from tests.races.sabotaged import program, read_then_write
from tests.stock import ledger_of, lists, stock_of

pytestmark = [pytest.mark.databases("mariadb", "mysql"), pytest.mark.timeout(180)]
BUYERS, COPIES = 1000, 100
SOLD_OUT = "Alguien se llevó el último hace un momento No se ha cobrado nada."


async def storm(crowd: Crowd, buyers: int, copies: int) -> None:
    """Everybody wants the same book at once; who got it is what the shop's tables say."""
    book = await lists("Rayuela", stock=copies)
    people = await logged_in(1000, buyers)
    await asyncio.gather(*(crowd.buy(who, book.id, number) for number, who in enumerate(people)))
    assert crowd.statuses == {303: copies, 409: buyers - copies}
    assert await stock_of(book) == await ledger_of(book) == 0
    assert await violations() == {}
    told = {answer.location.rpartition("/")[2] for answer in crowd.answers if answer.status == 303}
    assert told == set(await Order.all().values_list("id", flat=True))
    assert told == set(await Hold.filter(status="held").values_list("id", flat=True))


async def test_the_storm_finds_out_who_reads_and_then_writes(served, connected, tmp_path):
    served.program = program(read_then_write, tmp_path)
    served.start(webs=2, locks="off")
    async with Crowd(served.urls, at_once=100) as crowd:
        with pytest.raises(AssertionError):
            await storm(crowd, buyers=100, copies=20)
    assert crowd.statuses[303] > 20  # as the shop before this one: more orders than copies
    assert "s2: stock is the sum of its moves" in await violations()


async def test_row_f21_flaw_m40_asvs_2_3_4_a_thousand_buyers_get_a_hundred_copies(replicas, connected):
    async with Crowd(replicas.urls, at_once=BUYERS) as crowd:
        await storm(crowd, BUYERS, COPIES)
    refused = [answer for answer in crowd.answers if answer.status == 409]
    assert {alert for answer in refused for alert in answer.alerts} == {SOLD_OUT}
    assert len(crowd.replicas) == REPLICAS
    assert crowd.most_inside == BUYERS  # all of them waited for an answer at the same moment


async def test_row_f21_stock_is_right_without_the_queue_in_front(served, connected):
    served.start(webs=REPLICAS, locks="off")
    async with Crowd(served.urls, at_once=BUYERS) as crowd:
        await storm(crowd, BUYERS, COPIES)
    assert len(crowd.replicas) == REPLICAS
    assert crowd.most_inside == BUYERS


@pytest.mark.databases("sqlite")
async def test_row_f21_one_file_and_two_processes_are_no_other_shop(served, connected):
    served.start(webs=2, workers=1)
    async with Crowd(served.urls, at_once=200) as crowd:
        await storm(crowd, buyers=200, copies=40)
    assert len(crowd.replicas) == 2
    assert crowd.most_inside == 200
