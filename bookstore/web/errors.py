"""Every failure as a page, or as a note on the page when htmx asked: never a traceback, never a library's English."""

import structlog
from quart import Quart, Response
from redis.exceptions import RedisError
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed, ServiceUnavailable

from bookstore.data.failures import is_unreachable
from bookstore.data.request_id import current_request_id
from bookstore.web.hypermedia import is_htmx, render
from bookstore.web.paths import login_path

SOON = 5  # seconds until a reader whose dependency is down may try again
log = structlog.get_logger("errors")


def install(app: Quart) -> None:
    """Answer every exception of every view."""
    app.register_error_handler(HTTPException, refuse)
    app.register_error_handler(Exception, fail)


async def refuse(error: HTTPException) -> Response:
    """The page of a refusal. `abort(409, gettext("Sold out."))` says it in the page's own words."""
    code = error.code or InternalServerError.code
    own_words = "" if error.description == type(error).description else str(error.description)
    wait = int(getattr(error, "retry_after", None) or 0)
    response = await _page(code, own_words, wait)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


async def fail(error: Exception) -> Response:
    """A dependency that is down is a 503; anything else is our defect, a 500 with its traceback in the log."""
    if is_a_dependency(error):
        log.warning("dependency unavailable", error=repr(error))
        return await refuse(ServiceUnavailable(retry_after=SOON))
    log.error("request failed", exc_info=error)
    return await refuse(InternalServerError())


def is_a_dependency(error: Exception) -> bool:
    return isinstance(error, RedisError | TimeoutError) or is_unreachable(error)


async def _page(code: int, message: str, wait: int) -> Response:
    names = {"code": code, "message": message, "request_id": current_request_id(), "retry_after": wait}
    try:
        response = await render("errors/error.html", "notice", code, **names)
    except Exception:  # the last answer there is: it needs no template
        log.exception("no error page")
        response = Response(f"{code} {current_request_id()}", code, content_type="text/plain; charset=utf-8")
    if wait:
        response.headers["Retry-After"] = str(wait)
    if is_htmx():
        response.headers.update({"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"})
        if code == 401:  # noqa: PLR2004
            response.headers["HX-Redirect"] = login_path()
    return response
