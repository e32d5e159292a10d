"""What a journey finds done when it begins: other people's accounts, books and purchases, made by requests."""

import asyncio
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from uuid import uuid4

from tests.people import Page, Visitor

T = TypeVar("T")
HOME = {"name": "Beto Ruiz", "address": "Calle 10 # 5-51", "city": "Bogotá", "country": "Colombia"}
VISA, DECLINED, STUMBLES = "4242 4242 4242 4242", "4000 0000 0000 0002", "4000 0000 0000 0119"


def aside(errand: Coroutine[object, object, T]) -> T:
    """Run it in a thread: Playwright's own loop is running in this one."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, errand).result(90)


class Somebody(Visitor):
    """An account of their own in a shop that many journeys share."""

    def __init__(self, name: str, url: str) -> None:
        super().__init__(name, url)
        self.email = f"{name}.{uuid4().hex[:8]}@example.org"

    @property
    def cookies(self) -> list[dict[str, str]]:
        """What makes a browser theirs."""
        url = str(self.client.base_url)
        return [{"name": cookie.name, "value": cookie.value or "", "url": url} for cookie in self.client.cookies.jar]

    async def places(self, book_id: int) -> str:
        """Have a copy set aside; returns the order's id."""
        order = str(uuid4())
        answer = await self.post("/orders", {"order_id": order, "book_id": book_id, "quantity": 1})
        assert answer.status == 303, answer.text
        return order

    async def pays(self, order: str, *ends: str, card: str = VISA) -> str:
        """Pay for the order, then wait until its state is one of `ends`; returns its id."""
        means = {"courier": "servientrega", "method": "card", "card_number": card}
        answer = await self.post(f"/orders/{order}/payment", HOME | means)
        assert answer.status == 303, answer.text
        await self._waits(order, ends)
        return order

    async def cancels(self, order: str) -> str:
        answer = await self.post(f"/orders/{order}/cancellation")
        assert answer.status == 303, answer.text
        return order

    async def _waits(self, order: str, ends: tuple[str, ...], seconds: float = 20) -> Page:
        deadline = time.monotonic() + seconds
        while (page := await self.get(f"/orders/{order}")).marks("data-status")[0] not in ends:
            assert time.monotonic() < deadline, f"not {ends} within {seconds} s: {page}"
            await asyncio.sleep(0.1)
        return page


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
        async with Somebody("ana", self.url) as ana:
            await ana.registers()
            return await ana.publishes(title, **fields)

    async def _buy(self, book_id: int) -> None:
        async with Somebody("carla", self.url) as carla:
            await carla.registers()
            await carla.places(book_id)
