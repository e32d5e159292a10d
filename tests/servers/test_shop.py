"""The shop that tests get is the shop that people get."""

import httpx
import pytest

from tests.people import Visitor


@pytest.mark.every_database
async def test_a_visitor_registers_publishes_and_logs_in_again(visitor):
    dora = await (await visitor("dora")).registers()
    book = await dora.publishes(stock=3)
    assert (await dora.get(f"/books/{book}")).mark("data-stock") == "3"
    again = await visitor("dora")
    assert (await again.logs_in()).status == 303
    assert (await again.get("/selling")).status == 200


async def test_a_minted_session_is_one_of_the_shop(ana, anybody):
    assert (await ana.get("/selling")).status == 200
    assert (await anybody.get("/selling")).status == 303


async def test_every_process_of_a_served_shop_knows_who_logged_in(served, connected):
    served.start(webs=2)
    async with Visitor("ana", served.urls[0]) as ana, Visitor("ana", served.urls[1]) as beside:
        await ana.is_known()
        beside.client.cookies = ana.client.cookies
        book = await ana.publishes()
        assert (await beside.get(f"/books/{book}")).mark("data-stock") == "1"
        assert (await beside.get("/selling")).status == 200


def test_a_served_shop_stops_cleanly(served):
    served.start(webs=2, workers=1)
    assert served.stop() == [0, 0, 0]
    with pytest.raises(httpx.ConnectError):
        httpx.get(served.url)
