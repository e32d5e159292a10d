"""How many requests a process works at, at the same time; the others wait for their turn at the door.

A thousand buyers in one second are all served, one after the other. Let in together they take turns on one processor,
so slowly that Redis and the database seem not to answer in time: 600 of 1,000 then got a 503, and none does now.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from typing import Any

from bookstore.web.requests import BODY_SECONDS, patient
from bookstore.web.session import WITHOUT

TURNS = 32
PATIENCE = 50.0  # seconds at the door; a proxy in front gives up after 60
BEGINNING = 64 * 1024  # bytes of a body, which are taken in before the turn begins: a slow sender keeps nobody waiting

_turn: ContextVar[ExitStack] = ContextVar("turn")

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Turns:
    """Wraps an ASGI app. A turn lasts until the answer begins: a slow reader, or a stream, keeps nobody waiting."""

    def __init__(self, app: Any) -> None:  # noqa: ANN401 - ASGI's own shape
        self.app, self.free = app, asyncio.Semaphore(TURNS)

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:  # noqa: ANN401
        if scope["type"] != "http" or scope["path"].startswith(WITHOUT):
            await self.app(scope, receive, send)
            return
        heard = await _beginning(receive)
        try:
            await asyncio.wait_for(self.free.acquire(), PATIENCE)
        except TimeoutError:
            await _busy(send)
            return
        await self._serve(scope, _again(heard, receive), send)

    async def _serve(self, scope: Any, receive: Receive, send: Send) -> None:  # noqa: ANN401
        with ExitStack() as turn:
            turn.callback(self.free.release)
            _turn.set(turn)

            async def answer(message: Message) -> None:
                turn.close()
                await send(message)

            await self.app(scope, receive, answer)


@contextmanager
def stepping_aside() -> Iterator[None]:
    """In here this request waits for what others hold: its turn is the next one's, and its view's time stands still.

    It goes on without a turn afterwards, so whatever it waited for must itself let only a few on.
    """
    _turn.get().close()
    with patient(PATIENCE):
        yield


async def _beginning(receive: Receive) -> list[Message]:
    heard: list[Message] = []
    size, more = 0, True
    with suppress(TimeoutError):
        async with asyncio.timeout(BODY_SECONDS):
            while more and size < BEGINNING:
                heard.append(message := await receive())
                size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    return heard


def _again(heard: list[Message], receive: Receive) -> Receive:
    waiting = iter(heard)

    async def hear() -> Message:
        for message in waiting:
            return message
        return await receive()

    return hear


async def _busy(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", b"5")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": b"503"})
