import pytest

from tests.orders.buying import orders, shelved
from tests.orders.desk import Desk


@pytest.fixture
def desk(connected) -> Desk:
    return Desk(connected)


@pytest.fixture
def back_office(shop) -> Desk:
    """The workers of the shop that the visitors are in."""
    return Desk(shop.extensions["settings"])


@pytest.fixture
async def order(ana, beto) -> str:
    """The address of an order of beto's over one book of ana's, at 14.50."""
    return await orders(beto, await shelved(ana, "Rayuela & más", cents=1450))
