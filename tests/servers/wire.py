"""A wire from a client to a server, to be cut at a chosen word: before the server hears it, or after it acted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Wire:
    """Forwards bytes both ways; `cut_before` and `cut_after` arm it for the next time a client says the word."""

    def __init__(self, port: int) -> None:
        self.upstream = port
        self.port = 0
        self.cuts = 0
        self._before: bytes | None = None
        self._after: bytes | None = None

    def cut_before(self, word: bytes) -> None:
        """The server never hears it."""
        self._before = word

    def cut_after(self, word: bytes) -> None:
        """The server acts on it, and its answer is lost."""
        self._after = word

    async def carry(self, client: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        deaf = asyncio.Event()
        back = asyncio.create_task(self._back(reader, answers, deaf))
        with suppress(ConnectionError):
            while data := await client.read(65536):
                if self._before and self._before in data:
                    self._before, self.cuts = None, self.cuts + 1
                    break
                if self._after and self._after in data:
                    self._after, self.cuts = None, self.cuts + 1
                    deaf.set()
                writer.write(data)
        writer.close()
        answers.close()
        back.cancel()

    async def _back(self, reader: asyncio.StreamReader, answers: asyncio.StreamWriter, deaf: asyncio.Event) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                if deaf.is_set():
                    break
                answers.write(data)
        answers.close()


@asynccontextmanager
async def wire_to(port: int) -> AsyncIterator[Wire]:
    """A wire to a server on this machine, in the test's own loop."""
    wire = Wire(port)
    server = await asyncio.start_server(wire.carry, "127.0.0.1", 0)
    wire.port = server.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        server.close()
