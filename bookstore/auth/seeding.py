"""The demo's people. Their password is in the documentation: never add them to a shop that others can reach."""

from bookstore.auth import accounts
from bookstore.auth.models import User

PASSWORD = "estante-y-ficha"  # noqa: S105 - as public as the demo
PEOPLE = {"ana": "Ana Restrepo", "beto": "Beto Suárez", "carla": "Carla Duarte"}


def emails() -> list[str]:
    """What each of them logs in with."""
    return [f"{short}@example.com" for short in PEOPLE]


async def seed_people() -> dict[str, tuple[int, str]]:
    """Make the accounts that are not there yet; returns {short name: (id, name)} of all."""
    return {short: await _person(f"{short}@example.com", name) for short, name in PEOPLE.items()}


async def _person(email: str, name: str) -> tuple[int, str]:
    user = await User.get_or_none(email=email)
    if user is None:
        try:
            user = await accounts.register(name, email, PASSWORD)
        except accounts.EmailTaken:  # another process seeds at the same moment
            user = await User.get(email=email)
    return user.id, user.name
