"""Forms that only our own pages may send: a token, and where the browser says that the request comes from.

The secret behind a token is the session's, or for who is not logged in a signature over a random cookie of theirs. A
page shows it under another mask each time, so that the length of a compressed page does not tell it (BREACH).
"""

import hmac
import secrets
from collections.abc import Mapping
from hashlib import sha256

import structlog
from quart import Quart, Response, g, request, session

from bookstore.web.session import cookie_name
from bookstore.web.settings import settings

FIELD, HEADER, COOKIE = "_csrf", "X-CSRF-Token", "csrf"
SIZE = 32  # bytes of the secret and of its mask
COOKIE_LENGTH = 43
log = structlog.get_logger("csrf")


def install(app: Quart) -> None:
    """Give a visitor who was shown a form the cookie that its token is bound to."""
    app.after_request(_bind)


def token() -> str:
    """The token for a form of this page, which must not be stored anywhere."""
    return masked(_secret() or _signed(_new_cookie()))


def masked(secret: bytes) -> str:
    mask = secrets.token_bytes(SIZE)
    return (mask + _xor(mask, secret)).hex()


def is_forged(form: Mapping[str, str]) -> bool:
    """Whether this unsafe request may come from somebody else's page."""
    reason = _foreign() or _wrong_token(form.get(FIELD) or request.headers.get(HEADER, ""))
    if reason:
        log.warning("request refused as forged", reason=reason)
    return bool(reason)


def _foreign() -> str:
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site not in {None, "same-origin", "none"}:
        return f"Sec-Fetch-Site is {site[:100]!r}"
    if origin is not None and origin != (ours := f"{request.scheme}://{request.host}"):
        return f"Origin is {origin[:100]!r}, not {ours[:100]!r}"
    return ""


def _wrong_token(given: str) -> str:
    secret = _secret()
    if not given:
        return "no token"
    if not secret:
        return "no cookie that a token could belong to"
    try:
        sent = bytes.fromhex(given)
    except ValueError:
        return "no token of ours"
    mask, rest = sent[:SIZE], sent[SIZE:]
    return "" if hmac.compare_digest(_xor(mask, rest), secret) else "wrong token"


def _secret() -> bytes | None:
    if "csrf" in session:
        return bytes.fromhex(session["csrf"])
    cookie = g.get("csrf_cookie") or request.cookies.get(cookie_name(COOKIE, request), "")
    return _signed(cookie) if len(cookie) == COOKIE_LENGTH else None


def _new_cookie() -> str:
    g.csrf_cookie = secrets.token_urlsafe(SIZE)
    return str(g.csrf_cookie)


def _signed(cookie: str) -> bytes:
    key = settings().secret_key.get_secret_value().encode()
    return hmac.digest(key, f"csrf:{cookie}".encode(), sha256)


def _xor(mask: bytes, secret: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(mask, secret, strict=False))


async def _bind(response: Response) -> Response:
    if cookie := g.get("csrf_cookie"):
        name = cookie_name(COOKIE, request)
        response.set_cookie(name, cookie, secure=request.is_secure, httponly=True, samesite="Lax", path="/")
    return response
