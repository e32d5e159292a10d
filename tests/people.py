"""The cast, as browsers without a screen: ana sells, beto buys, carla is a stranger.

A Visitor keeps its cookies and sends the token of the page it last saw, so a test says only what a person would do. It
speaks to an app inside this process or to a real process alike.
"""

import re
import secrets
from html import unescape
from typing import Self

import httpx

from bookstore.auth.models import User
from bookstore.data import clock, sessions

NO_MASK = "00" * 32
PASSWORD = "correct horse battery staple"
TOKEN = re.compile(r'name="_csrf"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="_csrf"')
ALERT = re.compile(r'<(\w+)[^>]*role="alert"[^>]*>(.*?)</\1>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")


class Page:
    """One answer."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.headers = response.headers
        self.location = response.headers.get("Location", "")
        self.text = response.text if "text/" in response.headers.get("Content-Type", "") else ""

    def marks(self, name: str) -> list[str]:
        """The values of an attribute (`data-stock`), in the page's order."""
        return [unescape(value) for value in re.findall(rf'\b{name}="([^"]*)"', self.text)]

    def mark(self, name: str) -> str:
        """The attribute's value where the page has it exactly once."""
        [value] = self.marks(name)
        return value

    @property
    def alerts(self) -> list[str]:
        """The texts of the page's errors, without their tags."""
        return [" ".join(unescape(TAG.sub(" ", text)).split()) for _tag, text in ALERT.findall(self.text)]

    @property
    def token(self) -> str | None:
        found = TOKEN.search(self.text)
        return unescape(found[1] or found[2]) if found else None

    def __repr__(self) -> str:
        return f"<{self.status} {self.location} {self.alerts}>"


class Visitor:
    """Somebody at a browser, logged in or not."""

    def __init__(self, name: str, base_url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.name = name
        self.email = f"{name}@example.org"
        self.id = 0
        self.token: str | None = None
        headers = {"Accept-Language": "es", "Accept": "text/html", "Sec-Fetch-Site": "same-origin", "Origin": base_url}
        self.client = httpx.AsyncClient(base_url=base_url, transport=transport, headers=headers, timeout=20)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.client.aclose()

    async def get(self, path: str, **headers: str) -> Page:
        return self._seen(await self.client.get(path, headers=named(headers)))

    async def post(self, path: str, fields: dict[str, object] | None = None, **headers: str) -> Page:
        """Send a form with the token of the last page that had one; `fields` may bring its own `_csrf`."""
        form = {"_csrf": self.token or "", **{name: str(value) for name, value in (fields or {}).items()}}
        return self._seen(await self.client.post(path, data=form, headers=named(headers)))

    async def is_known(self, role: str = "member") -> Self:
        """Have an account and a session as after a login, without the hashing and the forms.

        The account's password opens nothing. This process must be connected to the shop's database and Redis.
        """
        now = clock.utcnow()
        user = await User.create(name=self.name.title(), email=self.email, password_hash="none", role=role, created=now)
        csrf = secrets.token_hex(32)
        session = {"user_id": user.id, "name": user.name, "role": role, "csrf": csrf, "started": int(now.timestamp())}
        self.client.cookies.set("session", await sessions.begin(session))
        self.id, self.token = user.id, NO_MASK + csrf
        return self

    async def registers(self) -> Self:
        """Make the account by the form, which also logs in; later forms need the new page's token."""
        await self.get("/users/new")
        form = {"name": self.name.title(), "email": self.email, "password": PASSWORD}
        answer = await self.post("/users", form)
        assert answer.status == 303, answer.text
        await self.get("/orders")
        return self

    async def logs_in(self) -> Page:
        await self.get("/session/new")
        answer = await self.post("/session", {"email": self.email, "password": PASSWORD})
        await self.get("/orders")
        return answer

    async def publishes(self, title: str = "Rayuela", **fields: object) -> int:
        """List a book; returns its id."""
        await self.get("/books/new")
        book = {"title": title, "author": "Julio Cortázar", "description": "Una copia leída.", "price": "12,50"}
        answer = await self.post("/books", book | {"stock": 1, "condition": "good"} | fields)
        assert answer.status == 303, answer.text
        return int(answer.location.rpartition("/")[2])

    def _seen(self, response: httpx.Response) -> Page:
        page = Page(response)
        self.token = page.token or self.token
        return page


def named(headers: dict[str, str]) -> dict[str, str]:
    """`HX_Request="true"` is how Python writes the header HX-Request."""
    return {name.replace("_", "-"): value for name, value in headers.items()}
