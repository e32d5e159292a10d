"""One shop of four replicas and two workers an engine, emptied for each test."""

import pytest

from tests.conftest import environment
from tests.races.crowd import Crowd
from tests.servers.shop import Served

REPLICAS = 4


@pytest.fixture(scope="module")
def replicas(engine, schema_url, redis_instance, tmp_path_factory):
    """Four web processes and two workers on one database and one Redis."""
    folder = tmp_path_factory.mktemp("replicas")
    served = Served(environment(schema_url, folder, redis_instance.url), folder)
    try:
        yield served.start(webs=REPLICAS, workers=2)
    finally:
        served.stop()


@pytest.fixture
async def crowd(replicas, connected):
    """Browsers in front of the four, which have neither books nor people yet."""
    async with Crowd(replicas.urls, at_once=128) as crowd:
        yield crowd
