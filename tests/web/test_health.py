"""Whether a process lives, may be sent requests, and what it runs."""

import json
import time
from pathlib import Path

import pytest
from tortoise import connections

from bookstore.web import health


async def asked(somebody, path: str) -> tuple[int, dict[str, str]]:
    answer = await somebody.client.get(path)
    return answer.status_code, json.loads(answer.text)


async def test_flaw_m38_a_started_process_is_alive_and_ready(anybody):
    assert await asked(anybody, "/livez") == (200, {"status": "alive"})
    assert await asked(anybody, "/readyz") == (200, {"status": "ready", "database": "ok", "redis": "ok"})


async def test_a_draining_process_is_alive_not_ready_and_still_answers(shop, anybody):
    health.start_draining(shop)
    status, body = await asked(anybody, "/readyz")
    assert (status, body["status"]) == (503, "draining")
    assert (await anybody.get("/livez")).status == 200
    assert (await anybody.get("/session/new")).status == 200


class TestWithoutASchema:
    @pytest.fixture
    def database_url(self, empty_database_url):
        return empty_database_url

    async def test_a_process_before_its_schema_is_not_ready(self, anybody):
        status, body = await asked(anybody, "/readyz")
        assert (status, body["status"], body["database"]) == (503, "starting", "ok")
        assert (await anybody.get("/livez")).status == 200


class TestWithoutRedis:
    @pytest.fixture
    def changed(self):
        return {"services": "auth", "redis_url": "redis://127.0.0.1:1/0"}

    async def test_redis_down_is_told_and_takes_no_replica_out(self, anybody):
        assert await asked(anybody, "/readyz") == (200, {"status": "ready", "database": "ok", "redis": "unavailable"})


async def test_a_database_that_goes_later_is_told_and_takes_no_replica_out(anybody):
    assert (await anybody.get("/readyz")).status == 200
    await connections.get("default").execute_script("DROP TABLE auth_user")
    assert (await anybody.get("/readyz")).status == 200
    await connections.get("default").close()
    connections.get("default").filename = "/nowhere/at/all.db"
    status, body = await asked(anybody, "/readyz")
    assert (status, body["database"]) == (200, "unavailable")


@pytest.mark.databases("mariadb")
async def test_fault_f07_a_frozen_database_is_told_within_two_seconds(anybody, mariadb_server, frozen):
    assert (await anybody.get("/readyz")).status == 200
    frozen(mariadb_server.process)
    began = time.monotonic()
    status, body = await asked(anybody, "/readyz")
    assert (status, body["database"], body["redis"]) == (200, "unavailable", "ok")
    assert time.monotonic() - began < 2


async def test_alive_touches_nothing(anybody, frozen_redis):
    began = time.monotonic()
    answer = await anybody.get("/livez", Cookie="session=" + "a" * 43)
    assert answer.status == 200
    assert time.monotonic() - began < 0.4


async def test_the_version_tells_two_builds_apart(anybody, tmp_path, monkeypatch):
    _, body = await asked(anybody, "/version")
    assert body["version"]
    assert body["build"] == health.build()
    (tmp_path / "module.py").write_text("changed = True")
    monkeypatch.setattr(health, "PACKAGE", Path(tmp_path))
    assert health.build() != body["build"]
