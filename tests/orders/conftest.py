import pytest

from tests.orders.desk import Desk


@pytest.fixture
def desk(connected) -> Desk:
    return Desk(connected)
