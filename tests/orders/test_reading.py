"""What people see of orders."""

import asyncio

import pytest

from bookstore.orders import reading
from tests.stock import BETO, lists


@pytest.mark.databases("mariadb")
async def test_parcels_bring_their_lines_also_when_many_read_at_once(desk):
    order = await desk.buys(await lists("Rayuela"))
    for _ in range(20):
        found = await asyncio.gather(*(reading.of_buyer(BETO.id, order.id) for _ in range(10)))
        assert [[line.title for line in parcel.lines] for read in found for parcel in read.parcels] == [
            ["Rayuela"]
        ] * 10
