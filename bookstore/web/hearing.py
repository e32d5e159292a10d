"""Hearing a sender out: an answer before the end of the request's body would be lost with the connection."""

import asyncio
import contextlib
from typing import Any

PATIENCE = 10.0  # seconds for the rest of a body that nobody wants


class Heard:
    """An ASGI `receive` that knows whether the request has been sent to its end."""

    def __init__(self, receive: Any) -> None:  # noqa: ANN401 - ASGI's own shape
        self.receive, self.ended = receive, asyncio.Event()

    async def __call__(self) -> Any:  # noqa: ANN401
        message = await self.receive()
        if message["type"] != "http.request" or not message.get("more_body"):
            self.ended.set()
        return message

    async def out(self) -> None:
        """Wait for the end; the app goes on taking in what comes, and drops what is too much."""
        if not self.ended.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.ended.wait(), PATIENCE)
