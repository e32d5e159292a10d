"""Whether this process lives, may be sent requests, and what it runs."""

import asyncio
from collections.abc import Awaitable
from hashlib import sha256
from pathlib import Path

import structlog
from quart import Quart, Response, current_app, jsonify
from tortoise import connections

import bookstore
from bookstore.data import redis
from bookstore.data.migrate import is_at_head
from bookstore.web.hypermedia import FOLDERS
from bookstore.web.settings import settings

PROBE = 1.0  # seconds a dependency has to answer
PACKAGE = Path(bookstore.__file__).parent
SOURCES = frozenset({".py", ".html", ".css", ".js", ".po"})
log = structlog.get_logger("health")


class Health:
    """What one process knows of itself. `started` never goes back: shared trouble must not end every replica."""

    def __init__(self) -> None:
        self.started = False
        self.draining = False
        self.build = build()


def install(app: Quart) -> None:
    app.extensions["health"] = Health()
    app.add_url_rule("/livez", "livez", livez)
    app.add_url_rule("/readyz", "readyz", readyz)
    app.add_url_rule("/version", "version", version)


def start_draining(app: Quart) -> None:
    """From now on /readyz answers 503, so that a balancer sends no more; every page still answers."""
    app.extensions["health"].draining = True


async def livez() -> Response:
    return jsonify(status="alive")


async def version() -> Response:
    return jsonify(version=bookstore.__version__, build=_health().build)


async def readyz() -> Response:
    health = _health()
    health.started = health.started or await _answers("schema", _at_head())
    status = "draining" if health.draining else "ready" if health.started else "starting"
    answer = jsonify(status=status, **await dependencies())
    answer.status_code = 200 if status == "ready" else 503
    return answer


async def dependencies() -> dict[str, str]:
    """What each answers now: `ok` or `unavailable`."""
    asked = {"database": _ask_database(), "redis": _ask_redis()}
    answers = await asyncio.gather(*(_answers(name, question) for name, question in asked.items()))
    return {name: "ok" if answer else "unavailable" for name, answer in zip(asked, answers, strict=True)}


async def _answers(name: str, question: Awaitable[bool]) -> bool:
    try:
        async with asyncio.timeout(PROBE):
            return await question
    except Exception as error:  # noqa: BLE001 - whatever it is, the probe tells it and lives on
        log.warning("no answer", of=name, error=repr(error))
        return False


async def _ask_database() -> bool:
    await connections.get("default").execute_query("SELECT 1")
    return True


async def _ask_redis() -> bool:
    return bool(await redis.client().ping())


async def _at_head() -> bool:
    return await is_at_head(settings())


def _health() -> Health:
    health: Health = current_app.extensions["health"]
    return health


def build() -> str:
    """A hash of the files that this process was started from: two builds of one version differ."""
    total = sha256()
    for folder in (PACKAGE, *FOLDERS):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in SOURCES):
            total.update(path.relative_to(folder).as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()[:12]
