import pytest

from tests.web import probes


@pytest.fixture
def changed() -> dict[str, object]:
    """The smallest shop: accounts alone, on the whole ground."""
    return {"services": "auth"}


@pytest.fixture
async def shop(shop):
    probes.add(shop)
    return shop
