"""The outermost layer: who really asks, the request's id, and the headers that every answer carries."""

import os
import re
import socket
import time
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

from structlog.contextvars import clear_contextvars

from bookstore.data.request_id import bind_request_id, new_request_id
from bookstore.web.hearing import Heard

Scope = dict[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Asgi = Callable[[Any, Any, Any], Awaitable[None]]

REQUEST_ID = re.compile(rb"[A-Za-z0-9-]{1,64}")
# A name, an address, or nothing: the router fails on what no name server would take.
LABEL = rb"[a-z0-9_-]{1,63}"
HOST = re.compile(rb"(?:(?:%b\.)*%b\.?|\[[0-9a-f:.]+\])?(?::[0-9]{1,5})?" % (LABEL, LABEL), re.IGNORECASE)
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": CSP.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",  # no-referrer would make our own forms send `Origin: null`
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"cache-control": b"no-store",  # a page that may be kept says so itself
}
HSTS = b"max-age=31536000; includeSubDomains"


class Front:
    """Wraps an ASGI app. Of `hops` proxies in front, each is believed what it says of the client."""

    def __init__(self, app: Asgi, hops: int) -> None:
        self.app, self.hops, self.replica = app, hops, replica().encode()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's own shapes
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = {**believed(scope, self.hops), "began": time.perf_counter()}
        request_id = self._request_id(scope)
        clear_contextvars()
        bind_request_id(request_id)
        signed = HEADERS | {b"x-request-id": request_id.encode(), b"x-replica": self.replica}
        if scope["scheme"] == "https":
            signed[b"strict-transport-security"] = HSTS
        if not HOST.fullmatch(b",".join(_values(scope, b"host"))):
            await _nowhere(send, signed)
            return
        heard = Heard(receive)
        await self.app(scope, heard, _signing(send, signed, heard))

    def _request_id(self, scope: Scope) -> str:
        [given] = _values(scope, b"x-request-id")[-1:] or [b""]
        return given.decode() if self.hops and REQUEST_ID.fullmatch(given) else new_request_id()


async def _nowhere(send: Send, signed: dict[bytes, bytes]) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *signed.items()]
    await send({"type": "http.response.start", "status": 400, "headers": headers})
    await send({"type": "http.response.body", "body": b"400"})


def _signing(send: Send, signed: dict[bytes, bytes], heard: Heard) -> Send:
    async def sign(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            await heard.out()
            present = {name.lower() for name, _ in message["headers"]}
            missing = [(name, value) for name, value in signed.items() if name not in present]
            message = {**message, "headers": [*message["headers"], *missing]}
        await send(message)

    return sign


def believed(scope: Scope, hops: int) -> Scope:
    """The scope with the client and the scheme that the outermost of `hops` trusted proxies saw.

    Each proxy appends the address that it was asked from, so the client is the hops-th from the right and what stands
    left of it is hearsay. The host is taken from `Host` alone: a proxy passes it on.
    """
    if not hops:
        return scope
    addresses, schemes = _values(scope, b"x-forwarded-for"), _values(scope, b"x-forwarded-proto")
    changes: Scope = {}
    if len(addresses) >= hops:
        changes["client"] = (_without_port(addresses[-hops].decode("latin-1")), 0)
    if schemes and schemes[-min(hops, len(schemes))] in {b"http", b"https"}:
        changes["scheme"] = schemes[-min(hops, len(schemes))].decode()
    return {**scope, **changes}


def _values(scope: Scope, wanted: bytes) -> list[bytes]:
    lines = [value for name, value in scope["headers"] if name.lower() == wanted]
    return [part.strip() for line in lines for part in line.split(b",")]


def _without_port(address: str) -> str:
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def replica() -> str:
    """A short name of this process: the same all its life, and no secret about the machine."""
    return sha256(f"{socket.gethostname()}-{os.getpid()}".encode()).hexdigest()[:8]
