"""The door of a process: so many at a time, the others after them, and nobody slow in the way."""

import asyncio

import pytest

from bookstore.web import requests, turns
from bookstore.web.turns import TURNS, Turns

GET = {"type": "http", "path": "/books"}
END = {"type": "http.request", "body": b"", "more_body": False}
START, BODY = {"type": "http.response.start", "status": 200, "headers": []}, {"type": "http.response.body"}


class Guests:
    """An app that counts who is inside, and lets them out when it is told."""

    def __init__(self) -> None:
        self.inside = self.most = self.served = 0
        self.closing_time = asyncio.Event()
        self.door = Turns(self.work)

    async def work(self, scope, receive, send) -> None:
        self.inside += 1
        self.most = max(self.most, self.inside)
        await self.closing_time.wait()
        self.inside -= 1
        await send(START)
        await send(BODY)
        self.served += 1

    def arrive(self, count: int) -> list[asyncio.Task]:
        return [asyncio.create_task(ask(self.door)) for _ in range(count)]


async def ask(app, scope=GET, *messages) -> list[dict]:
    """What the app answers to one request."""
    said, answers = iter(messages or [END]), []

    async def receive() -> dict:
        for message in said:
            return message
        return await asyncio.Event().wait()

    async def send(message: dict) -> None:
        answers.append(message)

    await app(scope, receive, send)
    return answers


async def settled() -> None:
    """Let everybody come as far as they can."""
    for _ in range(50):
        await asyncio.sleep(0)


async def test_so_many_are_served_at_a_time_and_the_others_after_them():
    guests = Guests()
    everybody = guests.arrive(5 * TURNS)
    await settled()
    assert guests.inside == TURNS
    guests.closing_time.set()
    await asyncio.gather(*everybody)
    assert (guests.most, guests.served) == (TURNS, 5 * TURNS)


async def test_whoever_fails_or_leaves_gives_the_turn_back():
    async def fails(scope, receive, send) -> None:
        raise ZeroDivisionError

    door = Turns(fails)
    for _ in range(2 * TURNS):
        with pytest.raises(ZeroDivisionError):
            await ask(door)
    guests = Guests()
    leaving = guests.arrive(2 * TURNS)
    await settled()
    for task in leaving:
        task.cancel()
    await asyncio.gather(*leaving, return_exceptions=True)
    guests.closing_time.set()
    assert await ask(guests.door) == [START, BODY]


async def test_a_slow_sender_has_no_turn_yet():
    guests = Guests()
    guests.closing_time.set()
    half = {"type": "http.request", "body": b"order_id=", "more_body": True}
    slow = [asyncio.create_task(ask(guests.door, GET, half)) for _ in range(2 * TURNS)]
    await settled()
    assert await ask(guests.door) == [START, BODY]
    for task in slow:
        task.cancel()


async def test_a_slow_reader_has_no_turn_any_more():
    stream_ends = asyncio.Event()

    async def streams(scope, receive, send) -> None:
        await send(START)
        await stream_ends.wait()
        await send(BODY)

    door = Turns(streams)
    readers = [asyncio.create_task(ask(door)) for _ in range(2 * TURNS)]
    await settled()
    assert door.free._value == TURNS
    stream_ends.set()
    assert await asyncio.gather(*readers) == [[START, BODY]] * 2 * TURNS


@pytest.mark.parametrize("size", [10, turns.BEGINNING, 3 * turns.BEGINNING])
async def test_a_body_arrives_whole_and_in_order(size):
    sent = bytes(number % 251 for number in range(size))
    parts = [sent[start : start + 40000] for start in range(0, size, 40000)]
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]

    async def reads(scope, receive, send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message["body"], message["more_body"]
        await send({"body": body})

    assert await ask(Turns(reads), GET, *messages, END) == [{"body": sent}]


async def test_who_waits_too_long_is_told_when_to_come_again(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.02)
    guests = Guests()
    inside = guests.arrive(TURNS)
    await settled()
    start, _ = await ask(guests.door)
    assert (start["status"], dict(start["headers"])[b"retry-after"]) == (503, b"5")
    guests.closing_time.set()
    await asyncio.gather(*inside)
    assert await ask(guests.door) == [START, BODY]


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/static/style.css"])
async def test_probes_and_files_do_not_wait(path):
    guests = Guests()
    inside = guests.arrive(TURNS)
    await settled()
    probe = asyncio.create_task(ask(guests.door, GET | {"path": path}))
    await settled()
    assert guests.inside == TURNS + 1
    guests.closing_time.set()
    await asyncio.gather(*inside, probe)


async def test_who_waits_for_others_lets_the_next_one_in():
    others = asyncio.Event()

    async def waits(scope, receive, send) -> None:
        async with asyncio.timeout(turns.PATIENCE) as deadline:
            requests._deadline.set(deadline)
            with turns.stepping_aside():
                await others.wait()
        await send(START)

    door = Turns(waits)
    waiting = [asyncio.create_task(ask(door)) for _ in range(3 * TURNS)]
    await settled()
    assert door.free._value == TURNS
    others.set()
    assert await asyncio.gather(*waiting) == [[START]] * 3 * TURNS
    assert door.free._value == TURNS


async def test_a_views_time_stands_still_while_it_waits(monkeypatch):
    monkeypatch.setattr(requests, "DEADLINE", 0.1)
    app = requests.Bounded(__name__)

    @app.get("/")
    async def view() -> str:
        with requests.patient(5):
            await asyncio.sleep(0.2)  # longer than it has
        await asyncio.sleep(0.05)
        return "served"

    @app.get("/slow")
    async def slow() -> str:
        with requests.patient(5):
            await asyncio.sleep(0)
        await asyncio.Event().wait()

    assert await (await app.test_client().get("/")).get_data() == b"served"
    assert (await app.test_client().get("/slow")).status_code == 500
