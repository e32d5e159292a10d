"""One app, or one of three: a process serves the contexts its settings name and no other's addresses."""

import httpx
import pytest

from bookstore.app import create_app
from bookstore.config import Config
from tests.conftest import environment

OWN = {
    "auth": ["/session/new", "/users/new"],
    "catalog": ["/", "/books"],
    "orders": ["/orders", "/sales"],
}
EVERYBODYS = ["/livez", "/readyz", "/version", "/metrics"]


async def statuses(services: str, paths: list[str], database_url: str, redis_url: str, tmp_path) -> set[int]:
    settings = environment(database_url, tmp_path, redis_url) | {"BOOKSTORE_SERVICES": services}
    app = create_app(Config.from_env(settings))
    async with (
        app.test_app(),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop.test") as web,
    ):
        return {(await web.get(path)).status_code for path in paths}


@pytest.mark.parametrize("service", ["auth", "catalog", "orders"], ids=["row_f7a", "row_f7b", "row_f7c"])
async def test_a_service_answers_its_own_addresses_alone(service, one_engine, database_url, redis_url, tmp_path):
    others = [path for name, paths in OWN.items() if name != service for path in paths]
    where = (database_url, redis_url, tmp_path)
    assert await statuses(service, OWN[service], *where) <= {200, 303}
    assert await statuses(service, others, *where) == {404}
    assert await statuses(service, EVERYBODYS, *where) == {200}


async def test_one_process_serves_all_three(one_engine, database_url, redis_url, tmp_path):
    paths = [path for paths in OWN.values() for path in paths] + EVERYBODYS
    assert await statuses("auth,catalog,orders", paths, database_url, redis_url, tmp_path) <= {200, 303}
