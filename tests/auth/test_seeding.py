"""The demo's people."""

from bookstore.auth import accounts
from bookstore.auth.models import User
from bookstore.auth.seeding import PASSWORD, seed_people


async def test_the_demos_people_can_log_in_and_are_made_once(connected):
    people = await seed_people()
    assert await seed_people() == people
    assert await User.all().count() == len(people) == 3
    ana = await accounts.log_in("ana@example.com", PASSWORD)
    assert ana is not None
    assert (ana.id, ana.name) == people["ana"]
