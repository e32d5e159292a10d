"""Open shops for whoever walks in: real web and worker processes on a database of their own."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import environment
from tests.journeys.backstage import Backstage
from tests.servers.shop import BOOKSTORE, Served

# Seconds: quick enough for a test, slow enough for every state to be seen.
PACE = {"payment_seconds": 0.2, "preparing_seconds": 0.5, "shipping_step_seconds": 0.3}


@dataclass(frozen=True)
class Town:
    """An open shop and the people in it."""

    served: Served

    @property
    def url(self) -> str:
        return self.served.url

    @property
    def backstage(self) -> Backstage:
        return Backstage(self.url)

    def other_door(self, **settings: object) -> str:
        """Where another web process of the same shop is, with settings of its own."""
        return self.served.start(webs=1, **PACE | settings).urls[-1]


@contextmanager
def opened(database_url: str, redis_url: str, folder: Path, workers: int = 1, **settings: object) -> Iterator[Town]:
    """A shop with one web process and a worker, its schema made by the command that makes it."""
    shop = Served(environment(database_url, folder, redis_url), folder)
    subprocess.run([*BOOKSTORE, "migrate"], env=shop.environment, check=True, timeout=50, capture_output=True)
    try:
        yield Town(shop.start(webs=1, workers=workers, **PACE | settings))
    finally:
        shop.stop()
