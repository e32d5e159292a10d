import signal
from collections.abc import Callable, Iterator

import pytest

from tests.servers.process import Process
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
def frozen() -> Iterator[Callable[[Process], None]]:
    """Stops a server's process until the end of the test: it takes connections and answers nothing."""
    stopped: list[Process] = []

    def freeze(process: Process) -> None:
        stopped.append(process)
        process.send(signal.SIGSTOP)

    yield freeze
    for process in stopped:
        process.send(signal.SIGCONT)


@pytest.fixture
def frozen_redis(redis_instance, frozen) -> None:
    frozen(redis_instance.process)
