"""`bookstore seed`: the demo's people with their books, on shelves that are otherwise as they were."""

from bookstore.auth.seeding import seed_people
from bookstore.catalog.seeding import seed_books


async def seed() -> int:
    """Add what is not there yet; returns how many books that were."""
    return await seed_books(await seed_people())
