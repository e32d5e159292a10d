"""What surrounds a job: the queue it comes from, the database it opens, the request id it carries on."""

import functools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import redis
import structlog
from rq import Queue
from rq.serializers import JSONSerializer

from bookstore.config import Config
from bookstore.data import db, inbox
from bookstore.data import redis as redis_server
from bookstore.data.request_id import bind_request_id

log = structlog.get_logger()

Body = dict[str, str | int]
LONGEST_JOB = 660  # seconds; the provider may be told to take 600


@dataclass(frozen=True)
class Delivery:
    """One delivery of an outbox message to one job."""

    config: Config
    body: Body
    inbox_key: str

    def text(self, name: str) -> str:
        return str(self.body[name])

    def number(self, name: str) -> int:
        return int(self.body[name])


Rule = Callable[[Delivery], Awaitable[None]]
Job = Callable[[int, Body, str], Awaitable[None]]


@functools.cache
def config_from_env() -> Config:
    return Config.from_env()


def job(rule: Rule) -> Job:
    """Make a rule into what RQ runs: called with an outbox message's id, its body and its request's id.

    The database is opened inside the job, never before the fork. A message applied before is left alone.
    """

    @functools.wraps(rule)
    async def run(message_id: int, body: Body, request_id: str) -> None:
        config = config_from_env()
        bind_request_id(request_id)
        await db.connect(config)
        redis_server.connect(config)
        try:
            await deliver(rule, Delivery(config, body, inbox_key(message_id, run)))
        finally:
            await redis_server.close()
            await db.close()

    run.__dict__["rule"] = rule
    return run


async def deliver(rule: Rule, delivery: Delivery) -> None:
    """Run the rule; a twin that was quicker is as good as success."""
    try:
        await rule(delivery)
        log.info("job done", job=delivery.inbox_key)
    except inbox.AlreadyApplied:
        log.info("job was done before", job=delivery.inbox_key)


def inbox_key(message_id: int, run: Callable[..., Any]) -> str:
    return f"{message_id}-{run.__name__}"


def connect(config: Config) -> "redis.Redis":
    """RQ's own, synchronous connection."""
    return redis.Redis.from_url(config.redis_url.get_secret_value(), socket_timeout=5, socket_connect_timeout=2)


def queue(name: str, connection: "redis.Redis") -> Queue:
    return Queue(name, connection=connection, serializer=JSONSerializer, default_timeout=LONGEST_JOB)
