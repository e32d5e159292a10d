"""What a journey finds done when it begins: other people's accounts, books and purchases, made by requests."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from uuid import uuid4

from tests.people import Visitor

T = TypeVar("T")


def aside(errand: Coroutine[object, object, T]) -> T:
    """Run it in a thread: Playwright's own loop is running in this one."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, errand).result(30)


class Backstage:
    """The people of one shop whom no browser shows."""

    def __init__(self, url: str) -> None:
        self.url = url

    def for_sale(self, title: str = "Rayuela", **fields: object) -> int:
        """A book of an ana's; returns its id."""
        return aside(self._for_sale(title, fields))

    def sells_out(self, book_id: int) -> None:
        """A carla buys the last copy."""
        aside(self._buy(book_id))

    async def _for_sale(self, title: str, fields: dict[str, object]) -> int:
        async with self._somebody("ana") as ana:
            await ana.registers()
            return await ana.publishes(title, **fields)

    async def _buy(self, book_id: int) -> None:
        async with self._somebody("carla") as carla:
            await carla.registers()
            answer = await carla.post("/orders", {"order_id": uuid4(), "book_id": book_id, "quantity": 1})
            assert answer.status == 303, answer.text

    def _somebody(self, name: str) -> Visitor:
        visitor = Visitor(name, self.url)
        visitor.email = f"{name}.{uuid4().hex[:8]}@example.org"
        return visitor
