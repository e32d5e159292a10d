import signal
from collections.abc import Iterator

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


@pytest.fixture
def frozen_redis(redis_instance) -> Iterator[None]:
    """Redis takes connections and answers nothing."""
    redis_instance.process.send(signal.SIGSTOP)
    yield
    redis_instance.process.send(signal.SIGCONT)
