"""Every form of the shop filled in rightly, by somebody who may send it: the ground on which one field is spoilt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlencode

import httpx

from bookstore.auth.models import User
from bookstore.catalog.models import Book
from bookstore.orders.checkout import Buyer
from bookstore.orders.models import Order, Parcel
from tests.orders.buying import CARD, DELIVERY, shelved
from tests.orders.desk import Desk
from tests.people import PASSWORD, Visitor
from tests.stock import new_key

Value = str | bytes | None
LISTING = {"title": "Rayuela", "author": "Julio Cortázar", "description": "Leída.", "price": "12,50", "stock": "5"}
LISTING |= {"condition": "good", "isbn": "", "language": "", "year": "", "stock_seen": "5"}
COLUMNS = {"price": "price_cents", "name": "recipient"}  # where the column is not named as the field


@dataclass(frozen=True)
class Filled:
    """A form of a route, and what else its answer may be about."""

    sender: Visitor
    path: str
    fields: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    async def sent(self, **spoilt: Value) -> httpx.Response:
        """Its answer with other values; None leaves a field out."""
        fields = {**self.fields, **spoilt}
        return await self.sent_pairs([(name, value) for name, value in fields.items() if value is not None])

    async def sent_pairs(self, pairs: Sequence[tuple[str, str | bytes]]) -> httpx.Response:
        return await self.sent_as(urlencode([("_csrf", self.sender.token or ""), *pairs]).encode())

    async def sent_as(self, body: bytes, kind: str = "application/x-www-form-urlencoded") -> httpx.Response:
        headers = {"Content-Type": kind, **self.headers}
        raw = {name: value.encode() for name, value in headers.items()}
        return await self.sender.client.post(self.path, content=body, headers=raw)

    async def sent_with_file(self, name: str) -> httpx.Response:
        """A file under the name of a field."""
        fields = {"_csrf": self.sender.token or "", **self.fields}
        fields.pop(name, None)
        files = {name: ("a.txt", b"hello", "text/plain")}
        return await self.sender.client.post(self.path, data=fields, files=files, headers=self.headers)

    def by(self, sender: Visitor) -> Self:
        return replace(self, sender=sender)

    def at(self, path: str) -> Self:
        return replace(self, path=path)

    def having(self, **headers: str) -> Self:
        return replace(self, headers={**self.headers, **headers})


class Cast:
    """ana sells, beto buys, and `fills` a form of each route anew."""

    def __init__(self, ana: Visitor, beto: Visitor, anybody: Visitor, desk: Desk) -> None:
        self.ana, self.beto, self.anybody, self.desk = ana, beto, anybody, desk

    async def fills(self, route: str) -> Filled:
        place, _, action = route.removeprefix("/").partition("/")
        return await getattr(self, f"_{place}")(action)

    async def _users(self, _action: str) -> Filled:
        await self._stranger("/users/new")
        email = f"zoe{await User.all().count()}@example.org"
        return Filled(self.anybody, "/users", {"name": "Zoe", "email": email, "password": PASSWORD, "next": "/"})

    async def _session(self, action: str) -> Filled:
        if action == "end":
            return Filled(self.ana, "/session/end")
        await self._stranger("/session/new")
        return Filled(self.anybody, "/session", {"email": "no@example.org", "password": PASSWORD, "next": "/"})

    async def _stranger(self, page: str) -> None:
        self.anybody.client.cookies.clear()
        await self.anybody.get(page)

    async def _books(self, action: str) -> Filled:
        if not action:
            return Filled(self.ana, "/books", LISTING)
        book = await shelved(self.ana, stock=0)
        fields = {} if action.endswith("withdrawal") else LISTING | {"stock": "0", "stock_seen": "0"}
        return Filled(self.ana, f"/books/{book.id}{action.removeprefix('<book_id>')}", fields)

    async def _orders(self, action: str) -> Filled:
        book = await shelved(self.ana, stock=5)
        if not action:
            fields = {"order_id": new_key(), "book_id": str(book.id), "quantity": "1"}
            return Filled(self.beto, "/orders", fields)
        order = await self.desk.places(book, buyer=Buyer(self.beto.id, "Beto"))
        verb = action.rpartition("/")[2]
        fields = {"delivery": DELIVERY, "payment": DELIVERY | CARD}.get(verb, {})
        return Filled(self.beto, f"/orders/{order.id}/{verb}", fields)

    async def _parcels(self, action: str) -> Filled:
        order = await self.desk.buys(await shelved(self.ana, stock=5), buyer=Buyer(self.beto.id, "Beto"))
        await self.desk.works()
        parcel = await Parcel.get(order_id=order.id)
        return Filled(self.ana, f"/parcels/{parcel.id}/{action.rpartition('/')[2]}")

    def control(self, name: str) -> str:
        """The name of the page's control of a field: each seller's parcel has a courier of its own."""
        return f"courier_{self.ana.id}" if name == "courier" else name


async def stored(form: Filled, name: str, answer: httpx.Response) -> object:
    """What is kept of this field of the form that was taken."""
    column, place = COLUMNS.get(name, name), answer.headers["Location"].split("/")
    if form.path == "/users":
        return getattr(await User.all().order_by("-id").first(), name)
    if form.path.startswith("/books"):
        return getattr(await Book.get(id=int(place[2])), column)
    return getattr(await Order.get(id=place[2]), column)
