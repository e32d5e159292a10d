"""Whether a request may reach its view; the order of the refusals is the same for every route.

Too large (413), a dependency that is down (503), not logged in (401), too often (429), forged or without the role
(403). The view itself then answers 404, 422 and 409.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from quart import Quart, Response, abort, current_app, g, redirect, request
from werkzeug.exceptions import RequestEntityTooLarge

from bookstore.web import csrf, limits, session
from bookstore.web.hypermedia import is_htmx
from bookstore.web.paths import login_path
from bookstore.web.requests import FORM_BYTES

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
log = structlog.get_logger("guard")


@dataclass(frozen=True)
class Access:
    """What a view was marked with."""

    login: bool
    role: str | None
    sessions: bool
    files: bool
    limits: tuple[limits.Limit, ...]

    @classmethod
    def of(cls, view: Callable[..., Any], *, unsafe: bool) -> "Access":
        marks = vars(view)
        return cls(
            login=bool(marks.get("login")) or (unsafe and not marks.get("anyone")),
            role=marks.get("role"),
            sessions=bool(marks.get("sessions")),
            files=bool(marks.get("files")),
            limits=marks.get("limits", ()),
        )


def install(app: Quart) -> None:
    app.before_request(admit)


async def admit() -> Response | None:
    """Refuse, or let the request through to its view."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:  # no such page: the router's own 404 or 405
        return None
    unsafe = request.method not in SAFE
    access = Access.of(view, unsafe=unsafe)
    if unsafe:
        await _read(access)
    if access.login or access.sessions:
        await session.reachable()
    if access.login and not session.current_user():
        return _stranger(unsafe=unsafe)
    forged = unsafe and csrf.is_forged(await request.form)
    await limits.check(access.limits, count=not forged)
    if forged:
        abort(403)
    _check_role(access.role)
    return None


async def _read(access: Access) -> None:
    """Take the body in, whole, before the deadline of the view begins."""
    length = request.content_length
    if request.mimetype == "multipart/form-data" and not access.files and (length is None or length > FORM_BYTES):
        raise RequestEntityTooLarge
    await request.form


def _stranger(*, unsafe: bool) -> Response:
    if unsafe or is_htmx():
        abort(401)
    g.private = True
    answer: Response = redirect(login_path(), 303)  # type: ignore[assignment]
    return answer


def _check_role(role: str | None) -> None:
    person = session.current_user()
    if role and person and person.role != role:
        log.warning("role refused", user_id=person.id, needs=role)
        abort(403)
