"""The card's number is nowhere once it was typed: not in the database's files, not in Redis, not in any log."""

import asyncio
import zlib
from pathlib import Path

import pytest
from redis import Redis

from bookstore.orders.models import Attempt, Order
from tests.orders.desk import DECLINED, HOME
from tests.races.crowd import Answer, Crowd, Person, logged_in
from tests.stock import lists

pytestmark = [pytest.mark.databases("mariadb", "mysql"), pytest.mark.timeout(120)]
APPROVED = "5555555555554444"
MISTYPED = "4242424242424241"
NUMBERS = (APPROVED, DECLINED, MISTYPED)
DELIVERY = {"courier": "envia", "name": HOME.name, "address": HOME.address, "city": HOME.city, "country": HOME.country}


def written(number: str) -> list[bytes]:
    """The number as somebody may have written it down."""
    groups = [number[start : start + 4] for start in range(0, 16, 4)]
    return [separator.join(groups).encode() for separator in ("", " ", "-", "+", "%20")]


def traces(folder: Path, words: list[bytes]) -> list[tuple[str, bytes]]:
    """The files that contain one of the words."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [(path.name, word) for path in files for word in words if word in path.read_bytes()]


def in_redis(instance, words: list[bytes]) -> list[tuple[bytes, bytes]]:
    """The keys whose name or value, unpacked where RQ packed it, contains one of the words."""
    with Redis(port=instance.port) as client:
        stored = {key: b" ".join([key, *_values(client, key)]) for key in client.scan_iter()}
    return [(key, word) for key, value in stored.items() for word in words if word in value]


def _values(client: Redis, key: bytes) -> list[bytes]:
    match client.type(key):
        case b"string":
            values = [client.get(key)]
        case b"hash":
            values = [part for pair in client.hgetall(key).items() for part in pair]
        case b"list":
            values = client.lrange(key, 0, -1)
        case b"set":
            values = list(client.smembers(key))
        case b"zset":
            values = client.zrange(key, 0, -1)
        case other:
            values = [repr(client.xrange(key)).encode()] if other == b"stream" else []
    return [*values, *(_unpacked(value) for value in values)]


def _unpacked(value: bytes) -> bytes:
    try:
        return zlib.decompress(value)
    except zlib.error:
        return b""


async def pays(crowd: Crowd, who: Person, order: str, card: str) -> Answer:
    grouped = " ".join(card[start : start + 4] for start in range(0, 16, 4))
    return await crowd.post(who, f"{order}/payment", 1, **DELIVERY, method="card", card_number=grouped)


async def rests(order: str, status: str) -> None:
    async with asyncio.timeout(30):
        while (await Order.get(id=order.rpartition("/")[2])).status != status:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_the_number_of_a_card_is_nowhere(crowd: Crowd, replicas, engine, request, redis_instance):
    book = await lists("Rayuela")
    [beto] = await logged_in(1000)
    order = (await crowd.buy(beto, book.id, 0)).location
    assert (await pays(crowd, beto, order, MISTYPED)).status == 422
    assert (await pays(crowd, beto, order, DECLINED)).status == 303
    await rests(order, "placed")
    assert (await pays(crowd, beto, order, APPROVED)).status == 303
    await rests(order, "completed")
    server = request.getfixturevalue(f"{engine}_server")
    words = [form for number in NUMBERS for form in written(number)]
    assert traces(server.socket.parent, words) == []
    assert traces(redis_instance.process.log.parent, words) == []  # its append-only file, from the first command on
    assert in_redis(redis_instance, words) == []
    assert [word for word in words if word in replicas.logs.encode()] == []
    assert not any(word in answer.text.encode() for answer in crowd.answers for word in words)
    attempt = await Attempt.get(number=2)  # what is there is found:
    assert traces(server.socket.parent, [attempt.token.encode()])
    assert any(key.startswith(b"rq:job:") for key, _ in in_redis(redis_instance, [attempt.key.encode()]))
