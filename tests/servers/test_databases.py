"""What a test gets when it asks for a database of the shop."""

import pytest

from bookstore.data import clock
from bookstore.data.migrate import is_at_head
from bookstore.data.models import InboxKey

EVERY_TEST_STARTS_EMPTY = ("first", "second")


@pytest.mark.every_database
async def test_the_schema_is_at_its_head(connected):
    assert await is_at_head(connected)


@pytest.mark.every_database
@pytest.mark.parametrize("key", EVERY_TEST_STARTS_EMPTY)
async def test_no_row_of_an_earlier_test_is_left(connected, key):
    assert await InboxKey.all().count() == 0
    await InboxKey.create(key=key, applied=clock.utcnow())
    assert await InboxKey.all().count() == 1
