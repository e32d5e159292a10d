"""The person behind a request, and who may ask for what.

An anonymous visit has no session. `login_required` and its kin only mark a view: `guard.admit` reads the marks before
the view runs, so the order of decorators does not matter. A POST needs a login unless it is marked `anyone`.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import structlog
from quart import Quart, Request, Response, request, session
from quart.sessions import SecureCookieSession, SessionInterface
from redis.exceptions import RedisError

from bookstore.data import redis, sessions
from bookstore.data.failures import Unavailable

View = TypeVar("View", bound=Callable[..., Any])

WITHOUT = ("/static/", "/media/", "/livez", "/readyz", "/metrics", "/version")
SILENT = (RedisError, OSError, TimeoutError)
log = structlog.get_logger("session")


@dataclass(frozen=True)
class Person:
    """Somebody who is logged in, as the session copied them at login."""

    id: int
    name: str
    role: str


class Session(SecureCookieSession):
    """A session, and what its answer must tell the browser."""

    id: str | None = None
    stored: sessions.Stored | None = None
    unreachable = False
    cookie: str | None = None  # a new id for the browser, or "" to forget the old one


class RedisSessions(SessionInterface):
    """Loads the session before a request and writes what changed after it; a failure of either is no error."""

    async def open_session(self, app: Quart, asked: Any) -> Session:  # noqa: ANN401 - a request or a websocket
        del app
        found = Session()
        session_id = asked.cookies.get(cookie_name("session", asked))
        if session_id and not asked.path.startswith(WITHOUT):
            try:
                found.stored = await sessions.load(session_id)
            except SILENT as error:
                found.unreachable = True
                log.warning("session not loaded", error=repr(error))
        if found.stored:
            found.id = session_id
            found.update(found.stored.data)
            found.modified = False
        return found

    async def save_session(self, app: Quart, current: Any, response: Any) -> None:  # noqa: ANN401
        del app
        if current.cookie is not None:
            _tell(response, current.cookie)
        if current.id and current.stored:
            try:
                await _write(current.id, current)
            except SILENT as error:
                log.warning("session not kept", error=repr(error))


async def _write(session_id: str, changed: Session) -> None:
    if changed.modified:
        await sessions.change(session_id, dict(changed))
    if changed.stored and changed.stored.is_due:
        await sessions.keep(session_id, dict(changed))


def _tell(response: Response, session_id: str) -> None:
    name, secure = cookie_name("session", request), request.is_secure
    age = sessions.ABSOLUTE if session_id else 0
    response.set_cookie(name, session_id, max_age=age, secure=secure, httponly=True, samesite="Lax", path="/")


def cookie_name(name: str, asked: Request) -> str:
    """`__Host-` binds a cookie to this host and to HTTPS; browsers refuse it without."""
    return f"__Host-{name}" if asked.is_secure else name


def current_user() -> Person | None:
    """The person logged in, if any."""
    if "user_id" not in session:
        return None
    return Person(session["user_id"], session["name"], session["role"])


async def begin(person: Person) -> None:
    """Log the person in under a new id and with a new form token. Raises RedisError."""
    now = _current()
    data = {
        "user_id": person.id,
        "name": person.name,
        "role": person.role,
        "csrf": secrets.token_hex(32),
        "started": int(time.time()),
    }
    now.id = now.cookie = await sessions.begin(data, replacing=now.id)
    now.stored = sessions.Stored(data, sessions.IDLE)
    now.clear()
    now.update(data)
    now.modified = False


async def end() -> None:
    """Log the person out, on every replica. Raises RedisError."""
    now = _current()
    if now.id:
        await sessions.end(now.id, now["user_id"])
    now.clear()
    now.id, now.stored, now.cookie = None, None, ""


async def reachable() -> None:
    """Raises Unavailable when nobody could be logged in now."""
    now = _current()
    if now.unreachable:
        raise Unavailable("redis")
    if not now.stored:
        await redis.client().ping()


def _current() -> Session:
    return cast(Session, session._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001


def login_required(view: View) -> View:
    """Only for who is logged in. Others: a page sends them to the login, anything else answers 401."""
    view.__dict__["login"] = True
    return view


def role_required(role: str) -> Callable[[View], View]:
    """Only for who has the role; others who are logged in get a 403."""

    def mark(view: View) -> View:
        view.__dict__["role"] = role
        return login_required(view)

    return mark


def anyone(view: View) -> View:
    """A POST that needs no login."""
    view.__dict__["anyone"] = True
    return view


def sessions_needed(view: View) -> View:
    """For anybody, but of no use while nobody can log in: answers 503 then."""
    view.__dict__["sessions"] = True
    return view
