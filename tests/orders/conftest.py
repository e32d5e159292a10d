import pytest

from tests.orders.desk import Desk


@pytest.fixture
def desk(connected) -> Desk:
    return Desk(connected)


@pytest.fixture
def back_office(shop) -> Desk:
    """The workers of the shop that the visitors are in."""
    return Desk(shop.extensions["settings"])
