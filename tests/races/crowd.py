"""Many people at many browsers at once: sessions made without a login page, and requests that really overlap."""

import asyncio
import secrets
import ssl
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Self

import httpx

from bookstore.data import sessions
from bookstore.web import csrf
from tests.people import Page
from tests.stock import new_key

PATIENCE = 60  # seconds that a browser waits


@dataclass(frozen=True)
class Person:
    """Somebody who is logged in at every replica."""

    id: int
    name: str
    session: str
    secret: str

    @property
    def token(self) -> str:
        return csrf.masked(bytes.fromhex(self.secret))


async def logged_in(first_id: int, count: int = 1, role: str = "member") -> list[Person]:
    """People whose sessions are put where a login would put them; hashing a thousand passwords proves nothing here."""
    return [await _log_in(number, role) for number in range(first_id, first_id + count)]


async def _log_in(user_id: int, role: str) -> Person:
    name, secret = f"Buyer {user_id}", secrets.token_hex(32)
    data = {"user_id": user_id, "name": name, "role": role, "csrf": secret, "started": int(time.time())}
    return Person(user_id, name, await sessions.begin(data), secret)


@dataclass
class Answer:
    """What one request came to."""

    status: int
    location: str
    replica: str
    began: float
    ended: float
    text: str

    @property
    def alerts(self) -> list[str]:
        response = httpx.Response(self.status, headers={"Content-Type": "text/html"}, text=self.text)
        return Page(response).alerts

    def overlaps(self, other: "Answer") -> bool:
        return self.began < other.ended and other.began < self.ended


@dataclass
class Crowd:
    """Browsers in front of several replicas, `at_once` requests at a time, the same share at each replica."""

    urls: list[str]
    at_once: int
    answers: list[Answer] = field(default_factory=list)
    inside: int = 0
    most_inside: int = 0

    async def __aenter__(self) -> Self:
        # A client for each browser: the library's pool looks at all its connections at every request.
        self._browsers: dict[str, asyncio.Queue[httpx.AsyncClient]] = {url: asyncio.Queue() for url in self.urls}
        tls = ssl.create_default_context()  # made once: it reads every authority of the system
        for number in range(self.at_once):
            url = self.urls[number % len(self.urls)]
            client = httpx.AsyncClient(base_url=url, timeout=PATIENCE, trust_env=False, verify=tls)
            self._browsers[url].put_nowait(client)
        return self

    async def __aexit__(self, *_exc: object) -> None:
        for browsers in self._browsers.values():
            while not browsers.empty():
                await browsers.get_nowait().aclose()

    async def post(self, who: Person, path: str, replica: int, **fields: object) -> Answer:
        """Send a form of the person's to one of the replicas."""
        url = self.urls[replica % len(self.urls)]
        form = {"_csrf": who.token} | {name: str(value) for name, value in fields.items()}
        headers = {"Cookie": f"session={who.session}", "Origin": url, "Sec-Fetch-Site": "same-origin"}
        browser = await self._browsers[url].get()
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        began = time.monotonic()
        try:
            answer = _answer(await browser.post(path, data=form, headers=headers), began)
        finally:
            self.inside -= 1
            self._browsers[url].put_nowait(browser)
        self.answers.append(answer)
        return answer

    async def buy(self, who: Person, book_id: int, replica: int, key: str = "", quantity: int = 1) -> Answer:
        return await self.post(who, "/orders", replica, order_id=key or new_key(), book_id=book_id, quantity=quantity)

    @property
    def statuses(self) -> Counter[int]:
        return Counter(answer.status for answer in self.answers)

    @property
    def replicas(self) -> Counter[str]:
        return Counter(answer.replica for answer in self.answers)


def _answer(response: httpx.Response, began: float) -> Answer:
    headers = response.headers
    replica, location = headers.get("X-Replica", ""), headers.get("Location", "")
    return Answer(response.status_code, location, replica, began, time.monotonic(), response.text)
